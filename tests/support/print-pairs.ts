import { loadHighs } from "#server/patrols/solver/highs.ts";
import { checkRandomPairs } from "#tests/support/plan-pairs.ts";

/** Run by a test under several time zones of the process: pairs of a calendar and its plan, as `SEED+COUNT`, or `SEED+COUNT+partners`. */
const highs = await loadHighs();
const summaries = [];
for (const range of process.argv.slice(2)) {
  const [from = Number.NaN, count = Number.NaN] = range.split("+").slice(0, 2).map(Number);
  const withPartners = range.endsWith("+partners");
  if (!(count > 0)) throw new Error(`Say from which seed and how many, as 1+650, not ${range}`);
  summaries.push(await checkRandomPairs({ from, count, withPartners }, highs));
}
process.stdout.write(JSON.stringify(summaries));
