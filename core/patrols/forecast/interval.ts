import { adaptiveQuantile } from "#core/stats/adaptive-conformal.ts";
import { gammaLower } from "#core/stats/gamma.ts";
import { normalQuantile } from "#core/stats/normal.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of ten such figures eight lie inside. */
export const intervalLevel = 0.8;
const tail = (1 - intervalLevel) / 2;

/** What is known of an expected number: a gamma distribution of this mean and variance. */
export interface Doubted {
  readonly mean: number;
  readonly variance: number;
}

/** Where the expected number lies. */
export function expectedInterval({ mean, variance }: Doubted): Interval {
  if (mean <= 0) return { low: 0, high: 0 };
  if (variance <= 0) return { low: mean, high: mean };
  const shape = mean ** 2 / variance;
  const scale = mean / shape;
  return { low: scale * gammaQuantile(shape, tail), high: scale * gammaQuantile(shape, 1 - tail) };
}

/**
 * Prediction interval of a count: Poisson with an uncertain mean, hence negative binomial. Contains
 * at least the level, as counts are whole.
 */
export function countInterval({ mean, variance }: Doubted): Interval {
  if (mean <= 0) return { low: 0, high: 0 };
  const scatter = mean + Math.max(0, variance);
  // For large means the square root is nearly normal, and summing would underflow.
  if (mean > 300) {
    const z = normalQuantile(1 - tail);
    const half = (z * Math.sqrt(scatter)) / (2 * Math.sqrt(mean));
    const root = Math.sqrt(mean);
    return { low: Math.floor(Math.max(0, root - half) ** 2), high: Math.ceil((root + half) ** 2) };
  }
  return {
    low: countQuantile(mean, variance, tail),
    high: countQuantile(mean, variance, 1 - tail),
  };
}

/** What a period was expected to bring, and what came. */
export interface Told {
  readonly mean: number;
  readonly came: number;
}

/**
 * Relative variance of what is expected, by which the intervals of past periods (oldest first) would have held what came in 8 of 10;
 * null until enough of them are over.
 */
export function learntSpread(past: readonly Told[]): number | null {
  const needed = past.filter(({ mean }) => mean > 0).map(leastSpread);
  return adaptiveQuantile(Float64Array.from(needed), intervalLevel);
}

/** Prediction interval of a count by a learnt spread. */
export function learntInterval(mean: number, spread: number | null): Interval | null {
  return spread === null ? null : countInterval({ mean, variance: spread * mean ** 2 });
}

/** Beyond it, more doubt moves the interval to 0 and makes it no higher. */
const largestSpread = 2;

/** The least by which the interval holds what came. */
function leastSpread({ mean, came }: Told): number {
  const isHeld = (spread: number) => {
    const { low, high } = countInterval({ mean, variance: spread * mean ** 2 });
    return came >= low && came <= high;
  };
  if (isHeld(0)) return 0;
  let [short, enough] = [0, largestSpread];
  for (let step = 0; step < 24; step += 1) {
    const middle = (short + enough) / 2;
    if (isHeld(middle)) enough = middle;
    else short = middle;
  }
  return enough;
}

/** The least count that with its smaller ones holds a share of the probability. */
function countQuantile(mean: number, variance: number, share: number): number {
  // Beyond this shape it is indistinguishable from Poisson.
  const shape = Math.min(1e9, mean ** 2 / Math.max(variance, 1e-12));
  const ratio = mean / (shape + mean);
  let probability = Math.exp(-shape * Math.log1p(mean / shape));
  let below = probability;
  let count = 0;
  while (below < share && count < 5_000) {
    probability *= ((count + shape) / (count + 1)) * ratio;
    below += probability;
    count += 1;
  }
  return count;
}

/** Of a gamma distribution of scale 1, by halving the interval: 60 times is all that a double holds. */
function gammaQuantile(shape: number, share: number): number {
  let low = 0;
  let high = shape + 12 * Math.sqrt(shape) + 12;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (gammaLower(shape, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
