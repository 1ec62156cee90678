import { type Packing, rowsByOption } from "#core/patrol/packing.ts";

/**
 * Adds options by value per minute, best first, as long as no row is broken. Starting from nothing this
 * is the greedy plan; starting from another plan it fills what room that left.
 */
export function addGreedily(
  packing: Packing,
  minutes: Float64Array,
  start: readonly number[] = [],
): number[] {
  const rowsOf = rowsByOption(packing);
  const room = packing.rows.map((row) => row.limit);
  const chosen = new Set<number>();
  const take = (option: number) => {
    chosen.add(option);
    for (const row of rowsOf[option] ?? []) room[row] = (room[row] ?? 0) - 1;
  };
  for (const option of start) take(option);
  const density = packing.values.map((value, option) => value / (minutes[option] ?? 1));
  const order = Array.from(packing.values.keys()).sort(
    (a, b) => (density[b] ?? 0) - (density[a] ?? 0) || a - b,
  );
  for (const option of order) {
    const fits = (rowsOf[option] ?? []).every((row) => (room[row] ?? 0) > 0);
    if (fits && !chosen.has(option)) take(option);
  }
  return [...chosen].sort((a, b) => a - b);
}
