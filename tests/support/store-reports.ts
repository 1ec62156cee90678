import { type Database, ownerActor } from "#server/db/database.ts";
import { createBatch, finishBatch } from "#server/records/queries/batches.ts";
import type { NewEvent } from "#server/records/queries/event-arrays.ts";
import { insertEvents } from "#server/records/queries/events.ts";

/** As one batch; answers its number. */
export async function storeReports(db: Database, events: readonly NewEvent[]): Promise<number> {
  return db.transaction(ownerActor, async (tx) => {
    const batch = await createBatch(tx, { person: "tests", fileName: "planted", profile: "plain" });
    const accepted = await insertEvents(tx, batch, events);
    await finishBatch(tx, batch, { rows: accepted, accepted, rejected: 0, duplicates: 0 });
    return batch;
  });
}
