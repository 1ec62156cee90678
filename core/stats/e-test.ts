/**
 * E-test for two Poisson counts over periods of unequal length (Krishnamoorthy & Thomson 2004):
 * the chance, under one common rate, of a standardised difference at least as large as the one seen.
 * Two-sided; null when both counts are 0.
 */
export function eTest(
  first: number,
  second: number,
  lengths: readonly [first: number, second: number] = [1, 1],
): number | null {
  const total = first + second;
  if (total === 0) return null;
  const [n1, n2] = lengths;
  const rate = total / (n1 + n2);
  const score = (a: number, b: number) => {
    const variance = a / n1 ** 2 + b / n2 ** 2;
    return variance > 0 ? Math.abs(a / n1 - b / n2) / Math.sqrt(variance) : 0;
  };
  const observed = score(first, second);
  const one = poissonAround(n1 * rate);
  const two = poissonAround(n2 * rate);
  let p = 0;
  for (let a = 0; a < one.length; a += 1) {
    const chance = one[a] as number;
    if (chance === 0) continue;
    for (let b = 0; b < two.length; b += 1) {
      // A rounding error must not decide a tie.
      if (score(a, b) >= observed * (1 - 1e-12)) p += chance * (two[b] as number);
    }
  }
  return Math.min(1, p);
}

/** Poisson chances of 0, 1, ... far enough that the rest is below 1e-15. */
function poissonAround(mean: number): Float64Array {
  const last = Math.ceil(mean + 10 * Math.sqrt(mean) + 30);
  const chances = new Float64Array(last + 1);
  let log = -mean;
  for (let count = 0; count <= last; count += 1) {
    if (count > 0) log += Math.log(mean / count);
    chances[count] = Math.exp(log);
  }
  return chances;
}
