import { cellAt, eventResolution } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Layer } from "#data/demo/recipe.ts";

const turnsOn = "2021-11-02";

/**
 * From 2 November on what is reported in a layer comes together in a few streets, where its recipe names some: new
 * enough to stand out to whoever watches, and too new for an assessment by months. Only where it is changes, so that
 * every count by edge and month stays.
 */
export function turnLate(
  reports: readonly PoliceEvent[],
  zone: Zone,
  { turnsTo = [] }: Pick<Layer, "turnsTo">,
): readonly PoliceEvent[] {
  const cells = turnsTo.map((at) => cellAt(at, eventResolution));
  let turned = 0;
  return reports.map((report) => {
    const date = zone.dateOf((report.startsAt + report.endsAt) / 2);
    if (date < turnsOn) return report;
    turned += 1;
    return { ...report, cell: cells[turned % cells.length] ?? report.cell };
  });
}
