import {
  createMeasurer,
  type MeasureAnswer,
  type MeasureAsk,
} from "#client/hotspots/measure-ask.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import { type CellTest, testCells } from "#core/hotspots/test-cells.ts";

/** A study set under the name by which a worker keeps it. */
export interface KeyedStudy {
  readonly key: string;
  readonly study: StudySet;
}

/** What the worker is asked: study sets once, then counts in one of them. */
export interface HotRequest {
  readonly key: number;
  readonly counts: Int32Array;
  readonly studyKey: string;
  /** Those that were not sent before. */
  readonly studies: readonly KeyedStudy[];
  /** What the measure asks beside the test; null where the test is all. */
  readonly more: MeasureAsk | null;
}

export type HotReply =
  | { readonly key: number; readonly test: CellTest; readonly answer: MeasureAnswer | null }
  | { readonly key: number; readonly fault: string };

/** Answers requests; keeps the study sets that it has been given. */
export function createHotAnswerer(): (request: HotRequest) => HotReply {
  const known = new Map<string, StudySet>();
  const studyOf = (key: string): StudySet => {
    const study = known.get(key);
    if (study) return study;
    throw new RangeError(`The study set "${key}" was never sent`);
  };
  const measure = createMeasurer(studyOf);
  return ({ key, counts, studyKey, studies, more }) => {
    for (const each of studies) known.set(each.key, each.study);
    try {
      const study = studyOf(studyKey);
      const answer = more && measure(more, study, counts);
      return { key, test: testCells(counts, study), answer };
    } catch (error) {
      return { key, fault: error instanceof Error ? error.message : String(error) };
    }
  };
}
