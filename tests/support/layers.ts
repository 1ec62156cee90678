import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { createBatch } from "#server/records/queries/batches.ts";
import { insertEvents } from "#server/records/queries/events.ts";

/** One complaint for each of these wards, at Fore Street, in one batch. */
export function addEvents(db: Database, wards: readonly (string | null)[]): Promise<number> {
  const at = Date.UTC(2021, 9, 1, 20);
  return db.transaction(ownerActor, async (tx) => {
    const batch = await createBatch(tx, { person: "tester", fileName: "events.csv" });
    return insertEvents(
      tx,
      batch,
      wards.map((ward) => ({
        cell: cellAt([-0.0634, 51.6255], eventResolution),
        kind: "complaint",
        source: "resident",
        category: "asb",
        startsAt: at,
        endsAt: at,
        ...(ward === null ? {} : { ward }),
      })),
    );
  });
}

/** 77 hectares in Edmonton, well inside the command. */
export const edmontonRing: readonly (readonly [number, number])[] = [
  [-0.07, 51.62],
  [-0.06, 51.62],
  [-0.06, 51.63],
  [-0.07, 51.63],
  [-0.07, 51.62],
];

/** A GeoJSON file of one feature that is called Town. */
export function featureFile(geometry: unknown): string {
  const properties = { code: "A1", name: "Town" };
  return JSON.stringify({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties, geometry }],
  });
}
