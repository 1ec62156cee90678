import { open } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { type Tile, tilesOfArea } from "#core/geo/tiles/area-tiles.ts";
import type { TileSchema } from "#core/geo/tiles/street-tile.ts";
import type { Region } from "#core/places/place.ts";
import { attributionOf, schemaOf, schemas } from "#core/places/streets/source/schema.ts";
import { formatCount } from "#core/text/numbers.ts";
import { sizeWords } from "#core/text/size-words.ts";
import { roomIn } from "#server/disk-room.ts";
import {
  digestOf,
  dropPartial,
  openPartial,
  type Partial,
} from "#server/places/streets/archive/partial.ts";
import {
  openPmtiles,
  type PmtilesIndex,
  pmtilesWords,
  readExactly,
  type Stretch,
} from "#server/places/streets/archive/pmtiles.ts";
import {
  ArchiveChanged,
  createRangeSource,
  type RangeSource,
  shownAddress,
} from "#server/places/streets/archive/range-source.ts";
import {
  ArchiveFault,
  type ArchiveWords,
  BrokenDownload,
  type TileArchive,
} from "#server/places/streets/archive/tile-archive.ts";
import { elsewhereWords, otherSchemaWords, zoomsOf } from "#server/places/streets/read-tiles.ts";

export interface Download {
  readonly url: URL;
  readonly area: Region;
  readonly maxZoom?: number;
  /** Where what came is kept. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** Waits before a broken connection is tried again, in ms; after the last it is given up until the next command. */
  readonly waits?: readonly number[];
}

const usualWaits = [1_000, 4_000, 15_000];
const sayEveryMs = 2_000;

/** Tiles of an area in a file of their own, without directories. */
export interface AreaCopy {
  readonly path: string;
  readonly words: ArchiveWords;
  /** By zoom, column and row of a tile. */
  readonly places: ReadonlyMap<string, Stretch>;
}

/**
 * Copies only an area's tiles from a remote archive to the file beside; an interrupted download
 * resumes there. The file is kept for next time.
 */
export async function downloadArea(download: Download): Promise<AreaCopy> {
  try {
    return await downloadOnce(download);
  } catch (error) {
    if (!(error instanceof ArchiveChanged)) throw error;
    download.say(`${error.message} What came of it is dropped; starting over.`);
    await dropPartial(download.folder);
    return downloadOnce(download);
  }
}

async function downloadOnce(download: Download): Promise<AreaCopy> {
  const { url, folder, area, signal, say } = download;
  const source = createRangeSource(url, signal);
  const index = await openPmtiles(source);
  const words = pmtilesWords(index);
  const zooms = zoomsOf(words, download.maxZoom);
  const schema = words.layers && schemaOf(words.layers);
  if (schema === null && words.layers) throw new ArchiveFault(otherSchemaWords(words.layers));
  const wanted = await stretchesOf(index, download, zooms);
  if (!wanted.hasLargest) throw new ArchiveFault(elsewhereWords(words, area));
  refuseWithoutRoom(folder, wanted.octets);
  const identity = source.identity() ?? "";
  const plan = digestOf([zooms, wanted.runs]);
  const { octets } = wanted;
  const partial = await openPartial(folder, { url: url.href, identity, plan, octets });
  try {
    if (partial.dropped === "changed") {
      const name = `The archive at ${shownAddress(url)}`;
      say(`${name} has changed since a download of it broke off: starting over.`);
    }
    if (schema) say(licenceWords(words, schema, url));
    say(sizeLine(wanted, zooms, partial.done));
    await fill(partial, source, wanted, download);
    return { path: partial.path, words: { ...words, ...zooms }, places: wanted.places };
  } finally {
    await partial.close();
  }
}

interface Wanted {
  readonly tiles: number;
  /** Stretches of the remote file, none beside another, in its order. */
  readonly runs: readonly Stretch[];
  readonly octets: number;
  /** Where the tiles lie in the file beside. */
  readonly places: AreaCopy["places"];
  readonly hasLargest: boolean;
}

