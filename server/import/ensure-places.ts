import { type Database, systemActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";

/** Without the command's boroughs no event can be placed; a new database may not have them yet. */
export async function ensurePlaces(db: Database): Promise<void> {
  const [row] = await db.transaction(systemActor, (tx) =>
    tx.query<{ filled: boolean }>('select exists (select from area where in_command) as "filled"'),
  );
  if (!row?.filled) await fillPlaces(db);
}
