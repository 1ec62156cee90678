import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { findLeaks } from "#core/disclosure/audit.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { type AreaCount, monthlyFigures } from "#core/panel/monthly-figures.ts";
import { publicMonths } from "#core/panel/months.ts";
import { panelNotes } from "#core/panel/notes.ts";
import type { PublicAreas } from "#core/panel/public-areas.ts";
import type { PanelReply } from "#core/wire/panel.ts";

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
  const figures = monthlyFigures({ areas, months, counts: input.counts, rule });
  const tree = createAreaTree(areas);
  for (const [month, shown] of figures) {
    const leaks = findLeaks(tree, shown, rule);
    if (leaks.length === 0) continue;
    const where = leaks.map((leak) => leak.area).join(", ");
    throw new Error(`The panel is held back: ${month} would give away ${where}`);
  }
  return {
    id: `panel-${months.at(-1) ?? ""}`,
    threshold: rule.threshold,
    base: rule.base,
    months,
    areas: [...areas],
    values: months.flatMap((month) =>
      areas.map((area, index) => ({
        area: area.id,
        month,
        measure: "resident_complaints" as const,
        count: figures.get(month)?.[index] ?? null,
      })),
    ),
    notes: panelNotes({ asAtDate: input.asAtDate, months, areas, rule }),
    outlines: [...outlines],
    madeUp: input.madeUp,
  };
}
