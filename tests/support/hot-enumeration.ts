/**
 * The tail of the binomial as whole numbers: P(X >= atLeast) for X ~ Binomial(trials, part / whole), every term
 * added by itself. Slow, and right to fifteen places however small it is; shares no code with the product.
 */
export function exactTail(
  trials: number,
  [part, whole]: readonly [part: number, whole: number],
  atLeast: number,
): number {
  const [success, all] = [BigInt(part), BigInt(whole)];
  const failure = all - success;
  let term = failure ** BigInt(trials);
  let sum = 0n;
  for (let value = 0; value <= trials; value += 1) {
    if (value >= atLeast) sum += term;
    // C(n, k+1) a^(k+1) b^(n-k-1) from the one before it: whole at every step.
    term = (term * BigInt(trials - value) * success) / (BigInt(value + 1) * failure);
  }
  return ratio(sum, all ** BigInt(trials));
}

/** The quotient of two whole numbers, also where neither is one that a computer number can hold. */
function ratio(above: bigint, below: bigint): number {
  if (above === 0n) return 0;
  const shift = below.toString(2).length - above.toString(2).length + 80;
  return Number((above << BigInt(shift)) / below) / 2 ** shift;
}

/** Benjamini & Hochberg 1995 as it is written: the least p n / j over every test at least as large. */
export function slowBenjaminiHochberg(p: readonly number[]): number[] {
  return p.map((own) =>
    Math.min(
      1,
      ...p.filter((other) => other >= own).map((other) => (other * p.length) / rankOf(p, other)),
    ),
  );
}

function rankOf(p: readonly number[], value: number): number {
  return p.filter((other) => other <= value).length;
}
