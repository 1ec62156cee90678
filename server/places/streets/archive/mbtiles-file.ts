import {
  openSqlite,
  SqliteFault,
  type SqliteFile,
  type SqliteTools,
} from "#server/files/sqlite-file.ts";
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

/** An MBTiles 1.3 file of vector tiles; rows are counted from the south there (TMS). SQLite is loaded with the first. */
export async function openMbtiles(path: string, tools: SqliteTools): Promise<TileArchive> {
  const db = openSqlite(path, tools);
  try {
    return await inWords(() => archiveOf(db));
  } catch (error) {
    await db.close();
    throw error;
  }
}

const address = ["zoom_level", "tile_column", "tile_row"];
/**
 * Where the tiles are: in one table, or deduplicated with a second one, as most makers write it.
 * The latter have a view "tiles" over both, which is not queried: it could run any code.
 */
const shapes = [
  { tables: { tiles: [...address, "tile_data"] }, from: "tiles" },
  {
    tables: { map: [...address, "tile_id"], images: ["tile_id", "tile_data"] },
    from: "map join images using (tile_id)",
  },
  {
    tables: {
      tiles_shallow: [...address, "tile_data_id"],
      tiles_data: ["tile_data_id", "tile_data"],
    },
    from: "tiles_shallow join tiles_data using (tile_data_id)",
  },
] as const;

const mostWords = 1_000;
const longestWord = 1024 * 1024;

async function archiveOf(db: SqliteFile): Promise<TileArchive> {
  await refusePrograms(db);
  const from = await whereTilesLie(db);
  const words = await readWords(db, from);
  return {
    ...words,
    read: ({ z, x, y }) =>
      inWords(async () => {
        const [row] = await db.ask(
          `select length(tile_data) as octets,
                  case when typeof(tile_data) = 'blob' and length(tile_data) <= ? then tile_data end as data
           from ${from}
           where zoom_level = ? and tile_column = ? and tile_row = ?
           limit 1`,
          [mostUnpacked, z, x, 2 ** z - 1 - y],
          1,
        );
        if (Number(row?.["octets"] ?? 0) > mostUnpacked) throw tooLarge(`Tile ${z}/${x}/${y}`);
        const data = row?.["data"];
        return data instanceof Uint8Array && data.length > 0 ? data : null;
      }),
    close: () => db.close(),
  };
}

/** None of them would be run: a file that holds some is not what its maker's programs write. */
async function refusePrograms(db: SqliteFile): Promise<void> {
  const [found] = await db.ask(
    `select type, substr(name, 1, 60) as name from sqlite_master
     where type = 'trigger' or sql like 'create virtual%' limit 1`,
    [],
    1,
  );
  if (found === undefined) return;
  const what = found["type"] === "trigger" ? "trigger" : "virtual table";
  throw new ArchiveFault(
    `It holds a ${what} ("${String(found["name"])}"), which no file of tiles needs and which could be any program: convert it to PMTiles, or make it again.`,
  );
}

async function whereTilesLie(db: SqliteFile): Promise<string> {
  if ((await db.columnsOf("metadata")) !== null) {
    for (const { tables, from } of shapes) {
      if (await hasShape(db, tables)) return from;
    }
  }
  throw new ArchiveFault(
    "It is a SQLite database without the tables of MBTiles: metadata, and tiles with zoom_level, tile_column, tile_row and tile_data. A view in place of a table is not asked, for it could be any program. Convert it to PMTiles, or make it again.",
  );
}

async function hasShape(db: SqliteFile, tables: Readonly<Record<string, readonly string[]>>) {
  for (const [table, wanted] of Object.entries(tables)) {
    const columns = (await db.columnsOf(table))?.map((one) => one.toLowerCase());
    if (!wanted.every((one) => columns?.includes(one))) return false;
  }
  return true;
}

async function readWords(db: SqliteFile, from: string): Promise<ArchiveWords> {
  const rows = await db.ask(
    "select name, value from metadata where length(name) < 100 and length(value) <= ?",
    [longestWord],
    mostWords,
  );
  const given = new Map(rows.map((row) => [String(row["name"]), String(row["value"])]));
  const format = given.get("format") ?? "pbf";
  if (/^(png|jpe?g|webp|avif)$/i.test(format)) throw new ArchiveFault(rasterWords(format));
  const [zooms] = await db.ask(
    `select min(zoom_level) as least, max(zoom_level) as most from ${from}`,
    [],
    1,
  );
  const [minZoom, maxZoom] = [zooms?.["least"], zooms?.["most"]];
  if (typeof minZoom !== "number" || typeof maxZoom !== "number") {
    throw new ArchiveFault("It holds no tile.");
  }
  const json = readRecord(
    given.get("json") ?? "{}",
    "The row json of its table metadata is no JSON.",
  );
  return {
    minZoom,
    maxZoom,
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
  } catch (error) {
    if (!(error instanceof SqliteFault)) throw error;
    throw new ArchiveFault(
      `It cannot be read as a database of tiles: ${error.message}. Make it again, or convert it to PMTiles.`,
      { cause: error },
    );
  }
}
