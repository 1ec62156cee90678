import { binomialChance, binomialTail } from "#core/stats/binomial.ts";
import { poissonChances } from "#core/stats/poisson-chances.ts";

/**
 * E-test for two Poisson counts over periods of any length (Krishnamoorthy & Thomson 2004, Journal
 * of Statistical Planning and Inference 119): the chance, under one common rate, of a standardised
 * difference at least as large as the one seen. Two-sided; null when both counts are 0. Lengths at most 1e50 apart.
 */
export function eTest(
  first: number,
  second: number,
  lengths: readonly [first: number, second: number] = [1, 1],
): number | null {
  if (first + second === 0) return null;
  const [n1, n2] = relative(lengths);
  const rate = (first + second) / (n1 + n2);
  const isExtreme = extremeThan(first, second, n1, n2);
  const one = poissonChances(n1 * rate);
  const two = poissonChances(n2 * rate);
  const end = two.least + two.chances.length;
  const atMost = runningSums(two.chances);
  const atLeast = runningSums(two.chances.toReversed()).reverse();
  let p = 0;
  // As `a` grows both bounds of the extreme region move up, so each is scanned once.
  let low = two.least - 1;
  let high = two.least;
  one.chances.forEach((chance, at) => {
    const a = one.least + at;
    while (low + 1 < end && n1 * (low + 1) < n2 * a && isExtreme(a, low + 1)) low += 1;
    while (high < end && !(n1 * high >= n2 * a && isExtreme(a, high))) high += 1;
    p += chance * ((atMost[low - two.least] ?? 0) + (atLeast[high - two.least] ?? 0));
  });
  return Math.min(1, p);
}

/** Scales both lengths by an exact power of two, so that no square overflows or underflows. */
function relative([n1, n2]: readonly [number, number]): [n1: number, n2: number] {
  const unit = 2 ** Math.floor(Math.log2(Math.max(n1, n2)));
  return [n1 / unit, n2 / unit];
}

/**
 * Whether a pair differs at least as much as the observed one. Squared and cross-multiplied, so
 * that whole lengths compare as integers; the tolerance keeps rounding from deciding a tie.
 */
function extremeThan(first: number, second: number, n1: number, n2: number) {
  const difference = (n2 * first - n1 * second) ** 2;
  const variance = n2 ** 2 * first + n1 ** 2 * second;
  return (a: number, b: number): boolean => {
    if (a + b === 0) return difference === 0;
    const left = (n2 * a - n1 * b) ** 2 * variance;
    return left >= difference * (n2 ** 2 * a + n1 ** 2 * b) * (1 - 1e-12);
  };
}

function runningSums(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}

/** Chances that differ by rounding alone are ties, as in R's `binom.test`. */
const tied = 1 + 1e-7;

/**
 * Exact conditional test that two Poisson counts over periods of any length have one rate (Przyborowski &
 * Wilenski 1940, Biometrika 31): given their sum n the second is binomial with the share of its length.
 * Two-sided, the chance of all splits no likelier than the one seen, as R's `poisson.test` for two counts.
 * Null when both counts are 0.
 */
export function poissonTest(
  first: number,
  second: number,
  [firstLength, secondLength]: readonly [first: number, second: number],
): number | null {
  const n = first + second;
  if (n === 0) return null;
  const share = 1 / (1 + firstLength / secondLength);
  const seen = binomialChance(n, share, second) * tied;
  const likeliest = Math.min(n, Math.floor((n + 1) * share));
  const isLikelier = (k: number) => binomialChance(n, share, k) > seen;
  if (!isLikelier(likeliest)) return 1;
  // Probabilities fall on either side of the mode, so splits no likelier than `seen` form two
  // tails.
  const above = firstWhere(likeliest, n + 1, (k) => !isLikelier(k));
  const below = firstWhere(0, likeliest, isLikelier);
  return Math.min(1, binomialTail(n, share, above) + binomialTail(n, 1 - share, n - below + 1));
}

/** First integer of [low, high) from which it holds; `high` for none. */
function firstWhere(low: number, high: number, holds: (value: number) => boolean): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}
