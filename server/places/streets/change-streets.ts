import { rename, rm, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Region } from "#core/places/place.ts";
import type { StreetFile } from "#core/places/streets/street-file.ts";
import type { Actor } from "#core/role.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import type { ActServices } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { archivePath, holdingFolder } from "#server/places/basemap/basemap-folder.ts";
import { downloadArea } from "#server/places/basemap/download-area.ts";
import { brokenOffFrom, dropPartial } from "#server/places/basemap/partial.ts";
import { archiveAddress, planetBuilds } from "#server/places/basemap/planet-builds.ts";
import { MissingArchive, shownAddress } from "#server/places/basemap/range-source.ts";
import type { TileArchive } from "#server/places/basemap/tile-archive.ts";
import { withWayBack } from "#server/places/basemap/way-back.ts";
import { loadAreas, loadGazetteer } from "#server/places/queries/areas.ts";
import { streetsFile } from "#server/places/streets/keep-streets.ts";
import {
  type Draft,
  prepareLines,
  prepareTiles,
  type StreetsWish,
} from "#server/places/streets/prepare.ts";
import { type InDatabase, readSource } from "#server/places/streets/read-source.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

type Services = ActServices & { readonly signal: AbortSignal };

export interface AddedStreets extends Draft {
  /** Lines of a file that lie elsewhere. */
  readonly outside: number;
}

export interface StreetsGiven {
  readonly path: string;
  /** The line that the source asks for, where the file does not say it. */
  readonly licence: string | null;
  /** Of a GeoPackage; null for the one with roads. */
  readonly layer: string | null;
}

/** Streets of a file take the place of those that were kept, with all that it allows; or nothing changes. */
export async function addStreets(
  services: Services,
  actor: Actor,
  { path, licence, layer }: StreetsGiven,
): Promise<AddedStreets> {
  const { db, signal } = services;
  return inPlace(services, async (place) => {
    const wish = { ...place, signal, source: cleanFileName(basename(path)) };
    const inDatabase: InDatabase = (work) => db.transaction(systemActor, work);
    const tools = { inDatabase, layer, signal, region: place.area, folder: place.folder };
    const made = await readSource(path, tools, {
      tiles: async (archive) => ({ outside: 0, draft: await prepareTiles(archive, wish) }),
      lines: async (file: StreetFile) => ({
        outside: file.outside,
        draft: await prepareLines({ ...file, attribution: licence ?? file.attribution }, wish),
      }),
    });
    await keep(services, actor, made.draft);
    return { ...made.draft, outside: made.outside };
  });
}

export interface GetWish {
  /** Null for the newest build of the planet. */
  readonly address: string | null;
  readonly maxZoom: number;
  readonly say: (line: string) => void;
  /** As in `Download`. */
  readonly waits?: readonly number[];
}

/** The same of the area's tiles of an archive behind an address. */
export async function getStreets(
  services: Services,
  actor: Actor,
  wish: GetWish,
): Promise<AddedStreets> {
  return inPlace(services, async (place) => {
    const { folder } = place;
    const { archive, url } = await download(services, wish, place);
    try {
      const source = shownAddress(url);
      const draft = await prepareTiles(archive, { ...place, ...services, source }).catch(
        async (error: unknown) => {
          // What came is no good: going on with it would end here again.
          if (error instanceof ArchiveFault) await dropPartial(folder);
          throw error;
        },
      );
      await keep(services, actor, draft);
      await dropPartial(folder);
      return { ...draft, outside: 0 };
    } finally {
      await archive.close();
    }
  });
}

/** Of several addresses the first that is there. */
async function download(
  { signal }: Services,
  { address, maxZoom, say, waits }: GetWish,
  { area, folder }: Pick<StreetsWish, "area" | "folder">,
): Promise<{ readonly archive: TileArchive; readonly url: URL }> {
  const urls =
    address === null
      ? planetBuilds(Date.now(), await brokenOffFrom(folder))
      : [archiveAddress(address)];
  let missing: MissingArchive | null = null;
  for (const url of urls) {
    try {
      const wish = { area, folder, url, maxZoom, signal, say, ...(waits ? { waits } : {}) };
      return { archive: await downloadArea(wish), url };
    } catch (error) {
      if (!(error instanceof MissingArchive)) throw error;
      missing = error;
    }
  }
  throw missing ?? new RangeError("No address to ask");
}

/** Takes tiles and graph away, and what is left of a download; whether there were any. */
export async function removeStreets(services: Services, actor: Actor): Promise<boolean> {
  const { config, addDetail } = services;
  const [tiles, graph] = [archivePath(config), streetsFile(config.dataFolder)];
  return holdingFolder(config, async (folder) => {
    const there = await Promise.all([tiles, graph].map((path) => stat(path).catch(() => null)));
    const removed = there.some((one) => one !== null);
    await changing(services, actor, async () => {
      addDetail({ removed });
      for (const path of [tiles, graph]) await rm(path, { force: true });
    });
    await dropPartial(folder);
    return removed;
  });
}

async function inPlace<Made>(
  { config, db }: Services,
  work: (place: Pick<StreetsWish, "folder" | "roads"> & { readonly area: Region }) => Promise<Made>,
): Promise<Made> {
  const { areas, roads } = await db.transaction(systemActor, async (tx) => ({
    areas: await loadAreas(tx),
    roads: (await loadGazetteer(tx)).roads,
  }));
  const area = importRegion(config, areas);
  return holdingFolder(config, (folder) => work({ area, roads, folder }));
}

/** Both files take their places in the transaction that writes the act's line: all, or none. */
async function keep(services: Services, actor: Actor, draft: Draft): Promise<void> {
  const { config, addDetail } = services;
  const { tiles, bytes, maxZoom, schema, segments } = draft.result;
  try {
    await changing(services, actor, async () => {
      addDetail({ tiles, bytes, maxZoom, schema, version: draft.version, segments });
      await rename(draft.tiles, archivePath(config));
      await rename(draft.graph, streetsFile(config.dataFolder));
    });
  } finally {
    for (const path of [draft.tiles, draft.graph]) await rm(path, { force: true });
  }
}

async function changing(
  { db, config }: Services,
  actor: Actor,
  change: () => Promise<void>,
): Promise<void> {
  await withWayBack(archivePath(config), () =>
    withWayBack(streetsFile(config.dataFolder), () => db.transaction(actor, change)),
  );
}
