import type { AreaTree } from "#core/disclosure/area-tree.ts";
import { findLeaksTogether } from "#core/disclosure/ranges.ts";
import type { DisclosureRule, Range, Shown } from "#core/disclosure/rule.ts";

export interface Published {
  readonly release: number;
  /** Equal only where every area holds the same events (server/releases/hash.ts). */
  readonly areaSet: string;
  /** In the order of the tree, where the area set is the same. */
  readonly shown: readonly Shown[];
}

export type JointLeak =
  | { readonly by: "sum"; readonly area: string; readonly range: Range }
  | { readonly by: "change"; readonly area: string; readonly release: number }
  | { readonly by: "areas"; readonly release: number };

/**
 * Looks at one month as a reader would who holds every release that there ever was. Three models, each the
 * sharpest that this reader cannot prove wrong:
 *
 * - Equal area sets, and nothing was recorded late or taken back: all releases tell of the same unknown
 *   whole numbers, one for each smallest area, and what is known of each is what all of them allow together
 *   (`jointRanges`, exact on a tree). A blank must still be able to be each of 0 to threshold - 1.
 * - Equal area sets, and something was: the second count is the first plus an unknown change. Two figures
 *   that differ, or one beside a blank, bound that change away from 0, and it may be a single record. So
 *   any difference at all is a leak.
 * - Other area sets: the unknowns are the pieces that the old and the new lines cut out of one another.
 *   One of them can be a sliver with a single record, and nothing here knows how small: a leak as well.
 */
export function findJointLeaks(
  tree: AreaTree,
  now: Pick<Published, "areaSet" | "shown">,
  earlier: readonly Published[],
  rule: DisclosureRule,
): readonly JointLeak[] {
  const same = earlier.filter(({ areaSet }) => areaSet === now.areaSet);
  const tables = [now.shown, ...same.map(({ shown }) => shown)];
  const leaks: JointLeak[] = findLeaksTogether(tree, tables, rule).map((leak) => ({
    by: "sum",
    ...leak,
  }));
  for (const { release, shown } of same) {
    tree.ids.forEach((area, at) => {
      const differs = (shown[at] ?? null) !== (now.shown[at] ?? null);
      if (differs) leaks.push({ by: "change", area, release });
    });
  }
  for (const { release, areaSet } of earlier) {
    if (areaSet !== now.areaSet) leaks.push({ by: "areas", release });
  }
  return leaks;
}
