import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { type DisclosureRule, rangeOfShown, type Shown } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import { type BreakdownName, breakdownOf, type MeasureName } from "#core/outcomes/measures.ts";
import {
  isSamePeriod,
  type Period,
  partsTyped,
  type StandingTally,
} from "#core/outcomes/typed-tally.ts";

/** May be shared: the first typed in full; later ones only where nothing is blank. */
export const publicBreakdowns: readonly BreakdownName[] = [
  "residence",
  "known_before",
  "prior_outreach",
];

export interface TypedInFull {
  readonly breakdown: BreakdownName;
  readonly parts: readonly (readonly [part: string, value: number])[];
}

/**
 * Breakdowns that were typed in full and add up, in order of typing. One with a part withdrawn
 * since yields nothing but keeps its place before later ones, which were checked against it.
 */
export function completeBreakdowns(
  typed: readonly StandingTally[],
  { measure, count }: { readonly measure: MeasureName; readonly count: number },
  period: Period,
): TypedInFull[] {
  const complete: TypedInFull[] = [];
  for (const breakdown of inOrderOfTyping(typed, measure, period)) {
    const parts = [...partsTyped(typed, { measure, breakdown }, period)];
    const ever = typed.filter((tally) => isPartOf(tally, { measure, breakdown }, period)).length;
    if (ever < Object.keys(breakdownOf(breakdown).parts).length) continue;
    if (parts.length < ever) break;
    const sum = parts.reduce((total, [, value]) => total + value, 0);
    if (sum === count) complete.push({ breakdown, parts });
  }
  return complete;
}

/** By when each was complete: later totals take no figure away. */
function inOrderOfTyping(
  typed: readonly StandingTally[],
  measure: MeasureName,
  period: Period,
): BreakdownName[] {
  const last = (breakdown: BreakdownName) =>
    typed.findLastIndex((tally) => isPartOf(tally, { measure, breakdown }, period));
  return [...publicBreakdowns].sort((a, b) => last(a) - last(b));
}

function isPartOf(
  tally: StandingTally,
  { measure, breakdown }: Pick<StandingTally, "measure" | "breakdown">,
  period: Period,
): boolean {
  return tally.measure === measure && tally.breakdown === breakdown && isSamePeriod(tally, period);
}

/** Null where the parts cannot be shown beside their whole. */
export function shownParts(
  whole: number,
  parts: TypedInFull["parts"],
  rule: DisclosureRule,
): readonly Shown[] | null {
  const tree = createAreaTree([
    { id: "whole", parent: null },
    ...parts.map(([part]) => ({ id: `part ${part}`, parent: "whole" })),
  ]);
  const [kept = null, ...shown] = suppressLinked(
    tree,
    [0, ...parts.map(([, value]) => value)],
    rule,
  );
  if (kept === null || shown.every((figure) => figure === null)) return null;
  if (!shown.some((figure) => figure === null)) return shown;
  const given = shown.flatMap((figure) => (figure === null ? [] : [rangeOfShown(figure, rule)]));
  const all = rangeOfShown(whole, rule);
  const least = all.low - given.reduce((sum, { high }) => sum + high, 0);
  const most = all.high - given.reduce((sum, { low }) => sum + low, 0);
  return least > 0 && most < rule.threshold ? null : shown;
}
