import { randomBytes } from "node:crypto";
import { symlinkSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Database, Statement } from "node-sqlite3-wasm";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { rasterWords } from "#server/places/basemap/pmtiles-words.ts";
import {
  type ArchiveWords,
  layerNames,
  type TileArchive,
} from "#server/places/basemap/tile-archive.ts";
import { compressions } from "#server/places/basemap/unpack.ts";

/**
 * An MBTiles 1.3 file of vector tiles; rows are counted from the south there (TMS). SQLite is loaded with the first.
 * It puts its lock beside the name by which it opens a file: that is a link in `folder`, so that a file on a
 * read-only disk can be read too.
 */
export async function openMbtiles(path: string, folder: string): Promise<TileArchive> {
  const { default: sqlite } = await import("node-sqlite3-wasm");
  const link = linkTo(path, folder);
  const unlink = () => {
    if (link !== path) unlinkSync(link);
  };
  let db: Database | null = null;
  try {
    db = new sqlite.Database(link, { readOnly: true, fileMustExist: true });
    const words = readWords(db);
    const statement = db.prepare(
      "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?",
    );
    return archiveOf(words, db, statement, unlink);
  } catch (error) {
    db?.close();
    unlink();
    throw faultOf(error);
  }
}

function archiveOf(
  words: ArchiveWords,
  db: Database,
  statement: Statement,
  unlink: () => void,
): TileArchive {
  return {
    ...words,
    read: async ({ z, x, y }) => {
      // SQLite answers at once: whoever else asks this process comes in between.
      await setImmediate();
      try {
        const data = statement.get([z, x, 2 ** z - 1 - y])?.["tile_data"];
        return data instanceof Uint8Array && data.length > 0 ? data : null;
      } catch (error) {
        throw faultOf(error);
      }
    },
    close: async () => {
      statement.finalize();
      db.close();
      unlink();
    },
  };
}

/** Where no link may be made (Windows wants a right for it), the file itself. */
export function linkTo(path: string, folder: string): string {
  const link = join(folder, `reading-${randomBytes(6).toString("hex")}.tmp`);
  try {
    symlinkSync(path, link);
    return link;
  } catch {
    return path;
  }
}

function readWords(db: Database): ArchiveWords {
  const tables = db.all("select name from sqlite_master where name in ('tiles', 'metadata')");
  if (tables.length < 2) {
    throw new ArchiveFault(
      "It is a SQLite database without the tables of MBTiles (tiles and metadata).",
    );
  }
  const rows = db.all("select name, value from metadata");
  const given = new Map(rows.map((row) => [String(row["name"]), String(row["value"])]));
  const format = given.get("format") ?? "pbf";
  if (/^(png|jpe?g|webp|avif)$/i.test(format)) throw new ArchiveFault(rasterWords(format));
  const [zooms] = db.all("select min(zoom_level) as least, max(zoom_level) as most from tiles");
  const [minZoom, maxZoom] = [zooms?.["least"], zooms?.["most"]];
  if (typeof minZoom !== "number" || typeof maxZoom !== "number") {
    throw new ArchiveFault("It holds no tile.");
  }
  return {
    minZoom,
    maxZoom,
    layers: layerNames(readJson(given.get("json"))["vector_layers"]),
    attribution: given.get("attribution"),
    bounds: readBounds(given.get("bounds")),
    compression: compressions.gzip,
  };
}

function readJson(text = "{}"): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch (cause) {
    throw new ArchiveFault("The row json of its table metadata is no JSON.", { cause });
  }
}

function readBounds(text = ""): ArchiveWords["bounds"] {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] = text
    .split(",")
    .map(Number);
  return west < east && south < north ? [west, south, east, north] : null;
}

/** What SQLite throws, such as "database disk image is malformed". */
function faultOf(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "SQLite3Error") return error;
  return new ArchiveFault(
    `It cannot be read as a database of tiles: it is damaged, cut off or in use (${error.message}).`,
    { cause: error },
  );
}
