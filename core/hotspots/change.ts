import type { StudySet } from "#core/geo/study-set.ts";
import { eTest } from "#core/stats/e-test.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";

export interface CellChange {
  /** Events in the baseline period. */
  readonly before: number;
  readonly change: number;
  /** E-test of equal rates; null when both periods have none. */
  readonly changeP: number | null;
  /** Benjamini-Hochberg over the cells that have any. */
  readonly changeQ: number | null;
}

/** Counts of this period against those of the baseline, per cell of the study set. */
export function changeByCell(
  study: StudySet,
  counts: { readonly before: Int32Array; readonly after: Int32Array },
  lengths: readonly [before: number, after: number],
): readonly CellChange[] {
  // Sparse counts repeat a few pairs thousands of times.
  const known = new Map<string, number | null>();
  const p = study.cells.map((_, index) => {
    const before = counts.before[index] as number;
    const after = counts.after[index] as number;
    const key = `${before},${after}`;
    if (!known.has(key)) known.set(key, eTest(before, after, lengths));
    return known.get(key) ?? null;
  });
  const q = benjaminiHochberg(p);
  return study.cells.map((_, index) => ({
    before: counts.before[index] as number,
    change: (counts.after[index] as number) - (counts.before[index] as number),
    changeP: p[index] ?? null,
    changeQ: q[index] ?? null,
  }));
}

/** The statement that stands beside every change. */
export function describeChange(from: string, to: string): string {
  return `change from ${from} to ${to}: two-sided E-test of two Poisson counts, Benjamini-Hochberg over the cells that have any`;
}
