import type { StudySet } from "#core/places/study-set.ts";
import { giStar } from "#core/stats/gi-star.ts";
import { fewestHot, type HotTest, hotLevel, hotTest } from "#core/stats/hot.ts";

export interface CellTest extends HotTest {
  /** Gi*, two-sided normal; null where undefined. */
  readonly z: readonly (number | null)[];
  readonly hotCells: number;
}

/**
 * Hotspots of this study set, and the cells beside one (docs/definitions.md, Hot). A cell without
 * an event of its own never qualifies: no patrol is sent to an empty place.
 */
export function testCells(counts: Int32Array, study: StudySet): CellTest {
  const { z } = giStar(counts, study);
  const test = hotTest(counts, study);
  const hot = test.hot.map((flag, cell) => (counts[cell] === 0 ? 0 : flag));
  const by = test.by.map((one, cell) => (counts[cell] === 0 ? null : one));
  let hotCells = 0;
  for (const flag of hot) hotCells += flag;
  return { z, ...test, hot, by, hotCells };
}

/** Behind every mark and in every export; `events`: all counted in the study set. */
export function describeTest(events: number, study: StudySet): string {
  return `exact binomial test of each cell, alone and with its neighbours, against an even spread of ${events} events over ${study.cells.length} cells of ${study.name} at H3 resolution ${study.resolution}; the smaller p doubled, adjusted for multiple testing (Benjamini-Hochberg); hotspot at q <= ${hotLevel} with at least ${fewestHot} events, one of them in the cell itself, taken by rising p, each given the excess of those before it`;
}
