import {
  type CellShares,
  evenParts,
  type ForecastUnits,
  sumOf,
} from "#core/patrols/forecast/cell-shares.ts";
import { monthDays } from "#core/patrols/forecast/decay.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { dayMs } from "#core/time/zone.ts";

/** Reports by unit that are known at the origin and whose middle lies at most so many months before it. */
export function countSince(
  reports: Reports,
  units: number,
  origin: number,
  months: number,
): Float64Array {
  const from = origin - months * monthDays * dayMs;
  const counts = new Float64Array(units);
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin || (reports.middle[row] as number) < from) continue;
    const cell = reports.cell[row] as number;
    counts[cell] = (counts[cell] as number) + (reports.weight[row] as number);
  }
  return counts;
}

/** The same as shares of the whole; even ones where these months have no report. */
export function countShares(
  reports: Reports,
  near: ForecastUnits,
  origin: number,
  months: number,
): CellShares {
  const counts = countSince(reports, near.cells.length, origin, months);
  const total = sumOf(counts);
  if (total > 0) return { shares: counts.map((count) => count / total), support: counts };
  const even = evenParts(near).map((part) => 1 / part);
  return { shares: even, support: even };
}
