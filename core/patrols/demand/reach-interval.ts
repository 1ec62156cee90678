import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import { type Doubted, expectedInterval, type Interval } from "#core/patrols/forecast/interval.ts";

type Reached = ReadonlyMap<H3Cell, number>;

/**
 * The variance omits neighbours that differ more than their mixing allows for, and that the windows
 * asked about looked best; on simulated towns twice the variance gave the nominal coverage.
 */
const unmodelled = 2;

/**
 * Interval of the expected reports at some cells and hours; `weeks`: over how many weeks they were
 * covered. Variances of independent parts add up: the command's level, shared by all cells; each
 * cell's own rate (a gamma posterior: relative variance 1 / reports); and the share of the week
 * covered (a Dirichlet posterior: (1 - share) / (share (reports + 1))), as far as it is the cell's
 * own. The borrowed part of a cell's week is wrong alike in all cells of a zone.
 */
export function createReachDoubt(demand: Demand) {
  const indexOf = new Map(demand.cells.map((cell, index) => [cell, index] as const));
  const { spread, support, ownHours, nearHours, borrowed } = demand.doubt;
  const doubted = (reached: Reached, weeks: number, level: number): Doubted => {
    let mean = 0;
    let own = 0;
    const alike = new Map<H3Cell, number>();
    for (const [cell, expected] of reached) {
      const index = indexOf.get(cell);
      if (index === undefined || expected <= 0) continue;
      mean += expected;
      const share = Math.min(1, expected / (weeks * weekRate(demand, index)));
      const odds = (1 - share) / share;
      const rate = 1 / Math.max(support[index] as number, 1e-9);
      const hours = odds / ((ownHours[index] as number) + 1);
      own += expected ** 2 * (rate + hours);
      const near = Math.sqrt(odds / ((nearHours[index] as number) + 1));
      const zone = parentCell(cell, zoneResolution);
      const common = expected * (borrowed[index] as number) * near;
      alike.set(zone, (alike.get(zone) ?? 0) + common);
    }
    const common = [...alike.values()].reduce((sum, each) => sum + each ** 2, 0);
    return { mean, variance: level * mean ** 2 + unmodelled * (own + common) };
  };
  return {
    /** Null while the level's doubt is not known. */
    intervalOf: (reached: Reached, weeks: number): Interval | null =>
      spread === null ? null : expectedInterval(doubted(reached, weeks, spread)),
  };
}

export function weekRate({ rates }: Demand, index: number): number {
  let week = 0;
  for (let hour = 0; hour < hoursOfWeek; hour += 1) {
    week += rates[index * hoursOfWeek + hour] as number;
  }
  return week;
}

export function reachedBy(
  visits: readonly { readonly cell: H3Cell; readonly arrive: number }[],
  reachedFrom: (cell: H3Cell, arrive: number) => number,
): Reached {
  const reached = new Map<H3Cell, number>();
  for (const { cell, arrive } of visits) {
    reached.set(cell, (reached.get(cell) ?? 0) + reachedFrom(cell, arrive));
  }
  return reached;
}
