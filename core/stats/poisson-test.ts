import { logGamma } from "#core/stats/gamma.ts";

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
