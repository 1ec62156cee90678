import { open, stat } from "node:fs/promises";
import type { Region } from "#core/places/place.ts";
import {
  mostLines,
  readStreetFile,
  type StreetFile,
  streetsOf,
} from "#core/places/streets/street-file.ts";
import type { Transaction } from "#server/db/database.ts";
import { fileSource, readWhole } from "#server/files/import-source.ts";
import type { SqliteTools } from "#server/files/sqlite-file.ts";
import { type GeoPackageRequest, readGeoPackage } from "#server/places/geopackage.ts";
import { openMbtiles } from "#server/places/streets/archive/mbtiles-file.ts";
import { openPmtilesFile } from "#server/places/streets/archive/pmtiles.ts";
import { ArchiveFault, type TileArchive } from "#server/places/streets/archive/tile-archive.ts";

/** A PostGIS that reads the shapes of a GeoPackage. */
export type InDatabase = <Made>(work: (tx: Transaction) => Promise<Made>) => Promise<Made>;

/** The folder may be written to. */
export interface SourceTools extends SqliteTools {
  readonly region: Region;
}

/** What a file of streets is used for, by what is in it, whatever its name. */
export interface SourceUse<Made> {
  readonly tiles: (archive: TileArchive) => Promise<Made>;
  readonly lines: (file: StreetFile) => Promise<Made>;
}

/** Reads any but a GeoPackage, which takes a database (`readLayer`). */
export async function readSource<Made>(path: string, tools: SourceTools, use: SourceUse<Made>) {
  const kind = await kindOfFile(path);
  if (kind === "geojson") {
    const { text } = await readWhole(await fileSource(path), tools.signal);
    return use.lines(readStreetFile(text, tools.region));
  }
  const archive = kind === "pmtiles" ? await openPmtilesFile(path) : await openMbtiles(path, tools);
  try {
    return await use.tiles(archive);
  } finally {
    await archive.close();
  }
}

/** The lines of a GeoPackage: of the layer that is named, else of the one with roads. */
export async function readLayer(
  path: string,
  tools: SourceTools & { readonly layer: string | null },
  inDatabase: InDatabase,
): Promise<StreetFile> {
  const request: GeoPackageRequest = {
    ...{ ...tools, layerOption: "--layer", shapes: "lines" },
    ...{ mostFeatures: mostLines, within: tools.region },
  };
  return streetsOf(await inDatabase((tx) => readGeoPackage(tx, path, request)), tools.region);
}

/** By the first octets. Throws an `ArchiveFault` for what holds no streets. */
export async function kindOfFile(
  path: string,
): Promise<"pmtiles" | "mbtiles" | "geopackage" | "geojson"> {
  const head = await readHead(path);
  if (head.startsWith("PMTiles")) return "pmtiles";
  if (head.startsWith("SQLite format 3\0")) {
    return head.slice(68, 72) === "GPKG" ? "geopackage" : "mbtiles";
  }
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(head)) return "geojson";
  throw new ArchiveFault(otherWords(head));
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
  const wanted = "Boxster takes vector tiles (PMTiles, MBTiles) and lines (GeoJSON, GeoPackage)";
  if (head === "") return `It is empty; ${wanted}.`;
  if (head.startsWith("PK")) return "It is a zip: unpack it, and add the file inside.";
  if (head.startsWith("\x1f\x8b"))
    return "It is packed with gzip: unpack it, and add what comes out.";
  if (/^\s*<(!doctype|html)/i.test(head)) {
    return `It is a web page, perhaps what a download answered instead of the file; ${wanted}.`;
  }
  return `It is no file of streets; ${wanted}.`;
}
