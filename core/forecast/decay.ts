import type { Reports } from "#core/forecast/reports.ts";
import { dayMs } from "#core/time/zone.ts";

/** How much a report of some age still says: half after each half-life, or a power of its age. */
export type Decay =
  | { readonly kind: "half-life"; readonly months: number }
  | { readonly kind: "power"; readonly exponent: number };

/** Mean length of a month of the calendar. */
export const monthDays = 30.436875;

/** From a report of last month that tells nearly all to one that never fades much. */
export const decays: readonly Decay[] = [
  ...[3, 6, 12, 24, 48, 96].map((months): Decay => ({ kind: "half-life", months })),
  ...[0.3, 0.5, 0.7, 1].map((exponent): Decay => ({ kind: "power", exponent })),
];

/** Taken until folds that are over say something else: between the extremes, and good on long series. */
export const firstDecay: Decay = { kind: "power", exponent: 0.5 };

export function describeDecay(decay: Decay): string {
  return decay.kind === "half-life"
    ? `half-life of ${decay.months} months`
    : `age in months to the power of -${decay.exponent}`;
}

/** Weight of a report `days` old; 1 for one of the last month. */
export function weightAt(decay: Decay, days: number): number {
  const months = Math.max(0, days) / monthDays;
  return decay.kind === "half-life"
    ? 2 ** (-months / decay.months)
    : (months + 0.5) ** -decay.exponent;
}

/** For every cell the decayed number of its reports that are known at `origin`. */
export function decayedCounts(
  reports: Reports,
  cells: number,
  { origin, decay }: { readonly origin: number; readonly decay: Decay },
): Float64Array {
  const counts = new Float64Array(cells);
  // By whole days: one power a day instead of one a report.
  const weights: number[] = [];
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin) continue;
    const days = Math.floor((origin - (reports.middle[row] as number)) / dayMs);
    let weight = weights[days];
    if (weight === undefined) {
      weight = weightAt(decay, days);
      weights[days] = weight;
    }
    const cell = reports.cell[row] as number;
    counts[cell] = (counts[cell] as number) + weight;
  }
  return counts;
}
