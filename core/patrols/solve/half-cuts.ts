import type { Packing, Row } from "#core/patrols/solve/packing.ts";

/** The sum of `values` times `columns` is at most `limit`; all integers. */
export interface WholeRow {
  readonly columns: readonly number[];
  readonly values: readonly number[];
  readonly limit: number;
}

/** Rows with their steps as columns: integral in some optimum, as prices ascend. */
export function wholeRows({ values, rows }: Packing): WholeRow[] {
  let step = values.length;
  return rows.map((row) => {
    const { columns, values: ones, limit } = wholeRow(row);
    const bought = (row.steps ?? []).map((_, at) => step + at);
    step += bought.length;
    return { columns: [...columns, ...bought], values: [...ones, ...bought.map(() => -1)], limit };
  });
}

export function wholeRow({ limit, members }: Pick<Row, "limit" | "members">): WholeRow {
  return { columns: members, values: members.map(() => 1), limit };
}

export interface HalfCutsGiven {
  readonly rows: readonly WholeRow[];
  /** Each column's value in the relaxation, 0 to 1. */
  readonly shares: ArrayLike<number>;
  readonly most: number;
}

const whole = 1e-6;
/** A sum of rows with more slack than this cuts off too little. */
const mostSlack = 0.9;
const leastViolation = 0.02;

/** 32 bits to a number. Lists: thousands of small off-heap buffers are freed too late. */
type Bits = number[];

interface Summed {
  /** Fractional columns with odd coefficients. */
  readonly odd: Bits;
  readonly isOdd: boolean;
  readonly slack: number;
  /** The rows in it, a bit for each. */
  readonly of: Bits;
  readonly count: number;
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
    const odd = none(words);
    let { limit: slack, limit } = row;
    row.columns.forEach((column, at) => {
      const value = row.values[at] ?? 0;
      slack -= value * share(column);
      if (share(column) >= 1 - whole) limit -= value;
      const place = placeOf.get(column);
      if (place !== undefined && (value & 1) !== 0) flip(odd, place);
    });
    const of = none((rows.length + 31) >> 5);
    flip(of, index);
    return { odd, isOdd: (limit & 1) !== 0, slack: Math.max(0, slack), of, count: 1 };
  };
  const singles = rows.map(single);
  const slacks = Float64Array.from(singles, ({ slack }) => slack);
  let left = singles.filter(({ slack }) => slack < mostSlack);
  left.forEach(consider);
  for (let place = 0; place < inPart.length && left.length > 1; place += 1) {
    const holding = left.filter((sum) => has(sum.odd, place));
    const pivot = tightest(holding);
    if (!pivot) continue;
    left = left.flatMap((sum) => {
      if (sum === pivot) return [];
      if (!has(sum.odd, place)) return [sum];
      const both = together(sum, pivot, slacks);
      if (both.slack >= mostSlack) return [];
      consider(both);
      return [both];
    });
  }
  const halve = createHalving(rows, shares);
  found.sort((a, b) => a.short - b.short || a.sum.count - b.sum.count);
  return distinct(found.slice(0, 3 * most).flatMap(({ sum }) => halve(sum) ?? [])).slice(0, most);
}

function tightest(sums: readonly Summed[]): Summed | null {
  let best: Summed | null = null;
  for (const sum of sums) if (!best || sum.slack < best.slack) best = sum;
  return best;
}

/** A row in both cancels out: twice a row is even. */
function together(a: Summed, b: Summed, slacks: Float64Array): Summed {
  const of = different(a.of, b.of);
  let slack = 0;
  let count = 0;
  for (const index of bitsOf(of)) {
    slack += slacks[index] ?? 0;
    count += 1;
  }
  return { odd: different(a.odd, b.odd), isOdd: a.isOdd !== b.isOdd, slack, of, count };
}

/**
 * Half of a sum; odd coefficients are rounded by the column's own bounds, 0 or 1, whichever is
 * nearer. Null where the fractional choice satisfies it.
 */
function createHalving(rows: readonly WholeRow[], shares: ArrayLike<number>) {
  const sums = new Int32Array(1 + Math.max(0, ...rows.map(({ columns }) => Math.max(...columns))));
  const isTouched = new Uint8Array(sums.length);
  const add = (row: WholeRow, touched: number[]) => {
    for (let at = 0; at < row.columns.length; at += 1) {
      const column = row.columns[at] as number;
      sums[column] = (sums[column] as number) + (row.values[at] as number);
      if (isTouched[column] === 0) {
        isTouched[column] = 1;
        touched.push(column);
      }
    }
  };
  /** Halves the sum; tells whether the fractional solution violates it. */
  const halve = (touched: readonly number[], total: number) => {
    let limit = total;
    let used = 0;
    for (const column of touched) {
      const sum = sums[column] as number;
      const share = shares[column] ?? 0;
      const odd = sum & 1;
      const up = odd !== 0 && share > 0.5 ? 1 : 0;
      limit += up;
      const value = (sum + (up === 1 ? 1 : -odd)) / 2;
      sums[column] = value;
      used += value * share;
    }
    const rounded = Math.floor(limit / 2);
    return used > rounded + leastViolation ? rounded : null;
  };
  return ({ of }: Summed): WholeRow | null => {
    const touched: number[] = [];
    let total = 0;
    for (const index of bitsOf(of)) {
      const row = rows[index] as WholeRow;
      total += row.limit;
      add(row, touched);
    }
    const limit = halve(touched, total);
    const columns =
      limit === null ? [] : touched.filter((column) => sums[column] !== 0).sort((a, b) => a - b);
    const values = columns.map((column) => sums[column] as number);
    for (const column of touched) {
      sums[column] = 0;
      isTouched[column] = 0;
    }
    return limit === null ? null : { columns, values, limit };
  };
}

function distinct(cuts: readonly WholeRow[]): WholeRow[] {
  const known = new Map(cuts.map((cut) => [`${cut.columns.join()} ${cut.values.join()}`, cut]));
  return [...known.values()];
}

function different(a: Bits, b: Bits): Bits {
  const result = none(a.length);
  for (let word = 0; word < a.length; word += 1) {
    result[word] = (a[word] as number) ^ (b[word] as number);
  }
  return result;
}

/** Ascending. */
function bitsOf(bits: Bits): number[] {
  const found: number[] = [];
  for (let word = 0; word < bits.length; word += 1) {
    for (let rest = bits[word] as number; rest !== 0; rest &= rest - 1) {
      found.push(word * 32 + 31 - Math.clz32(rest & -rest));
    }
  }
  return found;
}

function none(words: number): Bits {
  return new Array<number>(words).fill(0);
}

function has(bits: Bits, place: number): boolean {
  return (((bits[place >> 5] ?? 0) >>> (place & 31)) & 1) === 1;
}

function flip(bits: Bits, place: number): void {
  bits[place >> 5] = (bits[place >> 5] ?? 0) ^ (1 << (place & 31));
}
