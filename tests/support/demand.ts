import type { Doubt } from "#core/patrols/demand/demand.ts";

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
