import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import type { Random } from "#core/random.ts";
import type { SpokenAssessment } from "#core/releases/answers.ts";
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

/** An operation as a stranger knows it: where and when its numbers were counted. */
export interface ToldOperation {
  readonly spoken: SpokenAssessment;
  readonly months: readonly [readonly string[], readonly string[]];
  readonly treated: readonly Half[];
  readonly edge: readonly Half[];
  readonly control: readonly Half[];
}

/** Reports of each half in each month. */
type Counts = (half: Half, month: string) => number;

/** Up to two operations of whole areas and of halves, over one month and over several, assessed on what was counted. */
export function randomOperations(
  { areas, truth, random }: History,
  months: readonly string[],
): ToldOperation[] {
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
  const counts: Counts = ({ area, half }, month) => split.get(`${month} ${area} ${half}`) ?? 0;
  const ids = wards.map(({ id }) => id);
  return Array.from({ length: 1 + random.integer(2) }, (_, at) =>
    operationOf(`operation ${months.length}.${at}`, randomPlaces(ids, random), {
      months: randomPeriods(months, random),
      counts,
    }),
  );
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
