import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Services } from "#server/acts/services.ts";
import { silentNotes } from "#server/acts/services.ts";
import { type Database, systemActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { addStreets } from "#server/places/streets/change-streets.ts";
import { createStreets } from "#server/places/streets/streets.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { testServices } from "#tests/support/app.ts";
import { pmtilesOf, type SceneOptions, sceneTiles } from "#tests/support/archives.ts";

/** Keeps the tiles of an archive in the data folder of a server that runs, as `streets add` does. */
export async function keepStreets(services: Services, file: string): Promise<void> {
  const { signal } = new AbortController();
  const given = { path: file, licence: null, layer: null };
  await addStreets({ ...services, ...silentNotes, actor: systemActor, signal }, given);
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

/** The demonstration in a database of its own, loaded after the streets of an archive came into the data folder. */
export async function fillDemoOnStreets(
  db: Database,
  dataFolder: string,
  file: string,
): Promise<void> {
  const own = await testServices(db);
  const services = {
    ...own,
    config: { ...own.config, dataFolder },
    streets: createStreets(dataFolder),
  };
  await fillPlaces(db);
  await keepStreets(services, file);
  await loadDemo(services, () => undefined);
}
