import { randomBytes } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { zxyToTileId } from "pmtiles";
import {
  type Bounds,
  blockOf,
  coveredBounds,
  type Tile,
  tilesOf,
  tilesOfArea,
} from "#core/geo/tiles/area-tiles.ts";
import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";
import { attributionOf } from "#core/places/basemap/attribution.ts";
import { createRoadReader } from "#core/places/basemap/read-roads.ts";
import { schemaOf } from "#core/places/basemap/schema.ts";
import type { Region } from "#core/places/place.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import type { BasemapResult } from "#core/places/wire/basemap.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { type ArchiveWriter, createArchive } from "#server/places/basemap/archive-writer.ts";
import { decodeTile } from "#server/places/basemap/decode-tile.ts";
import type { TileArchive } from "#server/places/basemap/tile-archive.ts";
import { isGzip, unpackTile } from "#server/places/basemap/unpack.ts";

/** Street names come at zoom 14 and buildings at 15: beyond, a map enlarges what it has. */
export const largestKeptZoom = 16;

export interface AreaWish {
  readonly area: Region;
  readonly maxZoom?: number;
  /** Where it is written. */
  readonly folder: string;
  /** As in `KeptWords`. */
  readonly source: string;
  readonly signal: AbortSignal;
}

/** A whole archive beside the one that is kept. */
export interface Draft {
  readonly result: BasemapResult;
  /** SHA-256 of its tiles, in hexadecimal. */
  readonly hash: string;
  /** First digits of it. */
  readonly version: string;
  readonly source: string;
  /** The streets of its largest zoom. */
  readonly lines: readonly StreetLine[];
  /** Takes the place of the archive that is kept, at once. */
  readonly keep: (path: string) => Promise<void>;
  /** Nothing is left where it was not kept. */
  readonly drop: () => Promise<void>;
}

type Readable = Omit<TileArchive, "close">;

/**
 * Writes the tiles of an area, each looked into, to a file of its own. Refused: another schema, another place, a tile that
 * is damaged, an area without a street; then nothing is left.
 */
export async function writeArea(archive: Readable, wish: AreaWish): Promise<Draft> {
  const zooms = zoomsOf(archive, wish.maxZoom);
  const { tiles, layers } = await survey(archive, wish, zooms.maxZoom);
  const schema = schemaOf(layers);
  if (schema === null) throw new ArchiveFault(otherSchemaWords(layers));
  const attribution = attributionOf(archive.attribution, schema);
  const bounds = roundedBounds(coveredBounds(wish.area, tiles) ?? wish.area);
  const path = join(wish.folder, `writing-${randomBytes(6).toString("hex")}.tmp`);
  const drop = () => rm(path, { force: true });
  const writer = await createArchive(path);
  try {
    const lines = await copyTiles(archive, wish, { schema, ...zooms }, writer);
    if (lines.length === 0) throw new ArchiveFault(`It holds no street of ${wish.area.name}.`);
    const words = { schema, attribution, layers, ...zooms, bounds, source: wish.source };
    const { hash, ...size } = await writer.finish(words);
    const { west, south, east, north } = bounds;
    const shown = { schema, attribution, ...zooms };
    return {
      result: { ...size, ...shown, bounds: [west, south, east, north], streets: null },
      hash,
      version: hash.slice(0, versionLength),
      source: wish.source,
      lines,
      keep: (to) => rename(path, to),
      drop,
    };
  } catch (error) {
    await writer.close();
    await drop();
    throw error;
  }
}

/** Each tile looked into and packed with gzip; answers with the streets of the largest zoom. */
async function copyTiles(
  archive: Readable,
  { area, signal }: AreaWish,
  wanted: { readonly schema: TileSchema; readonly minZoom: number; readonly maxZoom: number },
  writer: ArchiveWriter,
): Promise<readonly StreetLine[]> {
  const roads = createRoadReader(wanted.schema);
  for (const tile of inOrder(tilesOfArea(area, wanted.minZoom, wanted.maxZoom))) {
    signal.throwIfAborted();
    const octets = await archive.read(tile);
    if (octets === null) continue;
    const plain = await unpackTile(octets, archive.compression);
    const layers = decodeTile(plain, tile);
    if (tile.z === wanted.maxZoom) roads.add(tile, layers);
    await writer.add(tile, isGzip(octets) ? octets : gzipSync(plain));
  }
  return roads.lines();
}

/** As finely as an archive's header holds them: a centimetre. */
function roundedBounds({ west, south, east, north }: Bounds): Bounds {
  const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
  return { west: round(west), south: round(south), east: round(east), north: round(north) };
}

export const versionLength = 12;

export function zoomsOf(
  archive: Pick<TileArchive, "minZoom" | "maxZoom">,
  wished = largestKeptZoom,
): { readonly minZoom: number; readonly maxZoom: number } {
  const maxZoom = Math.min(archive.maxZoom, wished, largestKeptZoom);
  if (maxZoom >= archive.minZoom) return { minZoom: archive.minZoom, maxZoom };
  throw new ArchiveFault(
    `It begins at zoom ${archive.minZoom}, and no more than zoom ${maxZoom} is wanted.`,
  );
}

/** Which tiles of the area the largest zoom has, and the layers of all; those of smaller zooms cover half the world. */
async function survey(
  archive: Readable,
  { area, signal }: AreaWish,
  zoom: number,
): Promise<{ readonly tiles: readonly Tile[]; readonly layers: readonly string[] }> {
  const tiles: Tile[] = [];
  const layers = new Set(archive.layers ?? []);
  for (const tile of tilesOf(blockOf(area, zoom))) {
    signal.throwIfAborted();
    const octets = await archive.read(tile);
    if (octets === null) continue;
    tiles.push(tile);
    if (archive.layers !== null) continue;
    const plain = await unpackTile(octets, archive.compression);
    const names = Object.keys(decodeTile(plain, tile));
    for (const name of names) layers.add(name);
  }
  if (tiles.length === 0) throw new ArchiveFault(elsewhereWords(archive, area));
  return { tiles, layers: [...layers] };
}

export function inOrder(tiles: Iterable<Tile>): readonly Tile[] {
  const idOf = ({ z, x, y }: Tile) => zxyToTileId(z, x, y);
  return [...tiles].sort((one, other) => idOf(one) - idOf(other));
}

export function elsewhereWords(
  { bounds }: Pick<TileArchive, "bounds">,
  { name, west, south, east, north }: Region,
): string {
  const box = (...degrees: readonly number[]) => {
    const [w = 0, s = 0, e = 0, n = 0] = degrees.map((one) => Number(one.toFixed(2)));
    return `longitude ${w} to ${e}, latitude ${s} to ${n}`;
  };
  const says = bounds ? ` It says that it covers ${box(...bounds)}.` : "";
  return `It has no tile of ${name} (${box(west, south, east, north)}).${says}`;
}

export function otherSchemaWords(layers: readonly string[]): string {
  const found = layers.length === 0 ? "none" : layers.slice(0, 20).join(", ");
  return `Its tiles are of another schema. Boxster reads Protomaps and OS Open Zoomstack, whose streets are in a layer "roads"; here are these layers: ${found}.`;
}
