import type { Reports } from "#core/patrols/forecast/reports.ts";
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

/** What a fold that began at `start` still says at `end`, by a memory of 0.95 a month. */
export function foldWeight(start: number, end: number): number {
  return 0.95 ** ((end - start) / dayMs / monthDays);
}

/** A decay by whole days: one power a day instead of one a report. */
export interface DecayTable {
  /** Weight of a report so many milliseconds old. */
  readonly weightOf: (age: number) => number;
  /** The weeks from so many days ago until now, each by what a report of it counts for. */
  readonly watchedWeeks: (days: number) => number;
}

const tables = new WeakMap<Decay, DecayTable>();

export function decayTable(decay: Decay): DecayTable {
  const known = tables.get(decay);
  if (known) return known;
  const weights: number[] = [];
  const sums = [0];
  const growTo = (day: number) => {
    for (let next = weights.length; next <= day; next += 1) {
      const weight = weightAt(decay, next);
      weights.push(weight);
      sums.push((sums[next] as number) + weight);
    }
  };
  const table: DecayTable = {
    weightOf: (age) => {
      const day = Math.max(0, Math.floor(age / dayMs));
      const known = weights[day];
      if (known !== undefined) return known;
      growTo(day);
      return weights[day] as number;
    },
    watchedWeeks: (days) => {
      const whole = Math.floor(days);
      growTo(whole);
      return ((sums[whole] as number) + (days - whole) * (weights[whole] as number)) / 7;
    },
  };
  tables.set(decay, table);
  return table;
}

/** Reports of the past, each by what is left of it. */
export interface Decayed {
  readonly counts: Float64Array;
  /** The weight of the mean report by which it counts: counts divided by it are like whole reports. */
  readonly unit: number;
}

/** For every cell the decayed number of its reports that are known at `origin`. */
export function decayedCounts(
  reports: Reports,
  cells: number,
  { origin, decay }: { readonly origin: number; readonly decay: Decay },
): Decayed {
  const counts = new Float64Array(cells);
  const { weightOf } = decayTable(decay);
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin) continue;
    const weight = weightOf(origin - (reports.middle[row] as number));
    const counted = weight * (reports.weight[row] as number);
    const cell = reports.cell[row] as number;
    counts[cell] = (counts[cell] as number) + counted;
    sum += counted;
    squares += weight * counted;
  }
  // Var / mean of a weighted Poisson count: sum of w^2 by sum of w.
  return { counts, unit: sum > 0 ? squares / sum : 1 };
}
