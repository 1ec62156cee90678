import { rangeOfShown, type Shown, tenFiveRule } from "#core/disclosure/rule.ts";
import { leastCount } from "#core/displacement/compare.ts";
import type { Verdict } from "#core/displacement/wire/displacement.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PublicAreas } from "#core/places/public-areas.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import { endOfMonths, type Month } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";

interface Period {
  readonly from: string;
  readonly to: string;
}

export interface ComparedPlaces {
  readonly before: Period;
  readonly after: Period;
  readonly treatedArea: { readonly reach: PublicReach };
  readonly control: { readonly reach: PublicReach };
  readonly edges: readonly { readonly reach: PublicReach }[];
}

/** What may be said of one operation without revealing more than the figures do. */
export interface Sayable {
  readonly core: "nothing" | "verdict" | "interval";
  /** By edge, in order. `rise`: a rise only, else nothing. */
  readonly edges: readonly ("nothing" | "rise" | "verdict")[];
}

export const nothingSayable: Sayable = { core: "nothing", edges: [] };

export function saidOf(verdict: Verdict, may: Sayable["edges"][number] | undefined): Verdict {
  return may === "verdict" || (may === "rise" && verdict === "rise") ? verdict : "cannot_tell";
}

/** Figures already public, or published with the words. */
export interface ShownFigures {
  readonly areas: readonly PanelArea[];
  /** In the order of the areas. Months that were never released are absent. */
  readonly months: ReadonlyMap<Month, readonly Shown[]>;
}

/** With fewer in any count, an interval could reveal a few reports. */
export const fewestForInterval = 30;

/**
 * What may be said of each operation, worked out from the figures shown and from places and dates alone: what was
 * counted has no part in it, so that keeping quiet tells nothing (SAFEGUARDS 7).
 *
 * A verdict says that each number compared is 10 or more, an interval that each is 30 or more. That tells nothing new
 * where the shown figures of the areas that the number is counted in are certain to hold as many: whatever a withheld
 * figure is, all those reports can come from the shown ones. Only the lower end of a rounded figure is certain; a
 * withheld one counts as 0, and so does a month that is not shown or lies partly outside the period. Numbers of
 * disjoint places cannot come from the same reports, so each takes its own out of what is shown.
 *
 * "Not enough reports to tell" says that one of the numbers is under 10. Reports of an area that lies only partly in
 * the place can all have come from its other part. Those of an area within it cannot: two such areas that are withheld
 * would be under 10 together, and what is left of their borough for a third would be bounded. So nothing is said of
 * streets that reach into a withheld area that streets and edges hold as a whole, and of such an edge a rise alone, so
 * that its silence is no number under 10. The same goes where it could only be what they are compared with that is
 * under 10. Of all others each withheld figure can still be each of 0 to 9, as core/disclosure/suppress.ts leaves it.
 */
export function sayableOf(
  operations: readonly ComparedPlaces[],
  shown: ShownFigures,
): readonly Sayable[] {
  const certain = certainReports(shown);
  const within = areasWithin(
    operations.flatMap(({ treatedArea, edges }) =>
      [treatedArea, ...edges].map(({ reach }) => reach),
    ),
  );
  const left = new Map(certain);
  // Streets first, for all operations: their edges and comparisons may share the remainder.
  const streets = operations.map((operation) => {
    const { reach } = operation.treatedArea;
    const mayBeFew = isOpen(reach, within, operation, certain);
    return mayBeFew && isTold(reach, operation, certain) ? takeMost(left, reach, operation) : 0;
  });
  return operations.map((operation, at): Sayable => {
    const own = new Map(left);
    const treated = new Set(operation.treatedArea.reach.map(({ area }) => area));
    const rest = operation.control.reach.filter(({ area }) => !treated.has(area));
    const carried = Math.min(streets[at] ?? 0, takeMost(own, rest, operation));
    if (carried === 0) return nothingSayable;
    return {
      core: carried === fewestForInterval ? "interval" : "verdict",
      edges: operation.edges.map(({ reach }) => {
        if (!take(own, reach, operation, leastCount)) return "nothing";
        const mayBeFew = isOpen(reach, within, operation, certain);
        return mayBeFew && isTold(reach, operation, certain) ? "verdict" : "rise";
      }),
    };
  });
}

