import type { DemandReports } from "#core/patrols/demand/demand-reports.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";
import { sumOf } from "#core/stats/sum-of.ts";

export const hoursOfWeek = hoursPerWeek;

/** Prior strength in reports of the wider week, for a neighbourhood and for a cell. */
export interface ShapeStrength {
  readonly near: number;
  readonly own: number;
}

/** Adds the hours of one report, `weight` in total. */
export function addHours(
  hours: Float64Array,
  { from, hour, share }: DemandReports,
  row: number,
  weight: number,
): void {
  const end = from[row + 1] as number;
  for (let at = from[row] as number; at < end; at += 1) {
    const bin = hour[at] as number;
    hours[bin] = (hours[bin] as number) + weight * (share[at] as number);
  }
}

/** Pooled week: shares that sum to 1, each hour smoothed with its neighbours (1:2:1). */
export function pooledShape(hours: Float64Array): Float64Array {
  const total = sumOf(hours);
  const shape = new Float64Array(hoursOfWeek).fill(1 / hoursOfWeek);
  if (total === 0) return shape;
  for (let hour = 0; hour < hoursOfWeek; hour += 1) {
    const before = hours[(hour + hoursOfWeek - 1) % hoursOfWeek] ?? 0;
    const after = hours[(hour + 1) % hoursOfWeek] ?? 0;
    shape[hour] = (before + 2 * (hours[hour] ?? 0) + after) / (4 * total);
  }
  return shape;
}

/** Shrinks own hours to a wider shape worth `strength` reports: few reports borrow most. */
export function blendedShape(
  own: Float64Array,
  wider: Float64Array,
  strength: number,
): Float64Array {
  const scale = 1 / (sumOf(own) + strength);
  return wider.map((share, hour) => ((own[hour] ?? 0) + strength * share) * scale);
}
