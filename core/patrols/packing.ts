/**
 * The planner's model in its plainest form: choose options to gain the most value so that of the members
 * of each row no more than its limit are chosen. Units, revisit gaps and caps are all such rows. A row may
 * let more in at a price: what the first beyond its limit costs, the second, and so on, ever more.
 */
export interface Packing {
  readonly values: Float64Array;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly limit: number;
  /** Indices of options, ascending. */
  readonly members: readonly number[];
  /** Ascending prices; the row holds `limit + steps.length` at most. None where it holds as it stands. */
  readonly steps?: readonly number[];
}

/** How many a row holds in all. */
export function mostOf({ limit, steps }: Row): number {
  return limit + (steps?.length ?? 0);
}

/** What it costs that so many of a row's members are chosen. */
export function priceOf({ limit, steps = [] }: Row, chosen: number): number {
  let price = 0;
  for (let beyond = 0; beyond < chosen - limit; beyond += 1) price += steps[beyond] ?? 0;
  return price;
}

/** What a choice is worth, in whole millionths, less what it costs beyond the limits. */
export function packingValue(packing: Packing, chosen: Iterable<number>): number {
  const kept = new Set(chosen);
  let millionths = 0;
  for (const option of kept) millionths += Math.round((packing.values[option] ?? 0) * 1e6);
  for (const row of packing.rows) {
    if (!row.steps) continue;
    const count = row.members.reduce((all, member) => all + (kept.has(member) ? 1 : 0), 0);
    millionths -= Math.round(priceOf(row, count) * 1e6);
  }
  return millionths / 1e6;
}

/** Rows that say nothing beyond another row of the list are dropped: all their members lie in one as strict. */
export function withoutImplied(rows: readonly Row[]): Row[] {
  const kept: { row: Row; set: ReadonlySet<number> }[] = [];
  for (const row of [...rows].sort((a, b) => b.members.length - a.members.length)) {
    const implied = kept.some(
      ({ row: wider, set }) =>
        wider.limit <= row.limit && row.members.every((member) => set.has(member)),
    );
    if (!implied) kept.push({ row, set: new Set(row.members) });
  }
  return kept.map(({ row }) => row);
}

const knownRows = new WeakMap<Packing, number[][]>();

/** Which rows each option belongs to. */
export function rowsByOption(packing: Packing): number[][] {
  const known = knownRows.get(packing);
  if (known) return known;
  const found: number[][] = Array.from({ length: packing.values.length }, () => []);
  packing.rows.forEach((row, index) => {
    for (const member of row.members) found[member]?.push(index);
  });
  knownRows.set(packing, found);
  return found;
}