type Left = Map<string, number>;
type Periods = Pick<ComparedPlaces, "before" | "after">;
/** Least count behind each shown figure of a smallest area. */
function certainReports({ areas, months }: ShownFigures): Left {
  const parents = new Set(areas.map(({ parent }) => parent));
  const left: Left = new Map();
  for (const [month, figures] of months) {
    for (const [at, { id }] of areas.entries()) {
      const figure = figures[at] ?? null;
      if (figure === null || parents.has(id)) continue;
      left.set(keyOf(id, month), rangeOfShown(figure, tenFiveRule).low);
    }
  }
  return left;
}

/** Every area wholly within the place has its months shown, in both periods. */
function isOpen(
  reach: PublicReach,
  within: ReadonlySet<string>,
  { before, after }: Periods,
  certain: Left,
): boolean {
  const months = [before, after].flatMap(wholeMonths);
  return reach.every(
    ({ area }) => !within.has(area) || months.every((month) => certain.has(keyOf(area, month))),
  );
}

/**
 * A number under 10 need not be the comparison's: the place's own may be, or the comparison's is
 * visibly not, or no withheld area lies within it.
 */
function isTold(reach: PublicReach, operation: ComparedPlaces, certain: Left): boolean {
  const control = operation.control.reach;
  const within = areasWithin([control]);
  const sure = control.filter(({ area }) => within.has(area));
  return (
    areasWithin([reach]).size === 0 ||
    take(new Map(certain), sure, operation, leastCount) ||
    isOpen(control, within, operation, certain)
  );
}

function takeMost(left: Left, reach: PublicReach, periods: Periods): number {
  return (
    [fewestForInterval, leastCount].find((reports) => take(left, reach, periods, reports)) ?? 0
  );
}

/** Takes this many reports per period from the remainder, largest first; none if too few. */
function take(
  left: Left,
  reach: PublicReach,
  { before, after }: Periods,
  reports: number,
): boolean {
  const stocks = [before, after].map((period) => {
    const months = wholeMonths(period);
    return reach.flatMap(({ area }) => months.map((month) => keyOf(area, month)));
  });
  const of = (key: string) => left.get(key) ?? 0;
  if (stocks.some((keys) => keys.reduce((sum, key) => sum + of(key), 0) < reports)) return false;
  for (const keys of stocks) {
    let missing = reports;
    for (const key of keys.toSorted((a, b) => of(b) - of(a))) {
      const taken = Math.min(missing, of(key));
      if (taken > 0) left.set(key, of(key) - taken);
      missing -= taken;
    }
  }
  return true;
}

function wholeMonths({ from, to }: Period): Month[] {
  const months: Month[] = [];
  for (let month = from.slice(0, 7); ; ) {
    const next = endOfMonths([month]);
    if (addDays(next, -1) > to) return months;
    if (`${month}-01` >= from) months.push(month);
    month = next.slice(0, 7);
  }
}

function keyOf(area: string, month: Month): string {
  return `${month} ${area}`;
}

/** Overlap of a set of cells with the smallest public areas that hold any of them. */
export type PublicReach = readonly AreaReach[];

interface AreaReach {
  readonly area: string;
  readonly cells: readonly string[];
  readonly size: number;
}

/** Cells outside the command lie in no public area. */
export function publicReach(
  cells: Iterable<H3Cell>,
  { counted }: Pick<PublicAreas, "counted">,
): PublicReach {
  const given = new Set(cells);
  return counted
    .map(({ area, cells: all }) => ({
      area,
      cells: all.filter((cell) => given.has(cell)),
      size: all.length,
    }))
    .filter((reach) => reach.cells.length > 0);
}

export function areasWithin(places: readonly PublicReach[]): Set<string> {
  const found = new Map<string, Set<string>>();
  const whole = new Set<string>();
  for (const { area, cells, size } of places.flat()) {
    const known = found.get(area) ?? new Set();
    for (const cell of cells) known.add(cell);
    found.set(area, known);
    if (known.size === size) whole.add(area);
  }
  return whole;
}
