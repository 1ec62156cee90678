import { type Decay, describeDecay, monthDays } from "#core/patrols/forecast/decay.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Neighbours } from "#core/stats/neighbours.ts";
import { dayMs } from "#core/time/zone.ts";

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
