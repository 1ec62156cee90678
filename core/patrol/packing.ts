/**
 * The planner's model in its plainest form: choose options to gain the most value so that of the members
 * of each row no more than its limit are chosen. Units, revisit gaps and caps are all such rows.
 */
export interface Packing {
  readonly values: Float64Array;
  readonly rows: readonly Row[];
}

export interface Row {
  readonly limit: number;
  /** Indices of options, ascending. */
  readonly members: readonly number[];
}

export function packingValue(packing: Packing, chosen: Iterable<number>): number {
  let millionths = 0;
  for (const option of chosen) millionths += Math.round((packing.values[option] ?? 0) * 1e6);
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

/** Which rows each option belongs to. */
export function rowsByOption(packing: Packing): number[][] {
  const found: number[][] = Array.from({ length: packing.values.length }, () => []);
  packing.rows.forEach((row, index) => {
    for (const member of row.members) found[member]?.push(index);
  });
  return found;
}
