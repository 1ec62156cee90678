/** `values` times the columns at `columns` are `limit` at most; all are whole numbers. */
export interface WholeRow {
  readonly columns: readonly number[];
  readonly values: readonly number[];
  readonly limit: number;
}

export interface HalfCutsGiven {
  readonly rows: readonly WholeRow[];
  /** What each column is in the relaxation, 0 to 1. */
  readonly shares: ArrayLike<number>;
  readonly most: number;
}

const whole = 1e-6;
/** A sum of rows that is farther from tight than this cuts too little off. */
const mostSlack = 0.9;
const leastViolation = 0.02;

interface Summed {
  /** Columns chosen in part that it holds an odd number of times. */
  readonly odd: Int32Array;
  readonly isOdd: boolean;
  readonly slack: number;
  /** Indices of the rows in it. */
  readonly of: readonly number[];
}

/**
 * Rows that every whole choice keeps and this one in part does not: a sum of rows, halved and rounded down
 * (zero-half cuts, Caprara and Fischetti 1996). Sums that suit are found by elimination modulo 2, the columns
 * nearest to a half first, always with the tightest row (Koster, Zymolka and Kutschka 2009).
 */
export function halfCuts({ rows, shares, most }: HalfCutsGiven): WholeRow[] {
  const share = (column: number) => shares[column] ?? 0;
  const away = (column: number) => Math.min(share(column), 1 - share(column));
  const inPart = [...new Set(rows.flatMap(({ columns }) => columns))]
    .filter((column) => away(column) > whole)
    .sort((a, b) => away(b) - away(a) || a - b);
  const placeOf = new Map(inPart.map((column, place) => [column, place] as const));
  const distance = inPart.map(away);
  const words = (inPart.length + 31) >> 5;
  const found: { readonly sum: Summed; readonly short: number }[] = [];
  const consider = (sum: Summed) => {
    if (!sum.isOdd) return;
    let short = sum.slack;
    for (let word = 0; word < words; word += 1) {
      for (let bits = sum.odd[word] ?? 0; bits !== 0; bits &= bits - 1) {
        short += distance[word * 32 + 31 - Math.clz32(bits & -bits)] ?? 0;
        if (short >= mostSlack) return;
      }
    }
    found.push({ sum, short });
  };
  const single = (row: WholeRow, index: number): Summed => {
    const odd = new Int32Array(words);
    let { limit: slack, limit } = row;
    row.columns.forEach((column, at) => {
      const value = row.values[at] ?? 0;
      slack -= value * share(column);
      if (share(column) >= 1 - whole) limit -= value;
      const place = placeOf.get(column);
      if (place !== undefined && (value & 1) !== 0) flip(odd, place);
    });
    return { odd, isOdd: (limit & 1) !== 0, slack: Math.max(0, slack), of: [index] };
  };
  const singles = rows.map(single);
  const slackAt = (index: number) => singles[index]?.slack ?? 0;
  let left = singles.filter(({ slack }) => slack < mostSlack);
  left.forEach(consider);
  for (let place = 0; place < inPart.length && left.length > 1; place += 1) {
    const holding = left.filter((sum) => has(sum.odd, place));
    const pivot = tightest(holding);
    if (!pivot) continue;
    left = left.flatMap((sum) => {
      if (sum === pivot) return [];
      if (!has(sum.odd, place)) return [sum];
      const both = together(sum, pivot, slackAt);
      if (both.slack >= mostSlack) return [];
      consider(both);
      return [both];
    });
  }
  found.sort((a, b) => a.short - b.short || a.sum.of.length - b.sum.of.length);
  return distinct(
    found.slice(0, 3 * most).flatMap(({ sum }) => halved(sum, rows, share) ?? []),
  ).slice(0, most);
}

function tightest(sums: readonly Summed[]): Summed | null {
  let best: Summed | null = null;
  for (const sum of sums) if (!best || sum.slack < best.slack) best = sum;
  return best;
}

/** A row that is in both falls out: twice a row is even. */
function together(a: Summed, b: Summed, slackAt: (index: number) => number): Summed {
  const of = new Set(a.of);
  for (const index of b.of) if (!of.delete(index)) of.add(index);
  let slack = 0;
  for (const index of of) slack += slackAt(index);
  const odd = a.odd.map((bits, word) => bits ^ (b.odd[word] ?? 0));
  return { odd, isOdd: a.isOdd !== b.isOdd, slack, of: [...of] };
}

/** Half of the sum; what is odd is rounded by the column's own bounds, 0 or 1, whichever is nearer. */
function halved(
  { of }: Summed,
  rows: readonly WholeRow[],
  share: (column: number) => number,
): WholeRow | null {
  const sums = new Map<number, number>();
  let limit = 0;
  for (const index of of) {
    const row = rows[index];
    if (!row) continue;
    limit += row.limit;
    row.columns.forEach((column, at) => {
      sums.set(column, (sums.get(column) ?? 0) + (row.values[at] ?? 0));
    });
  }
  const columns: number[] = [];
  const values: number[] = [];
  let used = 0;
  for (const [column, sum] of [...sums].sort(([a], [b]) => a - b)) {
    const isUp = (sum & 1) !== 0 && share(column) > 0.5;
    if (isUp) limit += 1;
    const value = (sum + (isUp ? 1 : -(sum & 1))) / 2;
    if (value === 0) continue;
    columns.push(column);
    values.push(value);
    used += value * share(column);
  }
  const rounded = Math.floor(limit / 2);
  return used > rounded + leastViolation ? { columns, values, limit: rounded } : null;
}

function distinct(cuts: readonly WholeRow[]): WholeRow[] {
  const known = new Map(cuts.map((cut) => [`${cut.columns.join()} ${cut.values.join()}`, cut]));
  return [...known.values()];
}

function has(bits: Int32Array, place: number): boolean {
  return (((bits[place >> 5] ?? 0) >>> (place & 31)) & 1) === 1;
}

function flip(bits: Int32Array, place: number): void {
  bits[place >> 5] = (bits[place >> 5] ?? 0) ^ (1 << (place & 31));
}
