import { normalQuantile } from "#core/stats/normal.ts";

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
  const z = normalQuantile(1 - alpha / 2);
  const share = count / base;
  const scale = 1 + z ** 2 / base;
  const centre = (share + z ** 2 / (2 * base)) / scale;
  const reach = (z / scale) * Math.sqrt((share * (1 - share)) / base + z ** 2 / (4 * base ** 2));
  return {
    low: count === 0 ? 0 : Math.max(0, centre - reach),
    high: count === base ? 1 : Math.min(1, centre + reach),
  };
}
