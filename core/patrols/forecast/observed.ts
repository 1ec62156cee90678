import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { Fold } from "#core/stats/folds.ts";

/** Reports of a fold by cell; what counts less than one adds up to whole ones over a day. */
export function observedIn(
  reports: Reports,
  cells: number,
  { start, end }: Pick<Fold, "start" | "end">,
): Uint32Array {
  const observed = new Float64Array(cells);
  for (let row = 0; row < reports.cell.length; row += 1) {
    const at = reports.middle[row] as number;
    if (at < start || at >= end) continue;
    const cell = reports.cell[row] as number;
    observed[cell] = (observed[cell] as number) + (reports.weight[row] as number);
  }
  return Uint32Array.from(observed, Math.round);
}
