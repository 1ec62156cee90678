import type { Doubt } from "#core/patrols/demand/demand.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";

/** Rates that are known as they are. */
export function certain(cells: number): Doubt {
  const known = () => new Float64Array(cells).fill(1e9);
  return {
    spread: 0,
    support: known(),
    ownHours: known(),
    nearHours: known(),
    borrowed: new Float64Array(cells),
  };
}

/** Reports at one instant each. */
export function reportsAt(
  rows: readonly { readonly cell: number; readonly at: number }[],
): Reports {
  const middle = Float64Array.from(rows, ({ at }) => at);
  return {
    cell: Uint32Array.from(rows, ({ cell }) => cell),
    middle,
    known: middle,
    weight: new Float64Array(rows.length).fill(1),
  };
}
