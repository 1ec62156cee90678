import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import type { ShownBasemap } from "#core/places/wire/places.ts";
import { largestPartnerZoom } from "#core/places/wire/streets.ts";
import type { Actor } from "#core/role.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Config } from "#server/config.ts";
import {
  ifThere,
  type KeptFile,
  keyOf,
  readKeptFile,
  readOctets,
} from "#server/places/streets/kept-file.ts";
import { stampOf, streetsFile } from "#server/places/streets/streets.ts";

interface Asking {
  readonly config: Pick<Config, "dataFolder" | "basemap">;
}
interface Held extends Omit<KeptFile, "graph"> {
  /** Which file it is: another, or the same written again, has another. */
  readonly stamp: string;
}

/** What the file that was last read says of itself, by its path; a change is seen at the next question. */
const held = new Map<string, Held>();

export function versionOf(tilesHash: string): string {
  return tilesHash.slice(0, 12);
}

/** What the page is told; a damaged file is as good as none, and the built-in map takes its place. */
export function shownBasemapOf({ config }: Asking): Promise<ShownBasemap | null> {
  return unlessDamaged(config, async ({ words, places, tilesHash }) => {
    const { schema: _, source: __, attribution, ...shown } = words;
    if (places.size === 0) return null;
    return { ...shown, attribution: attribution ?? "", version: versionOf(tilesHash) };
  });
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

/** A tile straight from the disk; null without a whole file. */
export function readTile(where: Asking["config"], tile: Tile): Promise<KeptTile | null> {
  return unlessDamaged(where, async ({ places, tilesHash }, file) => {
    const place = places.get(keyOf(tile));
    const packed = place ? await readOctets(file, place.offset, place.length) : null;
    return { version: versionOf(tilesHash), packed };
  });
}

async function unlessDamaged<Made>(
  where: Asking["config"],
  work: (held: Held, file: FileHandle) => Promise<Made | null>,
): Promise<Made | null> {
  if (where.basemap === "none") return null;
  try {
    return await withKept(where, work);
  } catch (error) {
    if (error instanceof FileFault) return null;
    throw error;
  }
}

/** The file is opened for each question, so that nothing stands in the way of another that takes its place. Null without one. */
async function withKept<Made>(
  { dataFolder }: Pick<Config, "dataFolder">,
  work: (held: Held, file: FileHandle) => Promise<Made>,
): Promise<Made | null> {
  const path = streetsFile(dataFolder);
  const file = await ifThere(open(path));
  if (file === null) return null;
  try {
    const stamp = stampOf(await file.stat());
    let known = held.get(path);
    if (known?.stamp !== stamp) {
      const { graph: _, ...kept } = await readKeptFile(file);
      known = { ...kept, stamp };
      held.set(path, known);
    }
    return await work(known, file);
  } finally {
    await file.close();
  }
}

/** Whether the tiles on the disk are still those that were written. */
export async function isWhole(where: Pick<Config, "dataFolder">): Promise<boolean> {
  const whole = await withKept(where, async ({ tilesLength, tilesHash }, file) => {
    const hash = createHash("sha256");
    for (let at = 0; at < tilesLength; at += chunkLength) {
      hash.update(await readOctets(file, at, Math.min(chunkLength, tilesLength - at)));
    }
    return hash.digest("hex") === tilesHash;
  });
  return whole ?? false;
}

const chunkLength = 1024 * 1024;
