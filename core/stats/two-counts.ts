import { logGamma } from "#core/stats/gamma.ts";

/**
 * E-test for two Poisson counts over periods of any length (Krishnamoorthy & Thomson 2004, Journal
 * of Statistical Planning and Inference 119): the chance, under one common rate, of a standardised
 * difference at least as large as the one seen. Two-sided; null when both counts are 0.
 */
export function eTest(
  first: number,
  second: number,
  lengths: readonly [first: number, second: number] = [1, 1],
): number | null {
  if (first + second === 0) return null;
  const [n1, n2] = lengths;
  const rate = (first + second) / (n1 + n2);
  const isExtreme = extremeThan(first, second, n1, n2);
  const one = poissonChances(n1 * rate);
  const two = poissonChances(n2 * rate);
  const atMost = runningSums(two);
  const atLeast = runningSums(two.toReversed()).reverse();
  let p = 0;
  // For a larger `a` both borders of the extreme region move up, so each is followed just once.
  let low = -1;
  let high = 0;
  for (let a = 0; a < one.length; a += 1) {
    while (n1 * (low + 1) < n2 * a && isExtreme(a, low + 1)) low += 1;
    while (high < two.length && !(n1 * high >= n2 * a && isExtreme(a, high))) high += 1;
    const outside = (atMost[Math.min(low, two.length - 1)] ?? 0) + (atLeast[high] ?? 0);
    p += (one[a] as number) * outside;
  }
  return Math.min(1, p);
}

/**
 * Whether a pair differs at least as much as the observed one. Squared and multiplied out, so that
 * whole lengths compare as whole numbers; a last rounding error must not decide a tie.
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

/** Poisson chances of 0, 1, ... far enough that the rest is below 1e-20. */
function poissonChances(mean: number): Float64Array {
  const last = Math.ceil(mean + 10 * Math.sqrt(mean) + 30);
  const chances = new Float64Array(last + 1);
  let log = -mean;
  for (let count = 0; count <= last; count += 1) {
    if (count > 0) log += Math.log(mean / count);
    chances[count] = Math.exp(log);
  }
  return chances;
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
  const share = secondLength / (firstLength + secondLength);
  const whole = logGamma(n + 1);
  const chanceOf = (k: number) =>
    Math.exp(
      whole -
        logGamma(k + 1) -
        logGamma(n - k + 1) +
        k * Math.log(share) +
        (n - k) * Math.log1p(-share),
    );
  const seen = chanceOf(second) * tied;
  let p = 0;
  for (let k = 0; k <= n; k += 1) {
    const chance = chanceOf(k);
    if (chance <= seen) p += chance;
  }
  return Math.min(1, p);
}
