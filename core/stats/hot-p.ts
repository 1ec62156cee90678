import {
  createDrawSums,
  groupValues,
  poolGroup,
  upperTail,
  type ValueGroup,
} from "#core/stats/draw-sums.ts";
import { gammaLower, gammaUpper } from "#core/stats/gamma.ts";
import { degreeOf, type Neighbours, neighbourSums } from "#core/stats/neighbours.ts";
import { normalCdf } from "#core/stats/normal.ts";

export interface UpperTails {
  /** One per cell, in 0..1. */
  readonly p: Float64Array;
  /** "exact", or the name of the approximation. */
  readonly method: string;
}

/** More events than this in the window, and the tail is a named approximation (DEFINITIONS, Hot). */
export const mostEventsExact = 100_000;
/** Keeps one table of sums under 64 MB, and its filling to seconds. */
const mostTableBins = 8_000_000;
const mostSteps = 4_000_000_000;

/**
 * `hotP` of DEFINITIONS: the chance that a random draw of k+1 cells (the cell and its k
 * neighbours), without replacement from all n, has at least the observed sum, ties included.
 * Unconditional, so that a single busy cell can be hot. Counts are whole and not negative.
 */
export function hotP(counts: ArrayLike<number>, neighbours: Neighbours): UpperTails {
  const sums = neighbourSums(counts, neighbours);
  let cap = 0;
  let most = 0;
  let events = 0;
  for (let cell = 0; cell < sums.length; cell += 1) {
    events += counts[cell] as number;
    sums[cell] = (sums[cell] as number) + (counts[cell] as number);
    cap = Math.max(cap, sums[cell] as number);
    most = Math.max(most, degreeOf(neighbours, cell) + 1);
  }
  const groups = groupValues(counts);
  if (!isExactFeasible({ events, most, cap, groups })) return approximate(counts, neighbours, sums);
  const table = createDrawSums(most, cap);
  for (const group of groups) poolGroup(table, group);
  const tails = new Map<number, Float64Array>();
  const p = new Float64Array(sums.length);
  for (let cell = 0; cell < p.length; cell += 1) {
    const draws = degreeOf(neighbours, cell) + 1;
    let tail = tails.get(draws);
    if (!tail) {
      tail = upperTail(table, draws);
      tails.set(draws, tail);
    }
    p[cell] = tail[sums[cell] as number] as number;
  }
  return { p, method: "exact" };
}

interface TailSize {
  readonly events: number;
  readonly most: number;
  readonly cap: number;
  readonly groups: readonly ValueGroup[];
}

export function isExactFeasible({ events, most, cap, groups }: TailSize): boolean {
  if (events > mostEventsExact || (most + 1) * (cap + 1) > mostTableBins) return false;
  let terms = 0;
  for (const group of groups) terms += Math.min(group.cells, most);
  return terms * most * (cap + 1) <= mostSteps;
}

function approximate(
  counts: ArrayLike<number>,
  neighbours: Neighbours,
  sums: Float64Array,
): UpperTails {
  const tailOf = createPearsonTail(counts);
  const p = Float64Array.from(sums, (sum, cell) => tailOf(degreeOf(neighbours, cell) + 1, sum));
  return { p, method: pearsonTailName };
}

/** Name of the tail below, as shown. */
export const pearsonTailName = "Pearson type III (three-moment) approximation";

/**
 * Approximate P(sum of `draws` cells drawn without replacement >= observed): a shifted gamma with
 * the sum's mean, variance and skewness (Cochran 1977, section 2.15, for the moments), with
 * continuity correction of half a count. For more events than the exact tail can handle.
 */
export function createPearsonTail(
  values: ArrayLike<number>,
): (draws: number, observed: number) => number {
  const n = values.length;
  const { mean, second, third } = centralMoments(values);
  return (draws, observed) => {
    if (observed <= 0) return 1;
    const variance = n > 1 ? (draws * (n - draws) * second) / (n - 1) : 0;
    if (!(variance > 0)) return draws * mean >= observed - 0.5 ? 1 : 0;
    const skewTop =
      n > 2 ? (draws * (n - draws) * (n - 2 * draws) * third) / ((n - 1) * (n - 2)) : 0;
    const skew = skewTop / variance ** 1.5;
    return tail((observed - 0.5 - draws * mean) / Math.sqrt(variance), skew);
  };
}

function tail(z: number, skew: number): number {
  // At this shape a gamma equals a normal to the approximation's precision.
  if (Math.abs(skew) < 1e-3) return normalCdf(-z);
  const shape = 4 / skew ** 2;
  const at = shape + Math.sign(skew) * z * Math.sqrt(shape);
  return skew > 0 ? gammaUpper(shape, at) : gammaLower(shape, at);
}

function centralMoments(values: ArrayLike<number>) {
  const n = values.length;
  let total = 0;
  for (let cell = 0; cell < n; cell += 1) total += values[cell] as number;
  const mean = n > 0 ? total / n : 0;
  let second = 0;
  let third = 0;
  for (let cell = 0; cell < n; cell += 1) {
    const deviation = (values[cell] as number) - mean;
    second += deviation ** 2;
    third += deviation ** 3;
  }
  return { mean, second: second / n, third: third / n };
}
