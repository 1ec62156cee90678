import { randomBytes } from "node:crypto";
import { copyFile, link, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { cleanFileName } from "#core/text/file-name.ts";
import type { Act } from "#server/acts/services.ts";
import { announcementChannel, systemActor } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { loadAreas, loadGazetteer } from "#server/places/areas.ts";
import {
  type AreaCopy,
  type Download,
  downloadArea,
} from "#server/places/streets/archive/download-area.ts";
import { brokenOff, dropPartial } from "#server/places/streets/archive/partial.ts";
import {
  archiveAddress,
  MissingArchive,
  planetBuilds,
  shownAddress,
} from "#server/places/streets/archive/range-source.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import { ifThere } from "#server/places/streets/kept-file.ts";
import type { Draft, StreetsRequest } from "#server/places/streets/prepare.ts";
import { prepareInThread } from "#server/places/streets/prepare-in-thread.ts";
import { holdingFolder, streetsFile } from "#server/places/streets/streets.ts";
import { importRegion } from "#server/places/ward-lookup.ts";

type StreetsAct = Act & { readonly signal: AbortSignal };

interface GivenStreets {
  readonly path: string;
  /** The line that the source asks for, where the file does not say it. */
  readonly licence: string | null;
  /** Of a GeoPackage; null for the one with roads. */
  readonly layer: string | null;
}

/** Streets of a file replace those that were kept, with all that it allows; or nothing changes. */
export function addStreets(act: StreetsAct, { path, licence, layer }: GivenStreets) {
  return inPlace(act, async (place) => {
    const source = cleanFileName(basename(path));
    const work = { ...place, source, licence, given: { path, layer } };
    return keep(act, await prepareInThread(work, act.signal));
  });
}

interface WantedDownload extends Pick<Download, "say" | "waits"> {
  /** Null for the newest build of the planet. */
  readonly address: string | null;
  readonly maxZoom: number;
}

/** The same of the area's tiles of an archive behind an address. */
export function getStreets(act: StreetsAct, wanted: WantedDownload): Promise<Draft> {
  return inPlace(act, async (place) => {
    const { copy, url } = await download(act, wanted, place);
    const work = { ...place, source: shownAddress(url), given: copy };
    const draft = await prepareInThread(work, act.signal).catch(async (error: unknown) => {
      // The data is corrupt: resuming would fail here again.
      if (error instanceof ArchiveFault) await dropPartial(place.folder);
      throw error;
    });
    await keep(act, draft);
    await dropPartial(place.folder);
    return draft;
  });
}

/** Of several addresses the first that is there. */
async function download(
  { signal }: StreetsAct,
  { address, ...wanted }: WantedDownload,
  { area, folder }: Place,
): Promise<{ readonly copy: AreaCopy; readonly url: URL }> {
  const urls =
    address === null
      ? planetBuilds(Date.now(), (await brokenOff(folder))?.url ?? null)
      : [archiveAddress(address)];
  let missing: MissingArchive | null = null;
  for (const url of urls) {
    try {
      return { copy: await downloadArea({ area, folder, url, signal, ...wanted }), url };
    } catch (error) {
      if (!(error instanceof MissingArchive)) throw error;
      missing = error;
    }
  }
  throw missing ?? new RangeError("No address to ask");
}

/** Takes tiles and graph away, and what is left of a download; whether there were any. */
export function removeStreets(act: StreetsAct): Promise<boolean> {
  const path = streetsFile(act.config.dataFolder);
  return holdingFolder(act.config, async (folder) => {
    const removed = (await ifThere(stat(path))) !== null;
    await changing(act, async () => {
      act.addDetail({ removed });
      await rm(path, { force: true });
    });
    await dropPartial(folder);
    return removed;
  });
}

type Place = Pick<StreetsRequest, "area" | "command" | "roads" | "folder">;

async function inPlace<Made>({ config, db }: StreetsAct, work: (place: Place) => Promise<Made>) {
  const { areas, roads } = await db.transaction(systemActor, async (tx) => ({
    areas: await loadAreas(tx),
    roads: (await loadGazetteer(tx)).roads,
  }));
  const area = importRegion(config, areas);
  const command = importRegion(config, areas, 0);
  return holdingFolder(config, (folder) => work({ area, command, roads, folder }));
}

/** The file takes its place in the transaction that writes the act's line: both, or none. */
async function keep(act: StreetsAct, draft: Draft): Promise<Draft> {
  const { tiles, bytes, maxZoom, schema, segments } = draft.result;
  try {
    await changing(act, async () => {
      act.addDetail({ tiles, bytes, maxZoom, schema, version: draft.version, segments });
      await rename(draft.path, streetsFile(act.config.dataFolder));
    });
    return draft;
  } finally {
    await rm(draft.path, { force: true });
  }
}

async function changing({ db, config, actor }: StreetsAct, change: () => Promise<void>) {
  await withWayBack(streetsFile(config.dataFolder), () =>
    db.transaction(actor, async (tx) => {
      await change();
      // Open maps redraw at once.
      await tx.run(sql`select pg_notify(${announcementChannel}, 'streets')`);
    }),
  );
}

/**
 * Changes a file together with something that may fail after it, such as a transaction: on failure
 * the file is restored, or absent again.
 */
async function withWayBack(path: string, work: () => Promise<void>): Promise<void> {
  const before = join(dirname(path), `before-${randomBytes(6).toString("hex")}.tmp`);
  // A hard link, or a copy on a disk without hard links.
  const beside = link(path, before).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw error;
    return copyFile(path, before);
  });
  const was = (await ifThere(beside)) !== null;
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
