import { type DisclosureRule, type Shown, shownCount } from "#core/disclosure/rule.ts";
import { type FunnelStage, funnelStages, type MeasureName } from "#core/outcomes/measures.ts";
import { isSamePeriod, type Period, type StandingTally } from "#core/outcomes/typed-tally.ts";

/**
 * Rule 4 of `publicTallies`: the stages of the funnel in the order of typing, so that a stage that is typed later
 * takes none away. A stage that was withdrawn is missing, and those typed after it are blank until it is typed anew:
 * they were held against it, and would come free.
 */
export function shownStages(
  typed: readonly StandingTally[],
  period: Period,
  rule: DisclosureRule,
): ReadonlyMap<MeasureName, Shown> {
  const figures = new Map<MeasureName, Shown>();
  let isHeld = false;
  for (const { measure, value, ...own } of typed) {
    if (!isSamePeriod(own, period)) continue;
    if (value === null) {
      isHeld = true;
      continue;
    }
    const figure = isHeld ? null : shownCount(value, rule);
    const isFar = figure !== null && isFarFromAll(measure, figure, figures, rule);
    figures.set(measure, isFar ? figure : null);
  }
  return figures;
}

/** Whether a stage's figure lies far enough below each shown one before it, and above each after it. */
function isFarFromAll(
  measure: MeasureName,
  figure: number,
  figures: ReadonlyMap<MeasureName, Shown>,
  { threshold, base }: DisclosureRule,
): boolean {
  const at = stageAt(measure);
  return [...figures].every(([other, shown]) => {
    if (shown === null) return true;
    const less = stageAt(other) < at ? shown - figure : figure - shown;
    return less >= threshold + base;
  });
}

function stageAt(measure: MeasureName): number {
  return funnelStages.indexOf(measure as FunnelStage);
}
