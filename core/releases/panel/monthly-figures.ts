import { createAreaTree } from "#core/disclosure/area-tree.ts";
import type { DisclosureRule, Shown } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import type { PanelArea } from "#core/places/wire/places.ts";
import type { Month } from "#core/time/months.ts";

/** Resident complaints of one month in one of the smallest areas. */
export interface AreaCount {
  readonly area: string;
  readonly month: Month;
  readonly count: number;
}

/** Suppression for one month's counts; replaced only by tests, to weaken it. */
export type Suppress = typeof suppressLinked;

/** By month, in the order of the areas. Counts of other months are left out. */
export function monthlyFigures(input: {
  readonly areas: readonly PanelArea[];
  readonly months: readonly Month[];
  readonly counts: readonly AreaCount[];
  readonly rule: DisclosureRule;
  readonly suppress?: Suppress;
}): Map<Month, Shown[]> {
  const { areas, months, counts, rule, suppress = suppressLinked } = input;
  const tree = createAreaTree(areas);
  const indexOf = new Map(tree.ids.map((id, index) => [id, index] as const));
  const table = new Map(months.map((month) => [month, tree.ids.map(() => 0)] as const));
  for (const { area, month, count } of counts) {
    const index = indexOf.get(area);
    if (index === undefined) throw new RangeError(`A count for "${area}", which is no public area`);
    const row = table.get(month);
    if (row !== undefined) row[index] = (row[index] ?? 0) + count;
  }
  return new Map(Array.from(table, ([month, row]) => [month, suppress(tree, row, rule)] as const));
}
