import { onceBy } from "#core/once-for.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Neighbours } from "#core/stats/neighbours.ts";
import { dayMs } from "#core/time/zone.ts";

/** How much a report of some age still says: half after each half-life, or a power of its age. */
export type Decay =
  | { readonly kind: "half-life"; readonly months: number }
  | { readonly kind: "power"; readonly exponent: number };

/** Mean length of a month of the calendar. */
export const monthDays = 30.436875;

/** Taken until folds that are over say something else: between the extremes, and good on long series. */
export const firstDecay: Decay = { kind: "power", exponent: 0.7 };

/** From a report of this half-year that tells most to one that never fades much. */
export const steadyDecays: readonly Decay[] = [
  ...[6, 24].map((months): Decay => ({ kind: "half-life", months })),
  { kind: "power", exponent: 0.3 },
  firstDecay,
  { kind: "power", exponent: 1 },
];

/** And for places that change within weeks, where nothing older tells much. */
export const decays: readonly Decay[] = [
  ...steadyDecays,
  ...[0.75, 1.5].map((months): Decay => ({ kind: "half-life", months })),
];

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
export const decayTable = onceBy((decay: Decay) => {
  const weights: number[] = [];
  const sums = [0];
  const growTo = (day: number) => {
    for (let next = weights.length; next <= day; next += 1) {
      const weight = weightAt(decay, next);
      weights.push(weight);
      sums.push((sums[next] as number) + weight);
    }
  };
  return {
    /** Weight of a report so many milliseconds old. */
    weightOf: (age: number): number => {
      const day = Math.max(0, Math.floor(age / dayMs));
      if (day >= weights.length) growTo(day);
      return weights[day] as number;
    },
    /** Weights by days of age, as far as to this one at least. */
    weightsTo: (days: number): readonly number[] => {
      growTo(days);
      return weights;
    },
    /** The weeks from so many days ago until now, each by what a report of it counts for. */
    watchedWeeks: (days: number): number => {
      const whole = Math.floor(days);
      growTo(whole);
      return ((sums[whole] as number) + (days - whole) * (weights[whole] as number)) / 7;
    },
  };
});

/** The reports that are known at an instant, in their order. */
interface AgedReports {
  readonly cell: Uint32Array;
  /** Whole days; 0 for what is still to come. */
  readonly days: Int32Array;
  readonly weight: Float64Array;
  readonly oldest: number;
}

/** Reckoned once for all decays. */
export function agedReports({ cell, known, middle, weight }: Reports, origin: number): AgedReports {
  const aged = {
    cell: new Uint32Array(cell.length),
    days: new Int32Array(cell.length),
    weight: new Float64Array(cell.length),
  };
  let [count, oldest] = [0, 0];
  for (let row = 0; row < cell.length; row += 1) {
    if ((known[row] as number) > origin) continue;
    const days = Math.max(0, Math.floor((origin - (middle[row] as number)) / dayMs));
    aged.cell[count] = cell[row] as number;
    aged.days[count] = days;
    aged.weight[count] = weight[row] as number;
    count += 1;
    oldest = Math.max(oldest, days);
  }
  return {
    cell: aged.cell.subarray(0, count),
    days: aged.days.subarray(0, count),
    weight: aged.weight.subarray(0, count),
    oldest,
  };
}

/**
 * Decayed report count of every cell. `unit`: the weight of the mean report by which it counts;
 * counts divided by it are like whole reports.
 */
export function decayedCounts(
  { cell, days, weight, oldest }: AgedReports,
  cells: number,
  decay: Decay,
): { readonly counts: Float64Array; readonly unit: number } {
  const counts = new Float64Array(cells);
  const weights = decayTable(decay).weightsTo(oldest);
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < cell.length; row += 1) {
    const left = weights[days[row] as number] as number;
    const counted = left * (weight[row] as number);
    const at = cell[row] as number;
    counts[at] = (counts[at] as number) + counted;
    sum += counted;
    squares += left * counted;
  }
  // Var / mean of a weighted Poisson count: sum of w^2 by sum of w.
  return { counts, unit: sum > 0 ? squares / sum : 1 };
}

/** A study set by its neighbours alone. */
export type Neighbourhood = Pick<StudySet, "cells" | "offsets" | "targets">;

/** How reports of the past become shares of what comes, by cell. */
export interface CandidateModel {
  readonly decay: Decay;
  /** The mean of a cell with its neighbours counts as so many times its own reports. */
  readonly neighbourWeight: number;
  /** As if so many reports more had come, spread evenly: much comes where nothing came yet. */
  readonly pseudocount: number;
}

/** From nothing, for points that a publisher snapped, to a mean that counts three times. */
export const neighbourWeights = [0, 0.1, 1, 3] as const;
/** A number and no share: the more is known, the less of what comes is a surprise. */
export const pseudocounts = [10, 30, 100, 300, 1_000] as const;

export function describeModel({ decay, neighbourWeight, pseudocount }: CandidateModel): string {
  const near = neighbourWeight === 0 ? "nothing" : `${neighbourWeight} x the mean`;
  return `${describeDecay(decay)}, ${near} of the neighbours, ${pseudocount} reports anywhere`;
}

export interface CellShares {
  /** Sums to 1 over the study set. */
  readonly shares: Float64Array;
  /** How many reports each share stands on, decayed, borrowed and stray ones too. */
  readonly support: Float64Array;
}

/** How many cells a share of the area is: at least one, as the backtest counts them. */
export const roomOf = (cells: number) => (share: number) => Math.max(1, Math.round(share * cells));

/** The mean over a cell and its neighbours in the set. */
export function neighbourMeans(
  counts: Float64Array,
  { offsets, targets }: Neighbours,
): Float64Array {
  return counts.map((count, cell) => {
    const [from, to] = [offsets[cell] as number, offsets[cell + 1] as number];
    let sum = count;
    for (let at = from; at < to; at += 1) sum += counts[targets[at] as number] as number;
    return sum / (1 + to - from);
  });
}

/** Reports by cell that are known at the origin and whose middle lies at most so many months before it. */
export function countSince(
  reports: Reports,
  cells: number,
  origin: number,
  months: number,
): Float64Array {
  const from = origin - months * monthDays * dayMs;
  const counts = new Float64Array(cells);
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin || (reports.middle[row] as number) < from) continue;
    const cell = reports.cell[row] as number;
    counts[cell] = (counts[cell] as number) + (reports.weight[row] as number);
  }
  return counts;
}
