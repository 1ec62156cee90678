import { gammaLower, gammaUpper } from "#core/stats/gamma.ts";

/**
 * Exact two-sided interval of the mean of a Poisson count (Garwood 1936, Biometrika 28): the means under
 * which as many, or as few, as seen have a chance of alpha/2. Right at least 1 - alpha of the time.
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

/** The mean from which on it holds, by halving: 60 times is the last bit of a double. */
function meanWhere(holds: (mean: number) => boolean, count: number): number {
  let low = 0;
  let high = count + 10 * Math.sqrt(count + 1) + 20;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
