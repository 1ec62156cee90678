import { type Decay, describeDecay, monthDays } from "#core/patrols/forecast/decay.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Neighbours } from "#core/stats/neighbours.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { dayMs } from "#core/time/zone.ts";

/** A study set by its neighbours alone. */
export type Neighbourhood = Pick<StudySet, "cells" | "offsets" | "targets">;

/** What is forecast: cells, which are of one size, or segments of street, each with its length. */
export interface ForecastUnits extends Neighbours {
  readonly cells: { readonly length: number };
  /** Where units are of unlike size: what falls evenly falls by it. */
  readonly metres?: Float64Array;
}

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

/** Cells are of one size. */
export const sizesOf = ({ cells, metres }: Pick<ForecastUnits, "cells" | "metres">): Float64Array =>
  metres ?? new Float64Array(cells.length).fill(1);

/** The whole as so many times each unit: an even spread gives a unit that part of it, by its length where it has one. */
export function evenParts(units: ForecastUnits): Float64Array {
  const sizes = sizesOf(units);
  const total = sumOf(sizes);
  return sizes.map((size) => total / size);
}

/** How much room a share of the whole is: whole cells, and at least one, as the backtest counts them; metres as they are. */
export function roomsOf({
  cells,
  metres,
}: Pick<ForecastUnits, "cells" | "metres">): (share: number) => number {
  if (!metres) return (share) => Math.max(1, Math.round(share * cells.length));
  const size = sumOf(metres);
  return (share) => share * size;
}

/** The mean over a cell and its neighbours in the set; of streets what their common rate by length gives each. */
export function neighbourMeans(counts: Float64Array, units: ForecastUnits): Float64Array {
  const { offsets, targets } = units;
  const sizes = sizesOf(units);
  return counts.map((count, unit) => {
    const own = sizes[unit] as number;
    let [sum, size] = [count, own];
    for (let at = offsets[unit] as number; at < (offsets[unit + 1] as number); at += 1) {
      sum += counts[targets[at] as number] as number;
      size += sizes[targets[at] as number] as number;
    }
    return (own * sum) / size;
  });
}

/**
 * Values by size: of cells as they are, of streets by metre. Streets of which nothing is known differ by the rounding of a
 * division alone, and are to be tied.
 */
export function ratesOf(
  values: Float64Array,
  { metres }: Pick<ForecastUnits, "cells" | "metres">,
): Float64Array {
  if (!metres) return values;
  return values.map((value, at) => Number((value / (metres[at] as number)).toPrecision(12)));
}

/** Reports by unit that are known at the origin and whose middle lies at most so many months before it. */
export function countSince(
  reports: Reports,
  units: number,
  origin: number,
  months: number,
): Float64Array {
  const from = origin - months * monthDays * dayMs;
  const counts = new Float64Array(units);
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin || (reports.middle[row] as number) < from) continue;
    const cell = reports.cell[row] as number;
    counts[cell] = (counts[cell] as number) + (reports.weight[row] as number);
  }
  return counts;
}
