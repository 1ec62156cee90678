import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";
import { degreeOf, type Neighbours, neighbourSums } from "#core/stats/neighbours.ts";

/** A cell is hot at or below this q, and with at least so many events in it or with its ring (DEFINITIONS, Hot). */
export const hotLevel = 0.05;
export const fewestHot = 3;

/** The cell itself, or only with its neighbours. */
export const hotBys = ["own", "area"] as const;
export type HotBy = (typeof hotBys)[number];

export interface HotTest {
  /** Chance of at least as many in this cell under an even spread, one per cell. */
  readonly ownP: Float64Array;
  /** The same of the cell and its neighbours together. */
  readonly areaP: Float64Array;
  /** Twice the smaller of the two, 1 at most. */
  readonly p: Float64Array;
  /** Benjamini-Hochberg over `p`. */
  readonly q: Float64Array;
  readonly hot: Uint8Array;
  /** Which of the two made it hot; null where it is not. */
  readonly by: readonly (HotBy | null)[];
}

/**
 * Which cells hold, alone or with their neighbours, more than an even spread of all events would give.
 * `shares`: each cell's part of an exposure, 1 in all; equal parts unless given. Counts are whole and not negative.
 */
export function hotTest(
  counts: ArrayLike<number>,
  neighbours: Neighbours,
  shares?: ArrayLike<number>,
): HotTest {
  const cells = counts.length;
  const near = withNeighbours(counts, neighbours);
  let events = 0;
  for (let cell = 0; cell < cells; cell += 1) events += counts[cell] as number;
  const { ownTail, areaTail } = shares
    ? givenTails(events, shares, neighbours)
    : evenTails(events, neighbours);
  const ownP = new Float64Array(cells);
  const areaP = new Float64Array(cells);
  const p = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell += 1) {
    const own = ownTail(cell, counts[cell] as number);
    const area = areaTail(cell, near[cell] as number);
    ownP[cell] = own;
    areaP[cell] = area;
    p[cell] = Math.min(1, 2 * Math.min(own, area));
  }
  const q = new Float64Array(benjaminiHochberg(p) as number[]);
  const hot = new Uint8Array(cells);
  const by = new Array<HotBy | null>(cells).fill(null);
  for (let cell = 0; cell < cells; cell += 1) {
    if ((q[cell] as number) > hotLevel || (near[cell] as number) < fewestHot) continue;
    hot[cell] = 1;
    by[cell] = (ownP[cell] as number) <= (areaP[cell] as number) ? "own" : "area";
  }
  return { ownP, areaP, p, q, hot, by };
}

function withNeighbours(values: ArrayLike<number>, neighbours: Neighbours): Float64Array {
  const sums = neighbourSums(values, neighbours);
  for (let cell = 0; cell < sums.length; cell += 1) {
    sums[cell] = (sums[cell] as number) + (values[cell] as number);
  }
  return sums;
}

interface Tails {
  readonly ownTail: (cell: number, count: number) => number;
  readonly areaTail: (cell: number, count: number) => number;
}

/** Every share is a number of cells, and cells have few distinct counts: each tail is worked out once. */
function evenTails(events: number, neighbours: Neighbours): Tails {
  const cells = neighbours.offsets.length - 1;
  const known: Map<number, number>[] = [];
  const tailOf = (size: number, count: number): number => {
    known[size] ??= new Map();
    const ofSize = known[size];
    let tail = ofSize.get(count);
    if (tail === undefined) {
      tail = binomialTail(events, size / cells, count);
      ofSize.set(count, tail);
    }
    return tail;
  };
  return {
    ownTail: (_, count) => tailOf(1, count),
    areaTail: (cell, count) => tailOf(degreeOf(neighbours, cell) + 1, count),
  };
}

function givenTails(events: number, shares: ArrayLike<number>, neighbours: Neighbours): Tails {
  const nearShares = withNeighbours(shares, neighbours);
  return {
    ownTail: (cell, count) => binomialTail(events, shares[cell] as number, count),
    areaTail: (cell, count) => binomialTail(events, nearShares[cell] as number, count),
  };
}

/**
 * P(X >= k) for X ~ Binomial(trials, share), to about 1e-13 of itself however small. The chance of one
 * value is that of Loader 2000, "Fast and accurate computation of binomial probabilities", in which no
 * large numbers are subtracted; from there the terms of the shorter side are added, each from the last.
 */
export function binomialTail(trials: number, share: number, atLeast: number): number {
  if (atLeast <= 0) return 1;
  if (atLeast > trials || share <= 0) return 0;
  if (share >= 1) return 1;
  const odds = share / (1 - share);
  if (atLeast > trials * share) return upwards(trials, odds, atLeast) * at(trials, share, atLeast);
  const below = atLeast - 1;
  return 1 - downwards(trials, odds, below) * at(trials, share, below);
}

/** The sum from `k` up over the chance of `k`: its terms fall from the first one on. */
function upwards(trials: number, odds: number, k: number): number {
  let [sum, term] = [1, 1];
  for (let value = k; value < trials && term > sum * negligible; value += 1) {
    term *= ((trials - value) * odds) / (value + 1);
    sum += term;
  }
  return sum;
}

/** The sum from `k` down over the chance of `k`. */
function downwards(trials: number, odds: number, k: number): number {
  let [sum, term] = [1, 1];
  for (let value = k; value > 0 && term > sum * negligible; value -= 1) {
    term *= value / ((trials - value + 1) * odds);
    sum += term;
  }
  return sum;
}

const negligible = 1e-18;

/** The chance of exactly `k`. */
function at(trials: number, share: number, k: number): number {
  if (k === 0) return Math.exp(trials * Math.log1p(-share));
  if (k === trials) return Math.exp(trials * Math.log(share));
  const rest = trials - k;
  const over = k - trials * share;
  const exponent =
    stirlingError(trials) -
    stirlingError(k) -
    stirlingError(rest) -
    deviance(k, trials * share, over) -
    deviance(rest, trials * (1 - share), -over);
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * k * rest));
}

/** x log(x / mean) + mean - x, with x - mean given; by its series where the two are close. */
function deviance(x: number, mean: number, over: number): number {
  if (Math.abs(over) >= 0.1 * (x + mean)) return x * Math.log(x / mean) - over;
  const ratio = over / (x + mean);
  let sum = over * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= ratio * ratio;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}

/** log(n!) less Stirling's log(sqrt(2 pi n) (n / e)^n). */
function stirlingError(n: number): number {
  return n < stirlingErrors.length ? (stirlingErrors[n] as number) : stirlingSeries(n);
}

/** DLMF 5.11.1. */
function stirlingSeries(n: number): number {
  const square = n * n;
  return (
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) /
    n
  );
}

/** For small n, downwards from where the series is exact. */
const stirlingErrors = (() => {
  const errors = new Float64Array(32);
  errors[31] = stirlingSeries(31);
  for (let n = 30; n > 0; n -= 1) {
    errors[n] = (errors[n + 1] as number) + (n + 0.5) * Math.log1p(1 / n) - 1;
  }
  return errors;
})();
