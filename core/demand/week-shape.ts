import type { DemandEvent } from "#core/demand/demand-events.ts";
import { aoristicWeights, hoursPerWeek } from "#core/stats/aoristic.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

export const hoursOfWeek = hoursPerWeek;

/** Spans longer than this tell nothing about the hour (DEFINITIONS, Events). */
const longestKnownHourMs = 24 * hourMs;

/** Adds `weight` of the event to the hours of the week it may have happened in; unknown hours add nothing. */
export function addHours(
  hours: Float64Array,
  zone: Zone,
  event: DemandEvent,
  weight: number,
): void {
  if (event.end - event.start > longestKnownHourMs) return;
  for (const [hour, share] of aoristicWeights(zone, event.start, event.end)) {
    hours[hour] = (hours[hour] ?? 0) + weight * share;
  }
}

/** The week's shape of everything pooled: shares that sum to 1, each hour smoothed with its neighbours (1:2:1). */
export function pooledShape(hours: Float64Array): Float64Array {
  const total = sum(hours);
  const shape = new Float64Array(hoursOfWeek).fill(1 / hoursOfWeek);
  if (total === 0) return shape;
  for (let hour = 0; hour < hoursOfWeek; hour += 1) {
    const before = hours[(hour + hoursOfWeek - 1) % hoursOfWeek] ?? 0;
    const after = hours[(hour + 1) % hoursOfWeek] ?? 0;
    shape[hour] = (before + 2 * (hours[hour] ?? 0) + after) / (4 * total);
  }
  return shape;
}

/** Own hours blended with a wider shape that counts as `strength` reports: few reports borrow the wider shape. */
export function blendedShape(
  own: Float64Array,
  wider: Float64Array,
  strength: number,
): Float64Array {
  const scale = 1 / (sum(own) + strength);
  return wider.map((share, hour) => ((own[hour] ?? 0) + strength * share) * scale);
}

export function sum(values: Float64Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
