import { roundShares } from "#core/hotspots/round-shares.ts";

/**
 * The clock's weights as they are written. Those inside the chosen hours add up to the figure over
 * the map; the others are for comparison and are rounded apart.
 */
export function clockShares(clock: Float64Array, hours: Uint8Array | null): Float64Array {
  if (hours === null) return roundShares(clock);
  const inside = roundShares(clock.map((weight, hour) => (hours[hour] === 1 ? weight : 0)));
  const outside = roundShares(clock.map((weight, hour) => (hours[hour] === 1 ? 0 : weight)));
  return inside.map((share, hour) => share + (outside[hour] ?? 0));
}
