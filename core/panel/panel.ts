import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { findLeaks } from "#core/disclosure/audit.ts";
import { type DisclosureRule, type Shown, tenFiveRule } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import { type Month, publicMonths } from "#core/panel/months.ts";
import { panelNotes } from "#core/panel/notes.ts";
import type { PublicAreas } from "#core/panel/public-areas.ts";
import type { PanelReply } from "#core/wire/panel.ts";

/** Resident complaints of one month in one of the smallest areas. */
export interface AreaCount {
  readonly area: string;
  readonly month: Month;
  readonly count: number;
}

/**
 * The public figures: by month and area, withheld and rounded, audited before they leave.
 * No total over months and no percentage: each would be one more equation for an intruder.
 */
export function buildPanel(input: {
  readonly asAtDate: string;
  readonly publicAreas: Pick<PublicAreas, "areas" | "outlines">;
  readonly counts: readonly AreaCount[];
  readonly madeUp: boolean;
}): PanelReply {
  const rule = tenFiveRule;
  const months = publicMonths(input.asAtDate);
  const { areas, outlines } = input.publicAreas;
  const figures = monthlyFigures(input, months, rule);
  return {
    id: `panel-${months.at(-1) ?? ""}`,
    threshold: rule.threshold,
    base: rule.base,
    months,
    areas: [...areas],
    values: months.flatMap((month, at) =>
      areas.map((area, index) => ({
        area: area.id,
        month,
        measure: "resident_complaints" as const,
        count: figures[at]?.[index] ?? null,
      })),
    ),
    notes: panelNotes({ asAtDate: input.asAtDate, months, areas, rule }),
    outlines: [...outlines],
    madeUp: input.madeUp,
  };
}

/** One row per month, in the order of the areas. */
function monthlyFigures(
  { publicAreas, counts }: Parameters<typeof buildPanel>[0],
  months: readonly Month[],
  rule: DisclosureRule,
): Shown[][] {
  const tree = createAreaTree(publicAreas.areas);
  const indexOf = new Map(tree.ids.map((id, index) => [id, index] as const));
  const table = new Map(months.map((month) => [month, tree.ids.map(() => 0)] as const));
  for (const { area, month, count } of counts) {
    const index = indexOf.get(area);
    if (index === undefined) throw new RangeError(`A count for "${area}", which is no public area`);
    const row = table.get(month);
    if (row !== undefined) row[index] = (row[index] ?? 0) + count;
  }
  return Array.from(table, ([month, row]) => {
    const shown = suppressLinked(tree, row, rule);
    const leaks = findLeaks(tree, shown, rule);
    if (leaks.length > 0) {
      const where = leaks.map((leak) => leak.area).join(", ");
      throw new Error(`The panel is held back: ${month} would give away ${where}`);
    }
    return shown;
  });
}
