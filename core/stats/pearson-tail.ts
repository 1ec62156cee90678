import { gammaLower, gammaUpper } from "#core/stats/gamma.ts";
import { normalCdf } from "#core/stats/normal.ts";

/** What a screen or an export calls the tail below. */
export const pearsonTailName = "Pearson type III (three-moment) approximation";

/**
 * Approximate P(sum of `draws` cells drawn without replacement >= observed): a shifted gamma with
 * the mean, variance and skewness of the sum (Cochran 1977, section 2.15, for the moments),
 * half a count of continuity. For more events than the exact tail is meant for.
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
  // A gamma of this shape is normal to all digits that the approximation has.
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
