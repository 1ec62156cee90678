import { type AreaTree, addUp, branchOf } from "#core/disclosure/area-tree.ts";
import { feasibleRanges, findLeaks } from "#core/disclosure/ranges.ts";
import {
  checkedRule,
  type DisclosureRule,
  type Range,
  rounded,
  type Shown,
  shownCount,
} from "#core/disclosure/rule.ts";

/**
 * The figures of one month for nested areas under the rule, so that no sum or difference gives a
 * withheld count away, not even to a reader who knows this program. Per area, parts first:
 *
 * 1. A count under the threshold is withheld.
 * 2. An area of smallest parts is shown only when every blank part could still be 0 to
 *    threshold - 1 while all blanks are small counts. Otherwise its smallest shown parts are
 *    withheld too, one by one; where that does not help, the area and all its parts are.
 * 3. A larger area is shown only when all its parts are, and only when that is safe for every
 *    figure it could have.
 *
 * Why the program gives nothing away: every month in which the blanks of (2) are all small counts
 * passes at once and comes out as these same figures, and those months hold each value from 0 to
 * threshold - 1 in each blank; an area withheld whole may hold less than the threshold in all;
 * and (3) is decided from figures already shown. (The "minimality attack" of Wong et al. 2007,
 * VLDB, works where withholding depends on more than that.)
 */
export function suppressLinked(
  tree: AreaTree,
  leafCounts: readonly number[],
  rule: DisclosureRule,
): Shown[] {
  checkedRule(rule);
  const shown = addUp(tree, leafCounts).map((count) => shownCount(count, rule));
  for (const area of tree.upward) {
    const parts = tree.children[area] ?? [];
    if (parts.length === 0 || shown[area] === null) continue;
    const view = viewOf(tree, area, rule);
    const isOfSmallest = parts.every((part) => (tree.children[part] ?? []).length === 0);
    if (isOfSmallest) protectParts(shown, area, parts, view);
    else protectLarger(shown, area, parts, view);
  }
  return shown;
}

/** An area and all within it as a reader sees them, with nothing shown around it. */
interface View {
  readonly isSafe: (shown: readonly Shown[]) => boolean;
  /** Every figure that the area could have, given its parts alone. */
  readonly possibleFigures: (shown: readonly Shown[]) => readonly number[];
}

function viewOf(tree: AreaTree, area: number, rule: DisclosureRule): View {
  const { branch, members } = branchOf(tree, area);
  const within = (shown: readonly Shown[]) => members.map((member) => shown[member] ?? null);
  return {
    isSafe: (shown) => findLeaks(branch, within(shown), rule).length === 0,
    possibleFigures: (shown) => {
      const figures = within(shown).with(0, null);
      const [whole] = feasibleRanges(branch, figures, rule, rule.threshold - 1);
      return whole === undefined ? [] : multiplesIn(whole, rule);
    },
  };
}

function protectParts(shown: Shown[], area: number, parts: readonly number[], view: View) {
  const ascending = parts
    .filter((part) => shown[part] !== null)
    .sort((a, b) => (shown[a] ?? 0) - (shown[b] ?? 0) || a - b);
  for (const smallest of ascending) {
    if (view.isSafe(shown)) return;
    shown[smallest] = null;
  }
  if (!view.isSafe(shown)) shown[area] = null;
}

function protectLarger(shown: Shown[], area: number, parts: readonly number[], view: View) {
  const isShownInFull = parts.every((part) => shown[part] !== null);
  const isSafeAs = (figure: number) => view.isSafe(shown.with(area, figure));
  if (!isShownInFull || !view.possibleFigures(shown).every(isSafeAs)) shown[area] = null;
}

function multiplesIn(range: Range, rule: DisclosureRule): number[] {
  const figures: number[] = [];
  for (let at = rounded(range.low, rule); at <= rounded(range.high, rule); at += rule.base) {
    figures.push(at);
  }
  return figures;
}
