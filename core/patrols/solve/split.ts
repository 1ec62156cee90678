import { groupBy } from "#core/group-by.ts";
import { mostOf, type Packing, type Row } from "#core/patrols/solve/packing.ts";

export interface Part {
  /** Options of the whole, ascending: option `i` of the part is `options[i]` of the whole. */
  readonly options: readonly number[];
  readonly packing: Packing;
}

export interface SplitPacking {
  readonly parts: readonly Part[];
  /** Indices of rows across parts, which are in none. */
  readonly joint: readonly number[];
}

/**
 * Splits a packing by group, such as one night's duty. Rows that span groups (weekly caps, caps of
 * a date that two nights share) are in no part: prices replace them.
 */
export function splitPacking(packing: Packing, groupOf: (option: number) => unknown): SplitPacking {
  const groups = groupBy(packing.values.keys(), groupOf);
  const place = new Map<number, number>();
  for (const options of groups.values()) {
    for (const [at, option] of options.entries()) place.set(option, at);
  }
  const rowsOf = new Map<unknown, Row[]>([...groups.keys()].map((group) => [group, []]));
  const joint: number[] = [];
  for (const [index, row] of packing.rows.entries()) {
    const group = groupOf(row.members[0] ?? -1);
    if (!row.members.every((member) => groupOf(member) === group)) joint.push(index);
    else {
      const members = row.members.map((member) => place.get(member) ?? 0);
      rowsOf.get(group)?.push({ ...row, members });
    }
  }
  const parts = [...groups].map(([group, options]) => ({
    options,
    packing: {
      values: Float64Array.from(options, (option) => packing.values[option] ?? 0),
      rows: rowsOf.get(group) ?? [],
    },
  }));
  return { parts, joint };
}

/** Adds each further row to the part that holds it whole. */
export function withRows({ parts }: SplitPacking, rows: readonly Row[]): Part[] {
  return parts.map((part) => {
    const place = new Map(part.options.map((option, at) => [option, at] as const));
    const own = rows.flatMap((row) => {
      const members = row.members.flatMap((option) => place.get(option) ?? []);
      return members.length === row.members.length ? [{ ...row, members }] : [];
    });
    return { ...part, packing: { ...part.packing, rows: [...part.packing.rows, ...own] } };
  });
}

/** Values less the prices of the options' joint rows; at least 0. */
export function pricedValues(
  packing: Packing,
  joint: readonly number[],
  prices: ArrayLike<number>,
): Float64Array {
  const values = Float64Array.from(packing.values);
  for (const row of joint) {
    const price = Math.max(0, prices[row] ?? 0);
    for (const member of packing.rows[row]?.members ?? []) {
      values[member] = (values[member] ?? 0) - price;
    }
  }
  return values.map((value) => Math.max(0, value));
}

/**
 * Upper bound on any plan's value, from the parts' bounds at these prices plus the price of the
 * joint rows' limits and their paid excess (weak duality).
 */
export function jointBound(
  { rows }: Packing,
  joint: readonly number[],
  prices: ArrayLike<number>,
  bounds: readonly number[],
): number {
  let bound = bounds.reduce((all, one) => all + one, 0);
  for (const index of joint) {
    const price = Math.max(0, prices[index] ?? 0);
    const { limit = 0, steps = [] } = rows[index] ?? {};
    bound += price * limit;
    for (const step of steps) bound += Math.max(0, price - step);
  }
  return bound;
}

export function repaired(packing: Packing, chosen: readonly number[]): number[] {
  const kept = new Set(chosen);
  for (const row of packing.rows) {
    const inRow = row.members.filter((member) => kept.has(member));
    inRow.sort((a, b) => (packing.values[b] ?? 0) - (packing.values[a] ?? 0) || a - b);
    for (const option of inRow.slice(mostOf(row))) kept.delete(option);
  }
  return [...kept].sort((a, b) => a - b);
}

/** How far the proven bound lies above the objective, as a share of the objective; 1 where that is 0. */
export function gapOf(objective: number, bound: number): number {
  if (bound <= objective) return 0;
  return objective > 0 ? (bound - objective) / objective : 1;
}
