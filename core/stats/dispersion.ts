/** Months on either side of the one in the middle: seven in all. */
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

/** The same of several series together: steadier, where each has few months. */
export function pooledDispersion(series: readonly (readonly number[])[]): number | null {
  let squares = 0;
  let freedom = 0;
  for (const counts of series) {
    if (counts.length < fewestForDispersion) continue;
    counts.forEach((count, at) => {
      const half = Math.min(reach, at, counts.length - 1 - at);
      const width = 2 * half + 1;
      const mean = sum(counts.slice(at - half, at + half + 1)) / width;
      if (half === 0 || mean === 0) return;
      squares += (count - mean) ** 2 / mean;
      freedom += 1 - 1 / width;
    });
  }
  return freedom === 0 ? null : Math.max(1, squares / freedom);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
