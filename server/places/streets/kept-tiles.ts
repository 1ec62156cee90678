import { createHash } from "node:crypto";
import type { Stats } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { z } from "zod";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import { type TileSchema, tileSchemas } from "#core/geo/tiles/street-tile.ts";
import { type ShownBasemap, shownBasemap } from "#core/places/wire/places.ts";
import { largestPartnerZoom } from "#core/places/wire/streets.ts";
import type { Actor } from "#core/role.ts";
import type { Config } from "#server/config.ts";
import {
  openHandle,
  openPmtiles,
  type PmtilesIndex,
  readExactly,
} from "#server/places/streets/archive/pmtiles.ts";
import { ArchiveFault } from "#server/places/streets/archive/tile-archive.ts";
import { ifThere } from "#server/places/streets/graph-file.ts";
import { archivePath, stampOf } from "#server/places/streets/streets.ts";

/** Tiles of another make are to be brought in again. */
export const ownFormat = 2;
export const versionLength = 12;

interface Asking {
  readonly config: Pick<Config, "dataFolder" | "basemap">;
}

/** What is kept, by its own words. */
export interface Kept {
  readonly shown: ShownBasemap;
  /** Null for tiles that were cut from lines. */
  readonly schema: TileSchema | null;
  readonly tiles: number;
  readonly bytes: number;
  /** The file or address that it came from. */
  readonly source: string;
  /** SHA-256 of its tiles as they were written. */
  readonly hash: string;
}

interface Held {
  /** Which file it is: another, or the same written again, has another. */
  readonly key: string;
  readonly index: PmtilesIndex;
  readonly kept: Kept;
}

/** Directories of the archive that was last read, by its path; a change is seen at the next question. */
const held = new Map<string, Held>();

/** What the page is told; a damaged archive is as good as none, and the built-in map takes its place. */
export async function shownBasemapOf({ config }: Asking): Promise<ShownBasemap | null> {
  if (config.basemap === "none") return null;
  return unlessDamaged(() => withArchive(config, async ({ kept }) => kept.shown));
}

/** The same as far as a person may ask for it. */
export async function shownBasemapFor(act: Asking & { readonly actor: Pick<Actor, "role"> }) {
  const shown = await shownBasemapOf(act);
  return shown && { ...shown, maxZoom: Math.min(shown.maxZoom, largestZoomFor(act.actor)) };
}

/** Of the tiles that a person's page may ask for. */
export function largestZoomFor({ role }: Pick<Actor, "role">): number {
  return role === "partner" ? largestPartnerZoom : Number.POSITIVE_INFINITY;
}

interface KeptTile {
  readonly version: string;
  /** Packed with gzip, as it is kept; null where there is none. */
  readonly packed: Uint8Array | null;
}

/** A tile straight from the disk; null without a whole archive. */
export async function readTile(where: Asking["config"], tile: Tile): Promise<KeptTile | null> {
  if (where.basemap === "none") return null;
  return unlessDamaged(() =>
    withArchive(where, async ({ index, kept }, handle) => {
      const found = await index.locate(tile);
      const packed = found && (await readExactly(handle, found.offset, found.length));
      return { version: kept.shown.version, packed };
    }),
  );
}

async function unlessDamaged<Made>(work: () => Promise<Made | null>): Promise<Made | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArchiveFault) return null;
    throw error;
  }
}

/**
 * The archive for one question. The file is opened for each, so that nothing stands in the way of another that takes its
 * place; its directories are read once. Null without one.
 */
export async function withArchive<Made>(
  where: Pick<Config, "dataFolder">,
  work: (held: Held, handle: FileHandle) => Promise<Made>,
): Promise<Made | null> {
  const path = archivePath(where);
  const handle = await ifThere(open(path));
  if (handle === null) {
    held.delete(path);
    return null;
  }
  try {
    const stats = await handle.stat();
    let known = held.get(path);
    if (known?.key !== stampOf(stats)) {
      known = await look(handle, stats);
      held.set(path, known);
    }
    return await work(known, handle);
  } finally {
    await handle.close();
  }
}

/** All but the tiles: what is asked for later is at hand, whichever file is open then. */
async function look(handle: FileHandle, stats: Stats): Promise<Held> {
  const [{ size }, key] = [stats, stampOf(stats)];
  const { tileDataOffset, jsonMetadataOffset } = (await openHandle(handle, key)).header;
  const head = await readExactly(handle, 0, tileDataOffset);
  const tail = await readExactly(handle, jsonMetadataOffset, size - jsonMetadataOffset);
  const index = await openPmtiles({
    getKey: () => key,
    getBytes: async (offset, length) => {
      const isTail = offset >= jsonMetadataOffset;
      const from = isTail ? offset - jsonMetadataOffset : offset;
      return { data: Uint8Array.from((isTail ? tail : head).subarray(from, from + length)).buffer };
    },
  });
  return { key, index, kept: keptOf(index, size) };
}

const ownWords = z.object({
  ...shownBasemap.pick({ names: true, segments: true, named: true, roads: true }).shape,
  format: z.literal(ownFormat),
  schema: z.enum(tileSchemas).nullable(),
  source: z.string(),
  hash: z.string(),
  attribution: z.string().nullable(),
});

function keptOf({ header, metadata }: PmtilesIndex, bytes: number): Kept {
  const own = ownWords.safeParse(metadata["boxster"]);
  if (!own.success) {
    throw new ArchiveFault(
      "The tiles of streets in the data folder were not written by this version of Boxster: bring the streets in again.",
    );
  }
  const { schema, source, hash, attribution, names, segments, named, roads } = own.data;
  const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat, numAddressedTiles } = header;
  return {
    shown: {
      ...{ minZoom, maxZoom, names, segments, named, roads, version: hash.slice(0, versionLength) },
      ...{ attribution: attribution ?? "", bounds: [minLon, minLat, maxLon, maxLat] },
    },
    ...{ schema, source, hash, bytes, tiles: numAddressedTiles },
  };
}

/** Whether the tiles on the disk are still those that were written. */
export async function isWhole(where: Pick<Config, "dataFolder">): Promise<boolean> {
  const whole = await withArchive(where, async ({ index: { header }, kept }, handle) => {
    const hash = createHash("sha256");
    const end = header.tileDataOffset + (header.tileDataLength ?? 0);
    for (let at = header.tileDataOffset; at < end; at += chunkLength) {
      hash.update(await readExactly(handle, at, Math.min(chunkLength, end - at)));
    }
    return hash.digest("hex") === kept.hash;
  });
  return whole ?? false;
}

const chunkLength = 1024 * 1024;
