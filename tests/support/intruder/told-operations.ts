import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import type { Random } from "#core/random.ts";
import type { SpokenAssessment, SpokenPhase } from "#core/releases/answers.ts";
import type { PublicReach } from "#core/releases/panel/sayable.ts";
import type { PrePost } from "#core/stats/wdd.ts";
import { endOfMonths } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";
import type { History } from "#tests/support/release-histories.ts";

/** One half of a smallest area, which means its cells. */
export interface Half {
  readonly area: string;
  readonly half: 0 | 1;
}

/** An operation, or a phase of one, as a stranger knows it: where and when its numbers were counted. */
export interface ToldOperation {
  readonly spoken: SpokenAssessment;
  readonly months: readonly [readonly string[], readonly string[]];
  readonly treated: readonly Half[];
  readonly edge: readonly Half[];
  readonly control: readonly Half[];
  readonly phases?: readonly ToldPhase[];
}

export interface ToldPhase extends ToldOperation {
  readonly spoken: SpokenPhase;
}

/** Reports of each half in each month. */
type Counts = (half: Half, month: string) => number;

/** Up to two operations of whole areas and of halves, over one month and over several, assessed on what was counted. */
export function randomOperations(
  history: History,
  months: readonly string[],
  counts: Counts = countsIn(history, months),
): ToldOperation[] {
  const { areas, random } = history;
  const ids = areas.flatMap(({ id, kind }) => (kind === "ward" ? [id] : []));
  return Array.from({ length: 1 + random.integer(2) }, (_, at) =>
    operationOf(`operation ${months.length}.${at}`, randomPlaces(ids, random), {
      months: randomPeriods(months, random),
      counts,
    }),
  );
}

/** The same, each with its months after the start as phases. */
export function randomPhases(history: History, months: readonly string[]): ToldOperation[] {
  const counts = countsIn(history, months);
  return randomOperations(history, months, counts).map((operation) => {
    const { spoken, months: whole } = operation;
    const phases = whole[1].map((month): ToldPhase => {
      const of = operationOf(spoken.operation, operation, { months: [whole[0], [month]], counts });
      return { ...of, spoken: { ...of.spoken, phase: month } };
    });
    return { ...operation, phases };
  });
}

/** How the reports of each ward fall into its halves, at random. */
function countsIn({ areas, truth, random }: History, months: readonly string[]): Counts {
  const wards = areas.flatMap(({ id, kind }, at) => (kind === "ward" ? [{ id, at }] : []));
  const split = new Map<string, number>();
  const lastOfAll = [...(truth[0]?.keys() ?? [])].at(-1);
  for (const { id, at } of wards) {
    for (const month of months) {
      // As the month stands in the first release that has it.
      const first = truth.at(month === lastOfAll ? -1 : 0);
      const count = first?.get(month)?.[at] ?? 0;
      const own = random.integer(3) === 0 ? 0 : random.integer(count + 1);
      split.set(`${month} ${id} 0`, own);
      split.set(`${month} ${id} 1`, count - own);
    }
  }
  return ({ area, half }, month) => split.get(`${month} ${area} ${half}`) ?? 0;
}

/** As it would be assessed on these reports. */
export function operationOf(
  name: string,
  { treated, edge, control }: Pick<ToldOperation, "treated" | "edge" | "control">,
  { months, counts }: { readonly months: ToldOperation["months"]; readonly counts: Counts },
): ToldOperation {
  const countOf = (halves: readonly Half[], at: 0 | 1) =>
    halves.reduce(
      (sum, half) => sum + months[at].reduce((all, month) => all + counts(half, month), 0),
      0,
    );
  const prePost = (halves: readonly Half[]): PrePost => [countOf(halves, 0), countOf(halves, 1)];
  const compared = compareWithControl(prePost(treated), prePost(control));
  const [verdict = "cannot_tell"] = verdictsOf([compared]);
  const [beside = "cannot_tell"] = verdictsOf([
    compareWithControl(prePost(edge), prePost(control)),
  ]);
  return {
    spoken: {
      operation: name,
      treatedArea: { ...compared, verdict, reach: reachOf(treated) },
      overall: { verdict: "no_clear_change" },
      edges: [{ neighbour: "Barnet", isInternal: false, verdict: beside, reach: reachOf(edge) }],
      control: { reach: reachOf(control) },
      before: periodOf(months[0]),
      after: periodOf(months[1]),
      studyArea: "the command",
    },
    months,
    treated,
    edge,
    control,
  };
}

function periodOf(months: readonly string[]) {
  return { from: `${months[0]}-01`, to: addDays(endOfMonths(months), -1) };
}

/** Of each area both halves go one way, or each its own; what is left of all is no part of any number. */
function randomPlaces(areas: readonly string[], random: Random) {
  const places = { treated: [] as Half[], edge: [] as Half[], control: [] as Half[] };
  const ways = [places.treated, places.treated, places.edge, places.control, places.control, null];
  const way = () => ways[random.integer(ways.length)];
  for (const area of areas) {
    const first = way();
    const second = random.integer(2) === 0 ? first : way();
    first?.push({ area, half: 0 });
    second?.push({ area, half: 1 });
  }
  return places;
}

/** Whole months on end, cut in two. */
function randomPeriods(months: readonly string[], random: Random): ToldOperation["months"] {
  const start = random.integer(months.length - 1);
  const cut = start + 1 + random.integer(months.length - 1 - start);
  const end = cut + 1 + random.integer(months.length - cut);
  return [months.slice(start, cut), months.slice(cut, end)];
}

function reachOf(halves: readonly Half[]): PublicReach {
  return [...new Set(halves.map(({ area }) => area))].map((area) => ({
    area,
    cells: halves.filter((half) => half.area === area).map(({ half }) => `${half} of ${area}`),
    size: 2,
  }));
}
