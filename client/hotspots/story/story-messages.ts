import { emergingByCell } from "#core/hotspots/emerging.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Emerging } from "#core/stats/emerging-pattern.ts";
import { exactP } from "#core/stats/exact-p.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";

export interface StoryRequest {
  readonly key: number;
  readonly study: StudySet;
  readonly counts: Int32Array;
  /** Counts in equal steps; null where the dates are too short. */
  readonly steps: readonly Int32Array[] | null;
}

export interface StoryTests {
  /** Per cell: p of the neighbours' sum, given the cell's own count. */
  readonly exactP: Float64Array;
  readonly method: string;
  /** Per cell; null without steps. */
  readonly categories: readonly Emerging[] | null;
  /** Per cell: events here and around over all steps; null without steps. */
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
