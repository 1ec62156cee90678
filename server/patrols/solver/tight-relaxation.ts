import type { Highs } from "highs";
import type { CrewPlan } from "#core/patrols/crew-plan.ts";
import { wholeRow } from "#core/patrols/half-cuts.ts";
import type { Packing, Row } from "#core/patrols/packing.ts";
import {
  type Looked,
  openRelaxation,
  type RelaxationLimits,
} from "#server/patrols/solver/relaxation.ts";
import { tightByGroup } from "#server/patrols/solver/tight-groups.ts";

export interface TightRelaxation {
  /** No plan can be worth more. */
  readonly bound: number;
  /** What one more of each row of the packing would be worth. */
  readonly prices: ArrayLike<number>;
  /** What one unit more of each option would add; hopeless options far below 0. */
  readonly reduced: ArrayLike<number>;
  /** Rows about the way from place to place that were needed. */
  readonly clashes: readonly Row[];
  /** False where the time ended before its rounds did, and before it was tight enough. */
  readonly isWhole: boolean;
}

export interface TightGiven extends RelaxationLimits {
  readonly packing: Packing;
  readonly crewPlan: CrewPlan;
  /** Options that hang together closely, such as those of a day. */
  readonly groupOf: (option: number) => unknown;
  /** Tighter is not asked for. */
  readonly isEnough: () => boolean;
  /** Its time is up. */
  readonly isOver: () => boolean;
  readonly tell: (bound: number) => void;
}

/** Rounds at most: later ones add little. */
const mostRounds = 9;
const leastGain = 1e-3;

/**
 * The model with options that may be chosen in part, made tighter while that helps: first the whole by all that
 * units cannot do between them, found exactly, then each group by itself by sums of rows that are halved and
 * rounded down as well.
 */
export function tightRelaxation(highs: Highs, given: TightGiven): TightRelaxation | null {
  const whole = tightByWays(highs, given);
  if (whole === null || !whole.isWhole || given.isEnough()) return whole;
  return tightByGroup(highs, given, whole);
}

/** Null when not even the first look was over in time. */
function tightByWays(highs: Highs, given: TightGiven): TightRelaxation | null {
  const { packing, crewPlan, isEnough, isOver, tell } = given;
  const relaxation = openRelaxation(highs, packing, given);
  const clashes: Row[] = [];
  /** With the rows that the last look asked for. */
  const again = (last: Looked): Looked | null => {
    for (const clash of crewPlan.clashesInPart(last.shares)) {
      clashes.push(clash);
      relaxation.add(wholeRow(clash));
    }
    return relaxation.look();
  };
  try {
    let last = relaxation.look();
    if (last === null) return null;
    tell(last.bound);
    let isWhole = true;
    for (let round = 0; round < mostRounds && !isEnough(); round += 1) {
      const known = clashes.length;
      const next: Looked | null = isOver() ? null : again(last);
      isWhole = next !== null;
      if (next === null) break;
      const gain = last.bound - next.bound;
      last = next;
      tell(last.bound);
      if (clashes.length === known || gain < leastGain * last.bound) break;
    }
    const { bound, prices, reduced } = last;
    return { bound, prices, reduced, clashes, isWhole };
  } finally {
    relaxation.dispose();
  }
}
