import { gzipSync } from "node:zlib";
import sqlite from "node-sqlite3-wasm";
import { zxyToTileId } from "pmtiles";
import type { Position } from "#core/geo/cell.ts";
import { edmonton, type SceneSchema, sceneFeatures } from "#tests/support/street-scene.ts";
import {
  encodeTile,
  type TileAddress,
  type TileFeature,
  tileAt,
} from "#tests/support/vector-tile.ts";

/** A tile as its archive holds it: packed or not, vector or picture. */
export interface ArchiveTile extends TileAddress {
  readonly data: Uint8Array;
}

export interface SceneOptions {
  readonly schema?: SceneSchema;
  readonly middle?: Position;
  readonly minZoom?: number;
  readonly maxZoom?: number;
  readonly features?: readonly TileFeature[];
}

/** Every tile that the scene touches, from zoom to zoom, not packed. */
export function sceneTiles(options: SceneOptions = {}): ArchiveTile[] {
  const { schema = "protomaps", middle = edmonton, minZoom = 0, maxZoom = 14 } = options;
  const features = options.features ?? sceneFeatures(schema, middle);
  const tiles: ArchiveTile[] = [];
  for (let z = minZoom; z <= maxZoom; z += 1) {
    const corners = features.flatMap(({ at }) => at.map((one) => tileAt(one, z)));
    const [xs, ys] = [corners.map(({ x }) => x), corners.map(({ y }) => y)];
    for (let x = Math.min(...xs); x <= Math.max(...xs); x += 1) {
      for (let y = Math.min(...ys); y <= Math.max(...ys); y += 1) {
        const data = encodeTile({ z, x, y }, features);
        if (data) tiles.push({ z, x, y, data });
      }
    }
  }
  return tiles;
}

const makers: Readonly<
  Record<SceneSchema, { readonly name: string; readonly attribution: string }>
> = {
  openmaptiles: {
    name: "OpenMapTiles",
    attribution: "<a>&copy; OpenMapTiles</a> <a>&copy; OpenStreetMap contributors</a>",
  },
  protomaps: {
    name: "Protomaps Basemap",
    attribution:
      '<a href="https://www.openstreetmap.org/copyright" target="_blank">&copy; OpenStreetMap</a>',
  },
  zoomstack: {
    name: "OS Open Zoomstack",
    attribution: "Contains OS data &copy; Crown copyright and database right 2026",
  },
};

/** What the makers of each schema write about their own archives. */
export function sceneMetadata(schema: SceneSchema = "protomaps"): Record<string, unknown> {
  const layers = new Set(sceneFeatures(schema).map(({ layer }) => layer));
  return {
    ...makers[schema],
    vector_layers: [...layers].map((id) => ({ id, fields: {} })),
  };
}

export interface PmtilesOptions {
  readonly metadata?: unknown;
  /** Of tiles: 1 none, 2 gzip, 3 brotli, 4 zstd; they are packed here for 2, else taken as they are. */
  readonly compression?: number;
  /** 1 vector, 2 png, 3 jpeg ... */
  readonly tileType?: number;
  /** Entries in a leaf directory; 0 for a root alone. */
  readonly leaves?: number;
}

/** A PMTiles 3 archive, written after the specification by code that the product does not share. */
export function pmtilesOf(
  tiles: readonly ArchiveTile[],
  options: PmtilesOptions = {},
): Uint8Array<ArrayBuffer> {
  const { metadata = sceneMetadata(), compression = 2, tileType = 1, leaves = 0 } = options;
  const entries: Entry[] = [];
  const data: Uint8Array[] = [];
  let length = 0;
  for (const tile of [...tiles].sort((one, other) => idOf(one) - idOf(other))) {
    const packed = compression === 2 ? gzipSync(tile.data) : tile.data;
    entries.push({ id: idOf(tile), offset: length, length: packed.length, run: 1 });
    data.push(packed);
    length += packed.length;
  }
  const parts = leaves === 0 ? [] : chunksOf(entries, leaves);
  const leafDirectories = parts.map((part) => directory(part));
  const pointers = parts.map((part, index) => ({
    id: part[0]?.id ?? 0,
    offset: leafDirectories.slice(0, index).reduce((sum, one) => sum + one.length, 0),
    length: leafDirectories[index]?.length ?? 0,
    run: 0,
  }));
  const root = directory(leaves === 0 ? entries : pointers);
  const json = gzipSync(JSON.stringify(metadata));
  const leaf = Buffer.concat(leafDirectories);
  const header = Buffer.alloc(127);
  header.write("PMTiles");
  header[7] = 3;
  const rootAt = 127;
  const jsonAt = rootAt + root.length;
  const leafAt = jsonAt + json.length;
  const dataAt = leafAt + leaf.length;
  const numbers = [
    rootAt,
    root.length,
    jsonAt,
    json.length,
    leafAt,
    leaf.length,
    dataAt,
    length,
    tiles.length,
    entries.length,
    entries.length,
  ];
  for (const [index, number] of numbers.entries()) {
    header.writeBigUInt64LE(BigInt(number), 8 + 8 * index);
  }
  const zooms = tiles.map(({ z }) => z);
  header.set([1, 2, compression, tileType, Math.min(...zooms), Math.max(...zooms)], 96);
  const [west, south, east, north] = boundsOf(tiles);
  for (const [index, degrees] of [west, south, east, north].entries()) {
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + 4 * index);
  }
  return Uint8Array.from(Buffer.concat([header, root, json, leaf, ...data]));
}

