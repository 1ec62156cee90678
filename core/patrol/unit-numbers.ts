import { cellCentre, metresBetween } from "#core/geo/cell.ts";
import type { PlanOption } from "#core/patrol/option.ts";

/**
 * Gives the chosen options their unit numbers: by start, to the free unit of the pool whose last place
 * was nearest (the lowest number where none has one). The unit rows of the model make sure that one is free.
 */
export function unitNumbers(chosen: readonly PlanOption[]): Map<PlanOption, number> {
  const numbers = new Map<PlanOption, number>();
  const lastOf = new Map<number, PlanOption>();
  const ordered = [...chosen].sort(
    (a, b) =>
      a.candidate.blockStart - b.candidate.blockStart ||
      (a.candidate.zone < b.candidate.zone ? -1 : 1),
  );
  for (const option of ordered) {
    const unit = option.unit ?? nearestFree(option, lastOf);
    numbers.set(option, unit);
    lastOf.set(unit, option);
  }
  return numbers;
}

function nearestFree(option: PlanOption, lastOf: ReadonlyMap<number, PlanOption>): number {
  let best: { unit: number; metres: number } | null = null;
  for (const unit of option.crew.pool) {
    const last = lastOf.get(unit);
    if (last && last.candidate.blockEnd > option.candidate.blockStart) continue;
    const metres = last
      ? metresBetween(cellCentre(last.candidate.zone), cellCentre(option.candidate.zone))
      : Number.POSITIVE_INFINITY;
    if (!best || metres < best.metres) best = { unit, metres };
  }
  if (!best) throw new RangeError(`No unit is free at ${option.candidate.blockStart}`);
  return best.unit;
}
