import type { Highs } from "highs";
import { wholeRow } from "#core/patrols/half-cuts.ts";
import type { Row } from "#core/patrols/packing.ts";
import {
  type Looked,
  openRelaxation,
  type TightGiven,
  type TightRelaxation,
} from "#server/patrols/solver/relaxation.ts";
import { tightByGroup } from "#server/patrols/solver/tight-groups.ts";

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
