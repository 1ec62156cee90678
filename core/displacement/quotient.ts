import type { Quotient, Verdict } from "#core/displacement/wire/displacement.ts";
import { type PrePost, weightedDisplacementDifference } from "#core/stats/wdd.ts";

/**
 * WDQ and TNE of the treated area and its rings (Bowers and Johnson 2003; POP Guide 10), only where
 * no count is zero. Counts are divided by the control of the same period, so periods of different
 * length need no weight.
 */
export function quotientOf(
  counts: { readonly treated: PrePost; readonly rings: PrePost; readonly control: PrePost },
  verdict: Verdict,
): Quotient {
  const worked = verdict === "fall";
  const { treated, rings, control } = counts;
  if (Math.min(...treated, ...rings, ...control) === 0) {
    return {
      wdq: null,
      tne: null,
      worked,
      sentence:
        "The displacement quotient is not defined here, because one of its six counts is zero.",
    };
  }
  const { wdq, tne } = weightedDisplacementDifference({
    treated,
    control,
    displacement: rings,
    alpha: 0.05,
  });
  return { wdq, tne, worked, sentence: sentenceOf(wdq, tne, worked) };
}

function sentenceOf(wdq: number | null, tne: number | null, worked: boolean): string {
  if (wdq === null || tne === null) {
    return "The displacement quotient is not defined here, because the treated area changed exactly as the comparison area did.";
  }
  if (!worked) {
    return "The displacement quotient is not shown, because the treated area did not fall. It only has a meaning after a fall.";
  }
  return `Displacement quotient ${(Math.round(wdq * 100) / 100).toFixed(2)}: ${meaning(wdq)}. ${netEffect(tne)} Neither has an interval.`;
}

/** In words for a response that worked. */
function meaning(wdq: number): string {
  if (wdq > 1) return "the rings fell by more than the treated area did";
  if (wdq > 0) return "the rings fell too, by less than the treated area";
  if (wdq === 0) return "the rings changed as the comparison area did";
  if (wdq >= -1) return "the rings rose, by less than the treated area fell";
  return "the rings rose by more than the treated area fell";
}

function netEffect(tne: number): string {
  const whole = Math.round(Math.abs(tne));
  return `Net effect including the rings: ${whole} ${tne < 0 ? "more" : "fewer"} reports than at the comparison area's rate.`;
}
