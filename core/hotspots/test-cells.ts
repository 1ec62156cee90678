import type { StudySet } from "#core/geo/study-set.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { hotP } from "#core/stats/hot-p.ts";
import { benjaminiHochberg } from "#core/stats/multiple-testing.ts";

/** A cell is hot at or below this q (DEFINITIONS, Hot). */
export const hotLevel = 0.05;

export interface CellTest {
  /** Gi*, two-sided normal; null where undefined. */
  readonly z: readonly (number | null)[];
  /** `hotP`: exact upper tail of the cell and its neighbours. */
  readonly p: Float64Array;
  /** Benjamini-Hochberg over `p`. */
  readonly q: Float64Array;
  readonly hot: Uint8Array;
  readonly hotCells: number;
  /** "exact", or the name of the approximation. */
  readonly method: string;
}

/** Which cells have more than chance says, with their neighbours, in this study set. */
export function testCells(counts: Int32Array, study: StudySet): CellTest {
  const { z } = giStar(counts, study);
  const { p, method } = hotP(counts, study);
  const q = Float64Array.from(benjaminiHochberg(p), (value) => value ?? 1);
  const hot = Uint8Array.from(q, (value) => (value <= hotLevel ? 1 : 0));
  let hotCells = 0;
  for (const flag of hot) hotCells += flag;
  return { z, p, q, hot, hotCells, method };
}

/** The statement that stands in the legend and in every export. */
export function describeTest(test: Pick<CellTest, "method">, study: StudySet): string {
  const tail =
    test.method === "exact" ? "exact permutation upper tail" : `${test.method} (approximate)`;
  return `Gi* neighbourhood sum, ${tail} over ${study.cells.length} cells of ${study.name} at H3 resolution ${study.resolution}; hot at Benjamini-Hochberg q <= ${hotLevel}`;
}
