import type { Bounds } from "#core/geo/bounds.ts";
import { blockOf } from "#core/geo/tiles/area-tiles.ts";
import { openTables, type RowGlance, type SqliteTable } from "#core/table/features/sqlite-table.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { SizedSource } from "#core/table/xlsx/zip.ts";
import { newDecoder } from "#server/files/import-source.ts";
import {
  ArchiveFault,
  type ArchiveWords,
  compressions,
  layerNames,
  mostUnpacked,
  rasterWords,
  readRecord,
  type TileArchive,
  tooLarge,
} from "#server/places/streets/archive/tile-archive.ts";
import { largestKeptZoom } from "#server/places/streets/read-tiles.ts";

const address = ["zoom_level", "tile_column", "tile_row"];
/** Where the tiles are: in one table, or each content once with a number, as most makers write it. */
const shapes = [
  { places: "tiles", contents: "tiles", id: null },
  { places: "map", contents: "images", id: "tile_id" },
  { places: "tiles_shallow", contents: "tiles_data", id: "tile_data_id" },
] as const;

const mostWords = 1_000;
/** A tile, and what its row says beside it. */
const longestRow = mostUnpacked + 1_000;

/**
 * The tiles of an area in an MBTiles 1.3 file of vector tiles; rows are counted from the south there (TMS). One pass over its
 * tables finds where each lies. As of any database, pages are read and no statement is run.
 */
export function openMbtiles(source: SizedSource, area: Bounds): Promise<TileArchive> {
  return inWords(async () => {
    const tableOf = await openTables(source, newDecoder, longestRow);
    const metadata = tableOf("metadata");
    const tables = tablesOf(tableOf);
    if (metadata === null || tables === null) {
      throw new ArchiveFault(
        "It is a SQLite database without the tables of MBTiles: metadata, and tiles with zoom_level, tile_column, tile_row and tile_data. A view in place of a table is not asked, for it could be any program. Convert it to PMTiles, or make it again.",
      );
    }
    const words = await readWords(metadata);
    const { tiles, ...zooms } = await findTiles(tables, area);
    const dataAt = columnAt(tables.contents, "tile_data");
    return {
      ...words,
      ...zooms,
      read: ({ z, x, y }) =>
        inWords(async () => {
          const row = tiles.get(keyOf(z, x, y));
          if (row === undefined) return null;
          if (row.size > longestRow) throw tooLarge(`Tile ${z}/${x}/${y}`);
          const data = (await tables.contents.rowAt(row.at))[dataAt];
          return data instanceof Uint8Array && data.length > 0 ? data : null;
        }),
      close: () => Promise.resolve(),
    };
  });
}

const keyOf = (z: number, x: number, y: number) => `${z}/${x}/${y}`;

const columnAt = ({ columns }: SqliteTable, wanted: string) =>
  columns.findIndex((name) => name.toLowerCase() === wanted);

interface TileTables {
  readonly places: SqliteTable;
  readonly contents: SqliteTable;
  /** The column that both have; null where they are one table. */
  readonly id: string | null;
}

function tablesOf(tableOf: (name: string) => SqliteTable | null): TileTables | null {
  for (const { places: placesName, contents: contentsName, id } of shapes) {
    const [places, contents] = [tableOf(placesName), tableOf(contentsName)];
    if (places === null || contents === null) continue;
    const ids = id === null ? [] : [id];
    const hasAll = (table: SqliteTable, names: readonly string[]) =>
      names.every((name) => columnAt(table, name) >= 0);
    if (hasAll(places, [...address, ...ids]) && hasAll(contents, ["tile_data", ...ids])) {
      return { places, contents, id };
    }
  }
  return null;
}

/** The rows that hold the tiles of the area, and the zooms of the whole file. */
async function findTiles({ places, contents, id }: TileTables, area: Bounds) {
  const at = address.map((name) => columnAt(places, name));
  const idAt = id === null ? -1 : columnAt(places, id);
  let [minZoom, maxZoom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const found = new Map<string, { readonly row: RowGlance; readonly id: string }>();
  for await (const row of places.glances()) {
    const [z, x, fromSouth] = at.map((column) => row.values[column]);
    if (typeof z !== "number" || typeof x !== "number" || typeof fromSouth !== "number") continue;
    [minZoom, maxZoom] = [Math.min(minZoom, z), Math.max(maxZoom, z)];
    const y = 2 ** z - 1 - fromSouth;
    if (z > largestKeptZoom || !isIn(area, z, x, y)) continue;
    found.set(keyOf(z, x, y), { row, id: String(row.values[idAt]) });
  }
  if (maxZoom < minZoom) throw new ArchiveFault("It holds no tile.");
  const ids = new Set([...found.values()].map((tile) => tile.id));
  const byId = id === null ? null : await findContents(contents, id, ids);
  const tiles = new Map<string, RowGlance>();
  for (const [key, tile] of found) {
    const row = byId ? byId.get(tile.id) : tile.row;
    if (row) tiles.set(key, row);
  }
  return { minZoom, maxZoom, tiles };
}

function isIn(area: Bounds, z: number, x: number, y: number): boolean {
  const { west, east, north, south } = blockOf(area, z);
  return x >= west && x <= east && y >= north && y <= south;
}

async function findContents(contents: SqliteTable, id: string, wanted: ReadonlySet<string>) {
  const idAt = columnAt(contents, id);
  const rows = new Map<string, RowGlance>();
  for await (const row of contents.glances()) {
    // Behind a long tile it lies on another page.
    const found = row.values[idAt] ?? (await contents.rowAt(row.at))[idAt];
    if (wanted.has(String(found))) rows.set(String(found), row);
  }
  return rows;
}

async function readWords(metadata: SqliteTable) {
  const [nameAt, valueAt] = [columnAt(metadata, "name"), columnAt(metadata, "value")];
  const given = new Map<string, string>();
  for await (const { rows } of metadata.pieces()) {
    for (const row of rows) given.set(String(row[nameAt]), String(row[valueAt]));
    if (given.size > mostWords) break;
  }
  const format = given.get("format") ?? "pbf";
  if (/^(png|jpe?g|webp|avif)$/i.test(format)) throw new ArchiveFault(rasterWords(format));
  const json = readRecord(
    given.get("json") ?? "{}",
    "The row json of its table metadata is no JSON.",
  );
  return {
    layers: layerNames(json["vector_layers"]),
    attribution: given.get("attribution"),
    bounds: readBounds(given.get("bounds")),
    compression: compressions.gzip,
  };
}

function readBounds(text = ""): ArchiveWords["bounds"] {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = text
    .split(",")
    .map(Number);
  return west < east && south < north ? [west, south, east, north] : null;
}

async function inWords<Made>(work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof ArchiveFault) throw cause;
    if (!(cause instanceof FileFault || cause instanceof RangeError)) throw cause;
    const why = cause instanceof FileFault ? cause.reason : "it is damaged, cut off or in use";
    throw new ArchiveFault(
      `It cannot be read as a database of tiles: ${why}. Make it again, or convert it to PMTiles.`,
      { cause },
    );
  }
}
