import { randomBytes } from "node:crypto";
import { copyFile, link, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Actor } from "#core/role.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import type { ActServices } from "#server/acts/services.ts";
import { announcementChannel, systemActor } from "#server/db/database.ts";
import { loadAreas, loadGazetteer } from "#server/places/areas.ts";
import { type AreaCopy, downloadArea } from "#server/places/streets/archive/download-area.ts";
import { brokenOff, dropPartial } from "#server/places/streets/archive/partial.ts";
import {
  archiveAddress,
  MissingArchive,
  planetBuilds,
  shownAddress,
} from "#server/places/streets/archive/range-source.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import type { Draft, StreetsWish } from "#server/places/streets/prepare.ts";
import { prepareInThread } from "#server/places/streets/prepare-in-thread.ts";
import { kindOfFile, readLayer } from "#server/places/streets/read-source.ts";
import { archivePath, holdingFolder, streetsFile } from "#server/places/streets/streets.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

type Services = ActServices & { readonly signal: AbortSignal };

interface StreetsGiven {
  readonly path: string;
  /** The line that the source asks for, where the file does not say it. */
  readonly licence: string | null;
  /** Of a GeoPackage; null for the one with roads. */
  readonly layer: string | null;
}

/** Streets of a file replace those that were kept, with all that it allows; or nothing changes. */
export async function addStreets(
  services: Services,
  actor: Actor,
  { path, licence, layer }: StreetsGiven,
): Promise<Draft> {
  const { db, signal } = services;
  return inPlace(services, async (place) => {
    const isPackage = (await kindOfFile(path)) === "geopackage";
    if (layer !== null && !isPackage) {
      throw new FileFault("only a GeoPackage has layers to choose from: leave --layer out");
    }
    const tools = { layer, signal, region: place.area, folder: place.folder };
    const lines =
      isPackage && (await readLayer(path, tools, (work) => db.transaction(systemActor, work)));
    const given = lines
      ? ({ kind: "lines", file: { ...lines, attribution: licence } } as const)
      : ({ kind: "file", path, licence } as const);
    const source = cleanFileName(basename(path));
    const draft = await prepareInThread({ ...place, source, given }, signal);
    await keep(services, actor, draft);
    return draft;
  });
}

interface GetWish {
  /** Null for the newest build of the planet. */
  readonly address: string | null;
  readonly maxZoom: number;
  readonly say: (line: string) => void;
  /** As in `Download`. */
  readonly waits?: readonly number[];
}

/** The same of the area's tiles of an archive behind an address. */
export async function getStreets(services: Services, actor: Actor, wish: GetWish): Promise<Draft> {
  const { signal } = services;
  return inPlace(services, async (place) => {
    const { copy, url } = await download(services, wish, place);
    const given = { kind: "copy", copy } as const;
    const source = shownAddress(url);
    const draft = await prepareInThread({ ...place, source, given }, signal).catch(
      async (error: unknown) => {
        // What came is no good: going on with it would end here again.
        if (error instanceof ArchiveFault) await dropPartial(place.folder);
        throw error;
      },
    );
    await keep(services, actor, draft);
    await dropPartial(place.folder);
    return draft;
  });
}

/** Of several addresses the first that is there. */
async function download(
  { signal }: Services,
  { address, maxZoom, say, waits }: GetWish,
  { area, folder }: Pick<StreetsWish, "area" | "folder">,
): Promise<{ readonly copy: AreaCopy; readonly url: URL }> {
  const urls =
    address === null
      ? planetBuilds(Date.now(), (await brokenOff(folder))?.url ?? null)
      : [archiveAddress(address)];
  let missing: MissingArchive | null = null;
  for (const url of urls) {
    try {
      const wish = { area, folder, url, maxZoom, signal, say, ...(waits ? { waits } : {}) };
      return { copy: await downloadArea(wish), url };
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
  work: (place: Pick<StreetsWish, "area" | "command" | "folder" | "roads">) => Promise<Made>,
): Promise<Made> {
  const { areas, roads } = await db.transaction(systemActor, async (tx) => ({
    areas: await loadAreas(tx),
    roads: (await loadGazetteer(tx)).roads,
  }));
  const area = importRegion(config, areas);
  const command = importRegion(config, areas, 0);
  return holdingFolder(config, (folder) => work({ area, command, roads, folder }));
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
    withWayBack(streetsFile(config.dataFolder), () =>
      db.transaction(actor, async (tx) => {
        await change();
        // Maps that are open draw them at once.
        await tx.query("select pg_notify($1::text, 'streets')", [announcementChannel]);
      }),
    ),
  );
}

/**
 * Changes a file together with something that may fail after it, such as a transaction: then the file is again what it
 * was before, or is not there.
 */
async function withWayBack(path: string, work: () => Promise<void>): Promise<void> {
  const before = join(dirname(path), `before-${randomBytes(6).toString("hex")}.tmp`);
  const was = await keepBeside(path, before);
  try {
    await work();
  } catch (error) {
    if (was) await rename(before, path);
    else await rm(path, { force: true });
    throw error;
  } finally {
    await rm(before, { force: true });
  }
}

/** A second name of the same file, or a copy on a disk that knows no second names; false where there is no file. */
async function keepBeside(path: string, before: string): Promise<boolean> {
  try {
    await link(path, before).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") throw error;
      return copyFile(path, before);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
