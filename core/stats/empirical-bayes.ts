/**
 * Empirical Bayes rates (Marshall 1991, Applied Statistics 40, the global estimator; spdep `EBest`
 * with `family = "poisson"`): each rate shrinks towards the overall rate, the more the less
 * exposure it has, so that one find in one hour is not the borough's highest rate. m = sum y / sum
 * n; the spread between places A = sum n (r - m)^2 / sum n - m / mean n, 0 where that is negative;
 * m + (r - m) A / (A + m / n). Null where a place has no exposure, or none has.
 */
export function empiricalBayesRates(
  counts: ArrayLike<number>,
  exposure: ArrayLike<number>,
): (number | null)[] {
  let [events, total, places] = [0, 0, 0];
  for (let at = 0; at < counts.length; at += 1) {
    const own = exposure[at] as number;
    if (!(own > 0)) continue;
    events += counts[at] as number;
    total += own;
    places += 1;
  }
  const mean = events / total;
  let squares = 0;
  for (let at = 0; at < counts.length; at += 1) {
    const own = exposure[at] as number;
    if (own > 0) squares += own * ((counts[at] as number) / own - mean) ** 2;
  }
  const between = Math.max(0, squares / total - mean / (total / places));
  return Array.from(counts, (count, at) => {
    const own = exposure[at] as number;
    if (!(own > 0)) return null;
    const within = mean / own;
    return between === 0 ? mean : mean + ((count / own - mean) * between) / (between + within);
  });
}
