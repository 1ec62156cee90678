import type { StudySet } from "#core/geo/study-set.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { fewestHot, type HotTest, hotLevel, hotTest } from "#core/stats/hot.ts";

export interface CellTest extends HotTest {
  /** Gi*, two-sided normal; null where undefined. */
  readonly z: readonly (number | null)[];
  readonly hotCells: number;
}

/** Which cells are hotspots of this study set (DEFINITIONS, Hot). */
export function testCells(counts: Int32Array, study: StudySet): CellTest {
  const { z } = giStar(counts, study);
  const test = hotTest(counts, study);
  let hotCells = 0;
  for (const flag of test.hot) hotCells += flag;
  return { z, ...test, hotCells };
}

/** The statement behind every mark, and in every export; `events`: all that are counted in the study set. */
export function describeTest(events: number, study: StudySet): string {
  return `exact binomial test of each cell, alone and with its neighbours, against an even spread of ${events} events over ${study.cells.length} cells of ${study.name} at H3 resolution ${study.resolution}; the smaller p doubled, adjusted for multiple testing (Benjamini-Hochberg); hotspot at q <= ${hotLevel} with at least ${fewestHot} events`;
}
