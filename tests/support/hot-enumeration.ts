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

export interface SlowMarks {
  readonly hot: readonly boolean[];
  readonly beside: readonly boolean[];
  readonly by: readonly ("own" | "area" | null)[];
}

type Lists = readonly (readonly number[])[];
type Tails = Readonly<Record<"ownP" | "areaP" | "q", readonly number[]>>;

/**
 * DEFINITIONS, Hot, as it is written: of all that pass the most significant is marked (of as significant ones that with
 * most), every other is tested again with what is expected in place of the marked one's count, and so on.
 */
export function slowMarks(counts: readonly number[], lists: Lists, tails: Tails): SlowMarks {
  const told = counts.map((): "own" | "area" | "beside" | null => null);
  const replaced = [...counts];
  const mean = sumOf(counts) / counts.length;
  const { passing, level, pOf } = firstPass(counts, lists, tails);
  for (let waiting = passing; waiting.length > 0; ) {
    const least = Math.min(...waiting.map((cell) => pOf(cell)));
    const rarest = waiting.filter((cell) => pOf(cell) === least);
    const most = Math.max(...rarest.map((cell) => counts[cell] as number));
    const next = rarest.filter((cell) => counts[cell] === most);
    for (const cell of next) {
      const given = around(replaced, lists, cell);
      const area = tailAround(counts, lists, cell, given);
      const word = (tails.ownP[cell] as number) <= area ? "own" : "area";
      told[cell] = given >= 3 && pOf(cell, area) <= level ? word : "beside";
    }
    for (const cell of next) {
      if (told[cell] !== "beside") replaced[cell] = Math.min(counts[cell] as number, mean);
    }
    waiting = waiting.filter((cell) => !next.includes(cell));
  }
  return {
    hot: told.map((word) => word === "own" || word === "area"),
    beside: told.map((word) => word === "beside"),
    by: told.map((word) => (word === "beside" ? null : word)),
  };
}

function firstPass(counts: readonly number[], lists: Lists, { ownP, areaP, q }: Tails) {
  const pOf = (cell: number, area = areaP[cell] as number) =>
    2 * Math.min(ownP[cell] as number, area);
  const small = counts.map((_, cell) => cell).filter((cell) => (q[cell] as number) <= 0.05);
  const level = Math.max(0, ...small.map((cell) => pOf(cell)));
  const passing = small.filter((cell) => around(counts, lists, cell) >= 3);
  return { passing, level, pOf };
}

/** Summed in parts of an event, one for each cell, so that nothing is rounded before it is meant to be. */
function around(values: readonly number[], lists: Lists, cell: number): number {
  const parts = [cell, ...(lists[cell] ?? [])].map((each) =>
    Math.round((values[each] as number) * values.length),
  );
  return Math.floor(sumOf(parts) / values.length);
}

function tailAround(counts: readonly number[], lists: Lists, cell: number, given: number): number {
  const size = (lists[cell]?.length ?? 0) + 1;
  return exactTail(sumOf(counts), [size, counts.length], given);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
