import {
  assessmentAlpha,
  beforeWeights,
  type Comparison,
  leastCount,
  type Verdict,
  verdictsOf,
  type Widening,
  widenedError,
} from "#core/displacement/compare.ts";
import type { Selection } from "#core/displacement/zones.ts";
import { chosenWeights, type HarmName, type HarmWeight } from "#core/records/harm.ts";
import { intervalAround } from "#core/stats/interval.ts";
import { twoSidedP } from "#core/stats/normal.ts";
import { harmWeightedDifference, type PrePost } from "#core/stats/wdd.ts";

/** For each weight the events that it is for: every event has at most one. */
export function harmSelections(weights: readonly HarmWeight[]): Selection[] {
  const chosen = chosenWeights(weights);
  return weights.map((_, weight) => Uint8Array.from(chosen, (at) => (at === weight ? 1 : 0)));
}

export interface HarmCounts {
  readonly treated: PrePost;
  readonly control: PrePost;
}

export interface HarmFigure {
  /** In units of the weights, below 0 less harm; null where a kind cannot be compared. */
  readonly wdd: number | null;
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly p: number | null;
  /** Weights whose reports are too few to compare. */
  readonly tooFew: readonly HarmName[];
}

/**
 * Sum of weight times WDD over the kinds, each against the control scaled for itself
 * (Wheeler and Ratcliffe 2018). Every kind needs ten reports in each of its four counts.
 */
export function harmFigure(
  weights: readonly HarmWeight[],
  counts: readonly HarmCounts[],
  widening: Widening,
): HarmFigure {
  const tooFew = weights
    .filter((_, at) => {
      const { treated, control } = counts[at] ?? none;
      return Math.min(...treated, ...control) < leastCount;
    })
    .map(({ name }) => name);
  if (tooFew.length > 0 || weights.length === 0) return { ...unknown, tooFew };
  const components = weights.map(({ weight }, at) => {
    const { treated, control } = counts[at] ?? none;
    return {
      treated,
      control,
      harm: weight,
      areaWeights: [1, control[0] / treated[0], 1, 1] as const,
      timeWeights: beforeWeights(control),
    };
  });
  const { estimate, se } = harmWeightedDifference(components, assessmentAlpha);
  const expected = components.reduce(
    (sum, { harm, areaWeights, control }) => sum + (harm * control[1]) / areaWeights[1],
    0,
  );
  const widened = widenedError(se, expected, widening);
  const { z, estimate: wdd, ...figure } = intervalAround(estimate, widened, assessmentAlpha);
  return { wdd, ...figure, p: z === null ? null : twoSidedP(z), tooFew: [] };
}

/** Rises and falls of harm; rows that are asked about together are judged together. */
export function harmVerdicts(figures: readonly HarmFigure[]): Verdict[] {
  return verdictsOf(figures satisfies readonly Pick<Comparison, "p" | "wdd">[]);
}

const none: HarmCounts = { treated: [0, 0], control: [0, 0] };
const unknown = { wdd: null, se: null, low: null, high: null, p: null } as const;
