import { cellAt } from "#core/geo/cell.ts";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { Services } from "#server/acts/services.ts";
import { createStreetLookup } from "#server/records/import/street-of-point.ts";
import type { NewEvent } from "#server/records/queries/event-arrays.ts";
import { keepStreets } from "#tests/support/kept-graph.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { blockOf, place } from "#tests/support/streets.ts";

const source = {
  name: "a.geojson",
  attribution: "© OpenStreetMap contributors",
} as const;

/** Streets of a block in Edmonton, and reports with a point beside those of the demonstration. */
export async function bringStreets(services: Services): Promise<void> {
  await keepStreets(services.config.dataFolder, buildGraph(blockOf(5)), source);
  const { streetOf } = createStreetLookup(await services.streets.now());
  const startsAt = Date.parse("2021-11-05T22:30Z");
  const at = (east: number, north: number, times: number): NewEvent[] => {
    const position = place(east, north);
    const street = streetOf({ position, placedBy: "point" });
    const event: NewEvent = {
      cell: cellAt(position, 10),
      kind: "complaint",
      source: "resident",
      category: "asb",
      startsAt,
      endsAt: startsAt,
      ...(street ? { street } : {}),
    };
    return Array.from({ length: times }, () => event);
  };
  const events = [...at(2, 2.5, 8), ...at(2, 3.5, 2), ...at(0.5, 0, 3)];
  await storeReports(services.db, events);
}