interface Entry {
  readonly id: number;
  readonly offset: number;
  readonly length: number;
  readonly run: number;
}

function idOf({ z, x, y }: TileAddress): number {
  return zxyToTileId(z, x, y);
}

function directory(entries: readonly Entry[]): Uint8Array {
  const numbers = [
    entries.length,
    ...entries.map(({ id }, index) => id - (entries[index - 1]?.id ?? 0)),
    ...entries.map(({ run }) => run),
    ...entries.map(({ length }) => length),
    ...entries.map(({ offset }) => offset + 1),
  ];
  return gzipSync(Uint8Array.from(numbers.flatMap(varint)));
}

function varint(value: number): number[] {
  const octets: number[] = [];
  let left = value;
  while (left >= 128) {
    octets.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  return [...octets, left];
}

function chunksOf<One>(all: readonly One[], size: number): One[][] {
  const count = Math.ceil(all.length / size);
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size));
}

/** Of the tiles at the largest zoom. */
function boundsOf(tiles: readonly ArchiveTile[]): readonly [number, number, number, number] {
  const zoom = Math.max(...tiles.map(({ z }) => z));
  const largest = tiles.filter(({ z }) => z === zoom);
  const [xs, ys] = [largest.map(({ x }) => x), largest.map(({ y }) => y)];
  const size = 2 ** zoom;
  const lng = (x: number) => (x / size) * 360 - 180;
  const lat = (y: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / size))) * 180) / Math.PI;
  return [
    lng(Math.min(...xs)),
    lat(Math.max(...ys) + 1),
    lng(Math.max(...xs) + 1),
    lat(Math.min(...ys)),
  ];
}

export interface MbtilesOptions {
  readonly schema?: SceneSchema;
  /** Packed with gzip, as MBTiles 1.3 asks; some files are not. */
  readonly gzip?: boolean;
  /** Rows of `metadata` that take the place of those written by themselves; null leaves one out. */
  readonly metadata?: Readonly<Record<string, string | null>>;
}

/** Writes an MBTiles 1.3 file: rows are counted from the south. */
export function writeMbtiles(
  file: string,
  tiles: readonly ArchiveTile[],
  options: MbtilesOptions = {},
): void {
  const { schema = "zoomstack", gzip = true } = options;
  const { name, attribution, vector_layers } = sceneMetadata(schema);
  const zooms = tiles.map(({ z }) => z);
  const metadata: Record<string, unknown> = {
    name,
    attribution,
    format: "pbf",
    json: JSON.stringify({ vector_layers }),
    bounds: boundsOf(tiles).join(","),
    minzoom: String(Math.min(...zooms)),
    maxzoom: String(Math.max(...zooms)),
    ...options.metadata,
  };
  const db = new sqlite.Database(file);
  try {
    db.exec("create table metadata (name text, value text)");
    db.exec(
      "create table tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob)",
    );
    db.exec("create unique index tile_index on tiles (zoom_level, tile_column, tile_row)");
    for (const [key, value] of Object.entries(metadata)) {
      if (value !== null) db.run("insert into metadata values (?, ?)", [key, String(value)]);
    }
    db.exec("begin");
    for (const { z, x, y, data } of tiles) {
      const packed = gzip ? Uint8Array.from(gzipSync(data)) : data;
      db.run("insert into tiles values (?, ?, ?, ?)", [z, x, 2 ** z - 1 - y, packed]);
    }
    db.exec("commit");
  } finally {
    db.close();
  }
}
