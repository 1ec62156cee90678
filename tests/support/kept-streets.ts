import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Services } from "#server/acts/services.ts";
import { silentNotes } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { addArchive } from "#server/places/basemap/add-archive.ts";
import { pmtilesOf, type SceneOptions, sceneTiles } from "#tests/support/archives.ts";

/** Keeps the tiles of an archive in the data folder of a server that runs, as `basemap add` does. */
export async function keepStreets(services: Services, file: string): Promise<void> {
  const { signal } = new AbortController();
  await addArchive({ ...services, ...silentNotes, signal }, systemActor, file);
}

/** The same with a few streets about Fore Street. */
export async function keepScene(services: Services, options: SceneOptions = {}): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "boxster-scene-"));
  try {
    const file = join(folder, "scene.pmtiles");
    await writeFile(file, pmtilesOf(sceneTiles(options)));
    await keepStreets(services, file);
  } finally {
    await rm(folder, { recursive: true });
  }
}
