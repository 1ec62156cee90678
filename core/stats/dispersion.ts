import { sumOf } from "#core/stats/sum-of.ts";

/** Months on either side of the centre: a window of seven. */
const reach = 3;
/** Fewer periods hold no whole mean of seven. */
export const fewestForDispersion = 2 * reach + 1;

/**
 * Pearson dispersion of a series of counts about its centred mean of seven periods, at least 1: how much
 * more the counts scatter than Poisson counts would (standard errors grow by its root). Towards both
 * ends the mean runs over as many periods as there are on either side. Each mean of w periods holds the
 * count itself, so its square is worth 1 - 1/w degrees of freedom. Null for fewer than seven periods or
 * where nothing was counted.
 */
export function dispersion(counts: readonly number[]): number | null {
  return pooledDispersion([counts]);
}

/** Over several series: steadier where each has few months. */
export function pooledDispersion(series: readonly (readonly number[])[]): number | null {
  let squares = 0;
  let freedom = 0;
  for (const counts of series) {
    if (counts.length < fewestForDispersion) continue;
    counts.forEach((count, at) => {
      const half = Math.min(reach, at, counts.length - 1 - at);
      const width = 2 * half + 1;
      const mean = sumOf(counts.slice(at - half, at + half + 1)) / width;
      if (half === 0 || mean === 0) return;
      squares += (count - mean) ** 2 / mean;
      freedom += 1 - 1 / width;
    });
  }
  return freedom === 0 ? null : Math.max(1, squares / freedom);
}

/**
 * Pearson dispersion of series over the same periods about the expectation from row and column
 * sums, at least 1: X^2 over (K - 1)(M - 1) for K series and M periods. For too few periods for a
 * mean of seven; variation common to all series, such as a season, does not count. Null under two
 * periods or two series with counts.
 */
export function crossedDispersion(series: readonly (readonly number[])[]): number | null {
  const counted = series.filter((counts) => sumOf(counts) > 0);
  const periods = (counted[0] ?? []).map((_, at) =>
    sumOf(counted.map((counts) => counts[at] ?? 0)),
  );
  const total = sumOf(periods);
  const met = periods.filter((count) => count > 0).length;
  if (counted.length < 2 || met < 2) return null;
  let squares = 0;
  for (const counts of counted) {
    const share = sumOf(counts) / total;
    counts.forEach((count, at) => {
      const expected = share * (periods[at] as number);
      if (expected > 0) squares += (count - expected) ** 2 / expected;
    });
  }
  return Math.max(1, squares / ((counted.length - 1) * (met - 1)));
}
