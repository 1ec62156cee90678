import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { z } from "zod";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import { tileSchemas } from "#core/geo/tiles/street-tile.ts";
import { arcsOf, type StreetGraph } from "#core/places/streets/graph.ts";
import { shownBasemap } from "#core/places/wire/places.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** What is written otherwise is not read: the streets are brought in again. */
const format = 4;

/** What is known of the streets when all of their tiles have come. */
const keptWords = z.object({
  ...shownBasemap.omit({ version: true }).shape,
  /** As the source asks to be named; null where nobody said. */
  attribution: z.string().nullable(),
  /** Null for tiles that were cut from lines. */
  schema: z.enum(tileSchemas).nullable(),
  /** The file or address that they came from. */
  source: z.string(),
});
export type KeptWords = z.infer<typeof keptWords>;
const keptAbout = keptWords.extend({
  format: z.literal(format),
  /** SHA-256 of the tiles, in hexadecimal. */
  tilesHash: z.string(),
  /**
   * First octets of the SHA-256 of the graph alone, in hexadecimal: what numbers of segments are kept with. The same
   * streets brought in again, from another file or under another licence line, have the same.
   */
  network: z.string(),
  /** Zoom, column, row and octets of each, as they lie in the file. */
  tiles: z.array(z.tuple([z.int(), z.int(), z.int(), z.int()])),
});

/** Of the numbers at the end: octets of all tiles, and of what the file says of itself. */
const numbersLength = 6 + 4;
const sumLength = 32;

/**
 * Writes the one file of streets that a data folder has: tiles packed with gzip, the graph, what it says of itself as JSON, two
 * numbers, and the SHA-256 of all behind the tiles.
 */
export async function createKeptFile(path: string) {
  const file = await open(path, "wx", 0o600);
  const tiles: z.infer<typeof keptAbout>["tiles"] = [];
  const hash = createHash("sha256");
  let tilesLength = 0;
  return {
    add: async ({ z: zoom, x, y }: Tile, packed: Uint8Array) => {
      tiles.push([zoom, x, y, packed.length]);
      hash.update(packed);
      tilesLength += packed.length;
      await file.appendFile(packed);
    },
    /** Writes the rest and makes sure that the disk has it. */
    finish: async (graph: StreetGraph, words: KeptWords) => {
      const tilesHash = hash.digest("hex");
      const network = networkOf(graph);
      const json = Buffer.from(JSON.stringify({ ...words, format, tilesHash, network, tiles }));
      const numbers = Buffer.alloc(numbersLength);
      numbers.writeUIntLE(tilesLength, 0, 6);
      numbers.writeUInt32LE(json.length, 6);
      const rest = Buffer.concat([writeGraph(graph), json, numbers]);
      const sum = createHash("sha256").update(rest).digest();
      await file.appendFile(Buffer.concat([rest, sum]));
      await file.sync();
      await file.close();
      return { tiles: tiles.length, bytes: tilesLength + rest.length + sumLength, tilesHash };
    },
    /** Without finishing; after it, nothing. */
    close: () => file.close(),
  };
}

export type KeptFile = Awaited<ReturnType<typeof readKeptFile>>;

/** Throws a `FileFault` for a file that is damaged or of another version. */
export async function readKeptFile(file: FileHandle) {
  const { size } = await file.stat();
  const foot = await readOctets(file, size - numbersLength - sumLength, numbersLength + sumLength);
  const [tilesLength, jsonLength] = [foot.readUIntLE(0, 6), foot.readUInt32LE(6)];
  const rest = await readOctets(file, tilesLength, size - sumLength - tilesLength);
  const sum = foot.subarray(numbersLength);
  if (!createHash("sha256").update(rest).digest().equals(sum)) throw damaged();
  const graphLength = rest.length - numbersLength - jsonLength;
  const about = keptAbout.safeParse(
    JSON.parse(rest.toString("utf8", graphLength, graphLength + jsonLength)),
  );
  if (!about.success) {
    throw new FileFault("another version of Boxster wrote them; bring the streets in again");
  }
  const { tiles, tilesHash, network, format: _, ...words } = about.data;
  const graph = rest.subarray(0, graphLength);
  const places = new Map<string, { readonly offset: number; readonly length: number }>();
  let offset = 0;
  for (const [zoom, x, y, length] of tiles) {
    places.set(keyOf({ z: zoom, x, y }), { offset, length });
    offset += length;
  }
  return {
    words,
    bytes: size,
    tilesLength,
    tilesHash,
    /** Where each tile lies. */
    places,
    graph: () => readGraph(graph),
    /** Of the whole: other streets have another one. */
    hash: sum.toString("hex"),
    network,
  };
}

/** In Node's own form. The ways out of nodes follow from the rest. */
export function writeGraph({ arcStart: _, arcs: __, ...rest }: StreetGraph): Buffer {
  return serialize(rest);
}

/** Throws a `FileFault` for what a newer Node wrote, or nobody. */
export function readGraph(octets: Uint8Array): StreetGraph {
  try {
    const { from, to, ...rest } = deserialize(octets) as Omit<StreetGraph, "arcStart" | "arcs">;
    return { from, to, ...rest, ...arcsOf(rest.nodeCount, from, to) };
  } catch (cause) {
    const words = "another version of Node wrote them; bring the streets in again";
    throw new FileFault(words, { cause });
  }
}

/** Of all that tells one segment from another; not of how it is written, which may change with Node. */
function networkOf({ from, to, shapeStart, shape, classes, oneWay, name, names }: StreetGraph) {
  const hash = createHash("sha256").update(JSON.stringify(names));
  for (const array of [from, to, shapeStart, shape, classes, oneWay, name]) hash.update(array);
  return hash.digest().toString("hex", 0, 8);
}

export function keyOf({ z: zoom, x, y }: Tile): string {
  return `${zoom}/${x}/${y}`;
}

export async function readOctets(file: FileHandle, from: number, length: number): Promise<Buffer> {
  if (from < 0 || length < 0) throw damaged();
  const octets = Buffer.alloc(length);
  const { bytesRead } = await file.read(octets, 0, length, from);
  if (bytesRead < length) throw damaged();
  return octets;
}

function damaged(): FileFault {
  return new FileFault("this file of streets is damaged; bring the streets in again");
}

/** Null where there is no such file. */
export function ifThere<Made>(work: Promise<Made>): Promise<Made | null> {
  return work.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}
