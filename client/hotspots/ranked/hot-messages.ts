import { createMeasurer } from "#client/hotspots/measures/answers.ts";
import type { Answer, Ask } from "#client/hotspots/measures/measure.ts";
import { type CellTest, testCells } from "#core/hotspots/test-cells.ts";
import type { StudySet } from "#core/places/study-set.ts";

export interface HotRequest {
  readonly key: number;
  readonly counts: Int32Array;
  readonly studyKey: string;
  /** Only with the first use of the key. */
  readonly study: StudySet | null;
  /** Null where the test is all. */
  readonly more: Ask | null;
}

export type HotReply =
  | { readonly key: number; readonly test: CellTest; readonly answer: Answer | null }
  | { readonly key: number; readonly fault: string };

export function createHotAnswerer(): (request: HotRequest) => HotReply {
  const studies = new Map<string, StudySet>();
  const measure = createMeasurer();
  return ({ key, counts, studyKey, study, more }) => {
    if (study) studies.set(studyKey, study);
    const known = studies.get(studyKey);
    if (!known) return { key, fault: `The study set "${studyKey}" was never sent` };
    const answer = more && measure(more, known, counts);
    return { key, test: testCells(counts, known), answer };
  };
}
