import {
  type KeptHotspots,
  leastFallToSee,
  type Steadiness,
  topPlaces,
} from "#core/hotspots/steadiness.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface SteadinessTold {
  readonly steady: Steadiness;
  readonly hot: KeptHotspots;
  /** Reports of the chosen dates. */
  readonly total: number;
  readonly weeks: number;
  /** "8 weeks" */
  readonly period: string;
  readonly noun: { readonly one: string; readonly many: string };
}

/** How long a first try at a place usually is. */
export const trialWeeks = 12;

/** "7 of the 10 busiest cells were also among the 10 busiest of the 8 weeks before. ..." */
export function steadinessWords({
  steady,
  hot,
  total,
  weeks,
  period,
  noun,
}: SteadinessTold): string {
  const { kept, heldNow, heldLater } = steady;
  const expected = (heldLater * total * trialWeeks) / weeks;
  return [
    ...(hot.before > 0
      ? [
          `Still hotspots now: ${formatCount(hot.kept)} of the ${formatCount(hot.before)} in the ${period} before.`,
        ]
      : []),
    `${formatCount(Math.round(kept))} of the ${topPlaces} busiest cells now were also among the ${topPlaces} busiest of the ${period} before.`,
    `Those picked then hold ${percent(heldLater)} of ${noun.many} now. Those picked now hold ${percent(heldNow)}, partly by luck.`,
    `If ${noun.many} fell by 10% in the cells picked then, the whole area would fall by ${percent(heldLater / 10, 1)}.`,
    `They bring about ${formatQuantity(Math.round(expected), noun.one, noun.many)} in ${trialWeeks} weeks: ${fallWords(expected)}.`,
  ].join(" ");
}

/** What a place can show in a trial, from the reports that it brings meanwhile. */
function fallWords(expected: number): string {
  const fall = leastFallToSee(expected);
  if (fall === null) return "too few to show any fall";
  return `too few to notice a fall smaller than ${percent(fall)}`;
}

export function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)}%`;
}
