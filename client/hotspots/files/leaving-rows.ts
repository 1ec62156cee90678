import { measureOf } from "#client/hotspots/measures/list.ts";
import type { Ranked } from "#client/hotspots/ranked.ts";
import type { Hotspot } from "#core/hotspots/rank.ts";
import { compareText } from "#core/text/text-order.ts";

/**
 * The rows of a file or a print. Under Patrol time they are those of the counts, in the order of the counts: the order of
 * rates, and places that are listed for their patrols alone, would give dose away by place (SAFEGUARDS 6).
 */
export function leavingRows({
  rows,
  measure,
}: Pick<Ranked, "rows" | "measure">): readonly Hotspot[] {
  if (!measureOf(measure).isOfFinds) return rows;
  return rows
    .filter(({ count, weight, hot }) => count > 0 || weight > 0 || hot)
    .toSorted((a, b) => b.weight - a.weight || b.count - a.count || compareText(a.cell, b.cell));
}
