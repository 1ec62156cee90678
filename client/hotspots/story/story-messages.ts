import { emergingByCell } from "#core/hotspots/emerging.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Emerging } from "#core/stats/emerging-pattern.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";

/** What the story of any place of one picture stands on beside its counts. */
export interface StoryRequest {
  readonly key: number;
  readonly study: StudySet;
  readonly counts: Int32Array;
  /** Counts in equal steps of the dates; null where the dates are too short for any. */
  readonly steps: readonly Int32Array[] | null;
}

export interface StoryTests {
  /** Per cell: of the neighbours' sum, given the cell's own count. */
  readonly exactP: Float64Array;
  readonly method: string;
  /** Per cell, over the steps; null without steps. */
  readonly categories: readonly Emerging[] | null;
  /** Per cell: events of it and those around it over all steps. */
  readonly around: Float64Array | null;
}

export type StoryReply =
  | { readonly key: number; readonly tests: StoryTests }
  | { readonly key: number; readonly fault: string };

export function answerStory({ key, study, counts, steps }: StoryRequest): StoryReply {
  try {
    const { p, method } = exactP(counts, study);
    return {
      key,
      tests: {
        exactP: p,
        method,
        categories: steps && emergingByCell(study, steps),
        around: steps && aroundOf(steps, study),
      },
    };
  } catch (error) {
    return { key, fault: error instanceof Error ? error.message : String(error) };
  }
}

function aroundOf(steps: readonly Int32Array[], study: StudySet): Float64Array {
  const own = Float64Array.from(study.cells, (_, cell) =>
    steps.reduce((sum, counts) => sum + (counts[cell] as number), 0),
  );
  return neighbourSums(own, study).map((sum, cell) => sum + (own[cell] as number));
}
