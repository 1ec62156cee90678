import { hourMs, localHourOfWeek, type Zone } from "#core/time/zone.ts";

export const hoursPerWeek = 168;
const weekMs = hoursPerWeek * hourMs;

/** A bin of the local week (0..167, Monday 00:00 = 0) and its share of the span. */
export type BinShare = readonly [bin: number, weight: number];

/**
 * Aoristic weights (Ratcliffe 2000): the share of an uncertain span in each hour of the local week,
 * in real minutes. Autumn's doubled hour counts twice, spring's missing hour not at all, and a span
 * over a week accumulates in its bins. Without an end, or with an end not after the start, all of
 * it goes to the start's hour. Bins ascend; the weights sum to 1.
 */
export function aoristicWeights(zone: Zone, from: number, to: number | null): BinShare[] {
  if (to === null || to <= from) return [[zone.hourOfWeek(from), 1]];
  const bins = new Float64Array(hoursPerWeek);
  addHoursOfWeek(zone, from, to, bins);
  const shares: BinShare[] = [];
  bins.forEach((length, bin) => {
    if (length > 0) shares.push([bin, length / (to - from)]);
  });
  return shares;
}

/** Adds the real milliseconds of [from, to) to the bin of each local hour of the week. */
export function addHoursOfWeek(zone: Zone, from: number, to: number, bins: Float64Array): void {
  let at = from;
  for (const change of changesBetween(zone, from, to)) {
    addSteadyStretch(at, change.at, change.before, bins);
    at = change.at;
  }
  addSteadyStretch(at, to, zone.offsetAt(at), bins);
}

function changesBetween(zone: Zone, from: number, to: number): Zone["changes"] {
  const { changes } = zone;
  let first = 0;
  let high = changes.length;
  while (first < high) {
    const middle = (first + high) >> 1;
    if ((changes[middle]?.at ?? Number.POSITIVE_INFINITY) <= from) first = middle + 1;
    else high = middle;
  }
  let last = first;
  while (last < changes.length && (changes[last]?.at ?? to) < to) last += 1;
  return changes.slice(first, last);
}

/** Whole weeks fill every bin alike; the rest is walked hour by hour. */
function addSteadyStretch(from: number, to: number, offset: number, bins: Float64Array): void {
  const weeks = Math.floor((to - from) / weekMs);
  if (weeks > 0) {
    for (let bin = 0; bin < hoursPerWeek; bin += 1) bins[bin] = (bins[bin] ?? 0) + weeks * hourMs;
  }
  const end = to + offset;
  let at = from + weeks * weekMs + offset;
  while (at < end) {
    const next = Math.min(end, (Math.floor(at / hourMs) + 1) * hourMs);
    const bin = localHourOfWeek(at);
    bins[bin] = (bins[bin] ?? 0) + (next - at);
    at = next;
  }
}
