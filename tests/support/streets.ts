import { silentNotes } from "#server/acts/notes.ts";
import type { Services } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { addArchive } from "#server/places/basemap/add-archive.ts";

/** Keeps the tiles of an archive in the data folder of a server that runs, as `basemap add` does. */
export async function keepStreets(services: Services, file: string): Promise<void> {
  const { signal } = new AbortController();
  await addArchive({ ...services, ...silentNotes, signal }, systemActor, file);
}
