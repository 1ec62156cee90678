import type { Packing, Row } from "#core/patrol/packing.ts";

/** A part of a packing that can be solved by itself. */
export interface Part {
  /** Options of the whole, ascending: option `i` of the part is `options[i]` of the whole. */
  readonly options: readonly number[];
  readonly packing: Packing;
}

/**
 * Splits a packing by group, such as the duty of one day. Rows that join groups (weekly caps, caps of a
 * date that two nights share) are left out of the parts, so the sum of the parts' bounds is a bound on
 * the whole, and the joined choice need only be held against those rows.
 */
export function splitPacking(packing: Packing, groupOf: (option: number) => unknown): Part[] {
  const groups = new Map<unknown, number[]>();
  packing.values.forEach((_, option) => {
    const group = groupOf(option);
    const options = groups.get(group);
    if (options) options.push(option);
    else groups.set(group, [option]);
  });
  const place = new Map<number, number>();
  for (const options of groups.values()) {
    for (const [at, option] of options.entries()) place.set(option, at);
  }
  const rowsOf = new Map<unknown, Row[]>([...groups.keys()].map((group) => [group, []]));
  for (const row of packing.rows) {
    const group = groupOf(row.members[0] ?? -1);
    if (!row.members.every((member) => groupOf(member) === group)) continue;
    const members = row.members.map((member) => place.get(member) ?? 0);
    rowsOf.get(group)?.push({ limit: row.limit, members });
  }
  return [...groups].map(([group, options]) => ({
    options,
    packing: {
      values: Float64Array.from(options, (option) => packing.values[option] ?? 0),
      rows: rowsOf.get(group) ?? [],
    },
  }));
}

/** Drops the least valuable options until every row holds. */
export function repaired(packing: Packing, chosen: readonly number[]): number[] {
  const kept = new Set(chosen);
  for (const row of packing.rows) {
    const inRow = row.members.filter((member) => kept.has(member));
    inRow.sort((a, b) => (packing.values[b] ?? 0) - (packing.values[a] ?? 0) || a - b);
    for (const option of inRow.slice(row.limit)) kept.delete(option);
  }
  return [...kept].sort((a, b) => a - b);
}

/** How far the proven bound lies above the objective, as a share of the objective; 1 where that is 0. */
export function gapOf(objective: number, bound: number): number {
  if (bound <= objective) return 0;
  return objective > 0 ? (bound - objective) / objective : 1;
}
