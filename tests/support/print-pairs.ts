import { loadHighs } from "#server/plan/highs.ts";
import { checkRandomPairs } from "#tests/support/plan-pairs.ts";

/** Run by a test under several time zones of the process: pairs of a calendar and its plan, from and how many. */
const [from, count] = process.argv.slice(2).map(Number);
if (from === undefined || count === undefined) throw new Error("Say from which seed and how many");
const summary = await checkRandomPairs({ from, count }, await loadHighs());
process.stdout.write(JSON.stringify(summary));