/** Each content once, however many tiles have it. */
async function stretchesOf(
  index: PmtilesIndex,
  { area, signal }: Download,
  { minZoom, maxZoom }: { readonly minZoom: number; readonly maxZoom: number },
): Promise<Wanted> {
  const found: { readonly key: string; readonly at: Stretch }[] = [];
  let hasLargest = false;
  for (const tile of tilesOfArea(area, minZoom, maxZoom)) {
    signal.throwIfAborted();
    const at = await index.locate(tile);
    if (at === null) continue;
    found.push({ key: keyOf(tile), at });
    hasLargest ||= tile.z === maxZoom;
  }
  const runs: { offset: number; length: number }[] = [];
  const copied = new Map<number, number>();
  let octets = 0;
  for (const { at } of found.toSorted((one, other) => one.at.offset - other.at.offset)) {
    if (copied.has(at.offset)) continue;
    const last = runs.at(-1);
    if (last && last.offset + last.length === at.offset) last.length += at.length;
    else runs.push({ ...at });
    copied.set(at.offset, octets);
    octets += at.length;
  }
  const places = new Map(
    found.map(({ key, at }) => [key, { offset: copied.get(at.offset) ?? 0, length: at.length }]),
  );
  return { tiles: found.length, runs, octets, places, hasLargest };
}

const keyOf = ({ z, x, y }: Tile) => `${z}/${x}/${y}`;

/** The copy and the archive that is made of it lie side by side for a moment. */
function refuseWithoutRoom(folder: string, octets: number): void {
  const room = roomIn(folder);
  if (room === null || room > 2.2 * octets) return;
  throw new ArchiveFault(
    `The disk of ${folder} has ${sizeWords(room)} left, and ${sizeWords(2.2 * octets)} are needed.`,
  );
}

function licenceWords({ attribution }: ArchiveWords, schema: TileSchema, url: URL): string {
  const { label, licence } = schemas[schema];
  return `${shownAddress(url)}: ${label}. Attribution, drawn on every map: ${attributionOf(attribution, schema)}. Licence: ${licence}.`;
}

function sizeLine(
  { tiles, octets }: Wanted,
  { minZoom, maxZoom }: { readonly minZoom: number; readonly maxZoom: number },
  done: number,
): string {
  const all = `${formatCount(tiles)} tiles of the area, zoom ${minZoom} to ${maxZoom}: ${sizeWords(octets)} to download, and nothing else is asked for`;
  return done === 0 ? `${all}.` : `${all}; ${sizeWords(done)} came before, going on from there.`;
}

/** Asks for what is missing, stretch by stretch. A connection that breaks is tried again while something comes. */
async function fill(
  partial: Partial,
  source: RangeSource,
  wanted: Wanted,
  { say, waits = usualWaits }: Download,
): Promise<void> {
  let done = Math.min(partial.done, wanted.octets);
  let saidAt = Date.now();
  const take = async (octets: Uint8Array) => {
    await partial.append(octets);
    done += octets.length;
    if (Date.now() - saidAt < sayEveryMs) return;
    saidAt = Date.now();
    say(progressWords(done, wanted.octets));
  };
  for (let failures = 0; done < wanted.octets; ) {
    const before = done;
    try {
      await takeRest(wanted.runs, done, source, take);
    } catch (error) {
      if (!(error instanceof BrokenDownload)) throw error;
      failures = done > before ? 0 : failures + 1;
      const wait = waits[failures];
      if (wait === undefined) {
        const came = `${progressWords(done, wanted.octets)} are kept`;
        const words = `${error.message} ${came}: run the same command again to continue.`;
        throw new BrokenDownload(words, { cause: error });
      }
      say(`${error.message} ${progressWords(done, wanted.octets)}; trying again.`);
      await setTimeout(wait);
    }
  }
  say(progressWords(done, wanted.octets));
}

async function takeRest(
  runs: readonly Stretch[],
  done: number,
  source: RangeSource,
  take: (octets: Uint8Array) => Promise<void>,
): Promise<void> {
  let skip = done;
  for (const { offset, length } of runs) {
    if (skip >= length) {
      skip -= length;
      continue;
    }
    const rest = { offset: offset + skip, length: length - skip };
    skip = 0;
    for await (const octets of source.stream(rest)) await take(octets);
  }
}

export function progressWords(done: number, all: number): string {
  return `${sizeWords(done)} of ${sizeWords(all)} (${Math.floor((100 * done) / all)}%)`;
}

/** Opens what was copied, for a look at its tiles. */
export async function openCopy({ path, words, places }: AreaCopy): Promise<TileArchive> {
  const handle = await open(path);
  return {
    ...words,
    read: async (tile) => {
      const place = places.get(keyOf(tile));
      return place ? readExactly(handle, place.offset, place.length) : null;
    },
    close: () => handle.close(),
  };
}
