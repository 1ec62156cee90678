import type { AreaTree } from "#core/disclosure/area-tree.ts";
import { jointRanges } from "#core/disclosure/ranges.ts";
import type { DisclosureRule, Range, Shown } from "#core/disclosure/rule.ts";

/** A withheld figure that the shown ones give away, at least in part. */
export interface Leak {
  readonly area: string;
  readonly range: Range;
}

/**
 * Looks at figures as a reader would and names every blank that could not be each of 0 to
 * threshold - 1. The reader believes that each blank is a small count (the sharpest assumption
 * that they cannot prove wrong); a blank total over a shown part is known to be large and is
 * no small count to protect.
 */
export function findLeaks(
  tree: AreaTree,
  shown: readonly Shown[],
  rule: DisclosureRule,
): readonly Leak[] {
  return findLeaksTogether(tree, [shown], rule);
}

/** The same for a reader who holds several tables of the same counts: a blank in any of them is one. */
export function findLeaksTogether(
  tree: AreaTree,
  tables: readonly (readonly Shown[])[],
  rule: DisclosureRule,
): readonly Leak[] {
  const ranges = jointRanges(tree, tables, rule, rule.threshold - 1);
  const shownIn = tables.map((shown) => shownWithin(tree, shown));
  return tree.ids.flatMap((area, index) => {
    const range = ranges[index] ?? { low: 0, high: 0 };
    const isBlank = shownIn.some((hasShown) => !hasShown[index]);
    return isBlank && (range.low > 0 || range.high < rule.threshold - 1) ? [{ area, range }] : [];
  });
}

/** Whether a figure is shown for the area or for any part of it. */
function shownWithin(tree: AreaTree, shown: readonly Shown[]): boolean[] {
  const found = shown.map((figure) => figure !== null);
  for (const area of tree.upward) {
    const parent = tree.parent[area] ?? -1;
    if (parent >= 0 && found[area]) found[parent] = true;
  }
  return found;
}
