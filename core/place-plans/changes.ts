import { planStateWords, responseParts, responseWords } from "#core/place-plans/plan.ts";
import type { PlacePlan } from "#core/place-plans/wire/place-plans.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

type Clause = (before: PlacePlan, after: PlacePlan) => readonly string[];

/** In the order in which they are told; long texts are only noted as changed. */
const clauses: Readonly<Record<keyof PlacePlan, Clause>> = {
  name: changed("name", ({ name }) => name),
  state: changed("state", ({ state }) => planStateWords[state]),
  reviewOn: changed("review", ({ reviewOn }) => formatDate(reviewOn)),
  area: changed("place", ({ area }) => areaWords(area)),
  scanning: reworded("scanning", ({ scanning }) => scanning),
  analysis: reworded("analysis", ({ analysis }) => analysis),
  response: (before, after) =>
    responseParts.flatMap((part) => {
      const what = `response, ${responseWords[part].toLowerCase()}`;
      return reworded(what, ({ response }) => response[part])(before, after);
    }),
  stopRule: reworded("stop rule", ({ stopRule }) => stopRule),
  result: reworded("result", ({ result }) => result),
  isForMeeting: changed("at the meeting", ({ isForMeeting }) => (isForMeeting ? "yes" : "no")),
};

/** Changes between two states of a plan, as short clauses. */
export const planChanges: Clause = (before, after) =>
  Object.values(clauses).flatMap((clause) => clause(before, after));

function changed(what: string, wordsOf: (plan: PlacePlan) => string): Clause {
  return (...states) => {
    const [before, after] = states.map(wordsOf);
    return before === after ? [] : [`${what}: ${before}, now ${after}`];
  };
}

function reworded(what: string, wordsOf: (plan: PlacePlan) => string): Clause {
  return (...states) => {
    const [before, after] = states.map(wordsOf);
    if (before === after) return [];
    if (before === "") return [`${what}: written`];
    return [after === "" ? `${what}: taken out` : `${what}: reworded`];
  };
}

/** "Fore Street (14 cells)" */
export function areaWords({ by, name, cells }: PlacePlan["area"]): string {
  const said = name ?? (by === "point" ? "around a point of the map" : "chosen cell by cell");
  return `${said} (${formatQuantity(cells.length, "cell")})`;
}
