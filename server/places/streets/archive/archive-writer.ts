import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { PbfWriter } from "pbf";
import { zxyToTileId } from "pmtiles";
import type { Bounds } from "#core/geo/bounds.ts";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import { compressions } from "#server/places/streets/archive/tile-archive.ts";

/** What our own archives say of themselves beside what the format wants. */
export interface KeptWords {
  readonly attribution: string;
  readonly layers: readonly string[];
  readonly minZoom: number;
  readonly maxZoom: number;
  readonly bounds: Bounds;
  /** Under `boxster`, with the hash of the tiles. */
  readonly own: Readonly<Record<string, unknown>>;
}

/** Header and root directory have to be within these; leaves take what does not fit. */
const headRoom = 16_384;
const headerLength = 127;
const entriesOfLeaf = 4_096;

interface Entry {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Writes one PMTiles 3 archive (specification 3), clustered. Tiles come first, as they are read; directories and metadata
 * follow when all are known.
 */
export async function createArchive(path: string) {
  const handle = await open(path, "wx", 0o600);
  const entries: Entry[] = [];
  const hash = createHash("sha256");
  let length = 0;
  return {
    /** Tiles packed with gzip, in the order of their ids: zoom by zoom, along Hilbert's curve. */
    add: async ({ z, x, y }: Tile, packed: Uint8Array) => {
      const id = zxyToTileId(z, x, y);
      const last = entries.at(-1);
      if (last && id <= last.id) throw new RangeError("Tiles must come in order of id");
      entries.push({ id, offset: length, length: packed.length });
      hash.update(packed);
      await writeAll(handle, packed, headRoom + length);
      length += packed.length;
    },
    /** Writes the rest and makes sure that the disk has it; with the SHA-256 of the tiles, in hexadecimal. */
    finish: async (words: KeptWords) => {
      const digest = hash.digest("hex");
      const { root, leaves } = directoriesOf(entries);
      const about = {
        ...{ name: "Boxster", type: "baselayer", attribution: words.attribution },
        vector_layers: words.layers.map((id) => ({ id, fields: {} })),
        boxster: { ...words.own, hash: digest },
      };
      const json = gzipSync(JSON.stringify(about));
      const [jsonAt, leavesAt] = [headRoom + length, headRoom + length + json.length];
      const header = headerOf(words, [
        ...[headerLength, root.length, jsonAt, json.length, leavesAt, leaves.length],
        ...[headRoom, length, entries.length, entries.length, entries.length],
      ]);
      await writeAll(handle, Buffer.concat([json, leaves]), jsonAt);
      await writeAll(handle, Buffer.concat([header, root]), 0);
      await handle.sync();
      await handle.close();
      return { tiles: entries.length, bytes: leavesAt + leaves.length, hash: digest };
    },
    /** Without finishing; after it, nothing. */
    close: () => handle.close(),
  };
}

export function inOrder(tiles: Iterable<Tile>): readonly Tile[] {
  const idOf = ({ z, x, y }: Tile) => zxyToTileId(z, x, y);
  return [...tiles].sort((one, other) => idOf(one) - idOf(other));
}

async function writeAll(handle: FileHandle, octets: Uint8Array, from: number): Promise<void> {
  let done = 0;
  while (done < octets.length) {
    done += (await handle.write(octets, done, octets.length - done, from + done)).bytesWritten;
  }
}

function directoriesOf(entries: readonly Entry[]): { root: Uint8Array; leaves: Uint8Array } {
  const whole = directoryOf(entries, 1);
  if (headerLength + whole.length <= headRoom) return { root: whole, leaves: new Uint8Array() };
  const leaves: Uint8Array[] = [];
  const pointers: Entry[] = [];
  let offset = 0;
  for (let from = 0; from < entries.length; from += entriesOfLeaf) {
    const leaf = directoryOf(entries.slice(from, from + entriesOfLeaf), 1);
    pointers.push({ id: entries[from]?.id ?? 0, offset, length: leaf.length });
    leaves.push(leaf);
    offset += leaf.length;
  }
  return { root: directoryOf(pointers, 0), leaves: Buffer.concat(leaves) };
}

/**
 * Columns of varints, ids by their steps; an offset of 0 says "right behind the one before". A run of 1 is a tile, one of 0 a
 * leaf.
 */
function directoryOf(entries: readonly Entry[], run: 0 | 1): Uint8Array {
  const numbers = [entries.length];
  for (const [at, { id }] of entries.entries()) numbers.push(id - (entries[at - 1]?.id ?? 0));
  for (const _ of entries) numbers.push(run);
  for (const { length } of entries) numbers.push(length);
  for (const [at, { offset }] of entries.entries()) {
    const before = entries[at - 1];
    numbers.push(before && before.offset + before.length === offset ? 0 : offset + 1);
  }
  const writer = new PbfWriter();
  for (const number of numbers) writer.writeVarint(number);
  return gzipSync(writer.finish());
}

const vectorTiles = 1;

/** With the places and counts of its parts in the order of the format. */
function headerOf({ bounds, minZoom, maxZoom }: KeptWords, numbers: readonly number[]): Uint8Array {
  const header = Buffer.alloc(headerLength);
  header.write("PMTiles", "latin1");
  header[7] = 3;
  for (const [index, number] of numbers.entries()) {
    header.writeBigUInt64LE(BigInt(number), 8 + 8 * index);
  }
  const clustered = 1;
  header.set([clustered, compressions.gzip, compressions.gzip, vectorTiles, minZoom, maxZoom], 96);
  const { west, south, east, north } = bounds;
  const middle = [(west + east) / 2, (south + north) / 2];
  for (const [index, degrees] of [west, south, east, north].entries()) {
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * index);
  }
  header[118] = Math.min(maxZoom, 12);
  for (const [index, degrees] of middle.entries()) {
    header.writeInt32LE(Math.round(degrees * 1e7), 119 + 4 * index);
  }
  return header;
}
