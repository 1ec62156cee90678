import { open, stat } from "node:fs/promises";
import type { SqliteTools } from "#server/files/sqlite-file.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { openMbtiles } from "#server/places/basemap/mbtiles-file.ts";
import { openPmtilesFile } from "#server/places/basemap/pmtiles-file.ts";
import type { TileArchive } from "#server/places/basemap/tile-archive.ts";

/** An archive by what is in it, whatever its name. */
export async function openArchive(path: string, tools: SqliteTools): Promise<TileArchive> {
  const head = await readHead(path);
  if (head.startsWith("PMTiles")) return openPmtilesFile(path);
  if (!head.startsWith("SQLite format 3\0")) throw new ArchiveFault(otherWords(head));
  if (head.slice(68, 72) === "GPKG") {
    throw new ArchiveFault(
      "It is a GeoPackage, not tiles: of OS Open Zoomstack take the vector tiles (MBTiles).",
    );
  }
  return openMbtiles(path, tools);
}

async function readHead(path: string): Promise<string> {
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ArchiveFault(
      cause.code === "ENOENT"
        ? `There is no file ${path}.`
        : `${path} cannot be opened (${cause.code}).`,
      { cause },
    );
  });
  if (!found.isFile()) throw new ArchiveFault(`${path} is not a file.`);
  const handle = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new ArchiveFault(`${path} cannot be opened (${cause.code}).`, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(100), 0, 100, 0);
    return buffer.toString("latin1", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function otherWords(head: string): string {
  const wanted = "Boxster takes PMTiles and MBTiles of vector tiles";
  if (head === "") return `It is empty; ${wanted}.`;
  if (head.startsWith("PK")) return "It is a zip: unpack it, and add the file inside.";
  if (head.startsWith("\x1f\x8b"))
    return "It is packed with gzip: unpack it, and add what comes out.";
  if (/^\s*<(!doctype|html)/i.test(head)) {
    return `It is a web page, perhaps what a download answered instead of the file; ${wanted}.`;
  }
  return `It is no archive of tiles; ${wanted}.`;
}
