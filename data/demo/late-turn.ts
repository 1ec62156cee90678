import { cellAt, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import type { Zone } from "#core/time/zone.ts";

const turnsOn = "2021-11-02";
const streetNames = ["Shelbourne Road", "Asplins Road", "Manor Road"] as const;
/** Of streets of one name the one near Northumberland Park. */
const isThere = ([lng, lat]: readonly [number, number]) =>
  lng > -0.06 && lng < -0.045 && lat > 51.595 && lat < 51.605;

type Streets = Pick<Gazetteer, "streets">;

/** The cells of those streets. */
export function turnedCells({ streets }: Streets): H3Cell[] {
  return streetNames.map((name) => {
    const street = streets.find((one) => one.name === name && isThere(one.at));
    if (!street) throw new RangeError(`The gazetteer has no ${name} in Northumberland Park`);
    return cellAt(street.at, eventResolution);
  });
}

/**
 * From 2 November on what is reported this side of the Lea comes together in a few streets further south,
 * still beside the line with Waltham Forest: new enough to stand out to whoever watches, and too new for
 * an assessment by months. Only where it is changes, so that every count by edge and month stays.
 */
export function turnSouth(
  reports: readonly PoliceEvent[],
  zone: Zone,
  { streets }: Streets,
): PoliceEvent[] {
  const cells = turnedCells({ streets });
  let turned = 0;
  return reports.map((report) => {
    const date = zone.dateOf((report.startsAt + report.endsAt) / 2);
    if (date < turnsOn) return report;
    turned += 1;
    return { ...report, cell: cells[turned % cells.length] ?? report.cell };
  });
}
