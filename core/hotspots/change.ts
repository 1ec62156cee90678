import type { H3Cell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import { eTest } from "#core/stats/e-test.ts";

export interface CellChange {
  readonly before: number;
  readonly change: number;
  /** E-test of equal rates; null when both periods have none. */
  readonly p: number | null;
}

/** Counts of this period against those of the baseline, cell by cell. */
export function changeByCell(
  study: StudySet,
  counts: { readonly before: Int32Array; readonly after: Int32Array },
  lengths: readonly [before: number, after: number],
): ReadonlyMap<H3Cell, CellChange> {
  // Sparse counts repeat a few pairs thousands of times.
  const known = new Map<string, number | null>();
  const changes = new Map<H3Cell, CellChange>();
  study.cells.forEach((cell, index) => {
    const before = counts.before[index] as number;
    const after = counts.after[index] as number;
    if (before === 0 && after === 0) return;
    const key = `${before},${after}`;
    if (!known.has(key)) known.set(key, eTest(before, after, lengths));
    changes.set(cell, { before, change: after - before, p: known.get(key) ?? null });
  });
  return changes;
}
