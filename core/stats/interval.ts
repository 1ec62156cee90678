import { gammaLower, gammaUpper } from "#core/stats/gamma.ts";
import { normalQuantile } from "#core/stats/normal.ts";

/** Two-sided normal interval; z is null without spread. */
export interface Interval {
  readonly estimate: number;
  readonly se: number;
  readonly z: number | null;
  readonly low: number;
  readonly high: number;
}

export function intervalAround(estimate: number, se: number, alpha: number): Interval {
  const reach = twoSidedQuantile(alpha) * se;
  return {
    estimate,
    se,
    z: se > 0 ? estimate / se : null,
    low: estimate - reach,
    high: estimate + reach,
  };
}

/** By the lower tail: 1 - alpha/2 is 1 for a small alpha. */
function twoSidedQuantile(alpha: number): number {
  return -normalQuantile(alpha / 2);
}

/**
 * Score interval of a share (Wilson 1927, Journal of the American Statistical Association 22), without a
 * correction: inside 0 to 1 and near its level also for small bases (Brown, Cai & DasGupta 2001). Null
 * without a base.
 */
export function wilsonInterval(
  count: number,
  base: number,
  alpha: number,
): { readonly low: number; readonly high: number } | null {
  if (!(count >= 0 && count <= base)) throw new RangeError(`No share: ${count} of ${base}`);
  if (base === 0) return null;
  const z = twoSidedQuantile(alpha);
  const share = count / base;
  const scale = 1 + z ** 2 / base;
  const centre = (share + z ** 2 / (2 * base)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / base + z ** 2 / (4 * base ** 2));
  return {
    low: count === 0 ? 0 : Math.max(0, centre - reach),
    high: count === base ? 1 : Math.min(1, centre + reach),
  };
}

/**
 * Exact two-sided interval of the mean of a Poisson count (Garwood 1936, Biometrika 28): each limit
 * has a tail probability of alpha/2. Coverage is at least 1 - alpha.
 */
export function poissonInterval(
  count: number,
  alpha: number,
): { readonly low: number; readonly high: number } {
  const half = alpha / 2;
  return {
    // P(X >= count) = P(Gamma(count) <= mean), rising with the mean.
    low: count === 0 ? 0 : meanWhere((mean) => gammaLower(count, mean) >= half, count),
    // P(X <= count) = P(Gamma(count + 1) > mean), falling with it.
    high: meanWhere((mean) => gammaUpper(count + 1, mean) <= half, count),
  };
}

/** Bisects for the mean from which it holds: 60 steps reach the last bit of a double. */
function meanWhere(holds: (mean: number) => boolean, count: number): number {
  let low = 0;
  let high = count + 10 * Math.sqrt(count + 1) + 20;
  while (!holds(high)) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
