import type { Answer, Ask } from "#client/hotspots/measures/measure.ts";
import { type CellChange, changeByCell, type PeriodLengths } from "#core/hotspots/change.ts";
import { effortByCell } from "#core/hotspots/effort.ts";
import type { CellEffort } from "#core/hotspots/effort-words.ts";
import { emergingByCell } from "#core/hotspots/emerging.ts";
import { type HarmSums, harmClasses } from "#core/hotspots/harm.ts";
import {
  createSmoother,
  type Smoother,
  type Surface,
  type SurfaceGround,
} from "#core/hotspots/surface.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Emerging } from "#core/stats/emerging-pattern.ts";
import { neighbourSums } from "#core/stats/neighbours.ts";

/*
 * What the worker answers, by measure. It stands apart from the measures themselves, so that the worker loads kernels
 * alone: 13 kB, where the words and columns of all measures would bring 236.
 */

export interface ChangeAsk extends Ask {
  readonly before: Int32Array;
  readonly lengths: PeriodLengths;
}

export interface ChangeAnswer extends Answer {
  readonly changes: readonly CellChange[];
}

export interface PatternAsk extends Ask {
  readonly steps: readonly Int32Array[];
}

export interface PatternAnswer extends Answer {
  readonly categories: readonly Emerging[];
  /** Events of each cell and its neighbours over all steps. */
  readonly around: Float64Array;
}

export interface PatrolTimeAsk extends Ask {
  /** Per cell of the study set. */
  readonly minutes: Float64Array;
}

export interface PatrolTimeAnswer extends Answer {
  readonly efforts: readonly (CellEffort | null)[];
}

export interface HarmAsk extends Ask {
  readonly sums: HarmSums;
}

export interface HarmAnswer extends Answer {
  readonly sums: HarmSums;
  /** In units of the table of weights. */
  readonly total: number;
  /** `harmClasses` per cell. */
  readonly classes: Uint8Array;
}

export interface SurfaceAsk extends Ask {
  /** Of the finest cells of the area, whatever size is shown. */
  readonly ground: SurfaceGround;
  readonly groundKey: string;
  readonly weights: Float64Array;
}

export interface SurfaceAnswer extends Answer {
  readonly surface: Surface;
}

type Answerer = (
  ask: Ask,
  study: StudySet,
  counts: Int32Array,
  kept: Map<string, unknown>,
) => Answer;

function answerer<Q extends Ask, R extends Answer>(
  answer: (ask: Q, study: StudySet, counts: Int32Array, kept: Map<string, unknown>) => R,
): Answerer {
  return answer as unknown as Answerer;
}

const answers: Readonly<Record<string, Answerer>> = {
  change: answerer<ChangeAsk, ChangeAnswer>(({ measure, before, lengths }, study, counts) => ({
    measure,
    changes: changeByCell(study, { before, after: counts }, lengths),
  })),
  pattern: answerer<PatternAsk, PatternAnswer>(({ measure, steps }, study) => ({
    measure,
    categories: emergingByCell(study, steps),
    around: aroundOf(steps, study),
  })),
  patrol_time: answerer<PatrolTimeAsk, PatrolTimeAnswer>(({ measure, minutes }, study, counts) => ({
    measure,
    efforts: effortByCell(study, counts, minutes),
  })),
  harm: answerer<HarmAsk, HarmAnswer>(({ measure, sums }, _study, counts) => ({
    measure,
    sums,
    total: sums.harm.reduce((sum, value) => sum + value, 0),
    classes: harmClasses(sums.harm, counts),
  })),
  surface: answerer<SurfaceAsk, SurfaceAnswer>((ask, _study, _counts, kept) => {
    const { measure, groundKey, ground, weights } = ask;
    const smoother = (kept.get(groundKey) as Smoother | undefined) ?? createSmoother(ground);
    kept.set(groundKey, smoother);
    return { measure, surface: smoother(weights) };
  }),
};

/** Keeps what measures reuse from one study set to the next, such as smoothers. */
export function createMeasurer() {
  const kept = new Map<string, unknown>();
  return (ask: Ask, study: StudySet, counts: Int32Array): Answer => {
    const answer = answers[ask.measure];
    if (!answer) throw new RangeError(`The measure "${ask.measure}" asks nothing`);
    return answer(ask, study, counts, kept);
  };
}

function aroundOf(steps: readonly Int32Array[], study: StudySet): Float64Array {
  const own = Float64Array.from(study.cells, (_, cell) =>
    steps.reduce((sum, counts) => sum + (counts[cell] as number), 0),
  );
  return neighbourSums(own, study).map((sum, cell) => sum + (own[cell] as number));
}
