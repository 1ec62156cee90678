import { type FeatureFile, readFeatureFile } from "#core/places/layers/feature-file.ts";
import type { Region } from "#core/places/place.ts";
import { mostLines, type StreetFile, streetsOf } from "#core/places/streets/street-file.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { fileSource, type ImportSource, readWhole } from "#server/files/import-source.ts";
import type { SqliteTools } from "#server/files/sqlite-file.ts";
import { type GeoPackageRequest, readGeoPackage } from "#server/places/geopackage.ts";
import { openMbtiles } from "#server/places/streets/archive/mbtiles-file.ts";
import { openPmtilesFile } from "#server/places/streets/archive/pmtiles.ts";
import { ArchiveFault, type TileArchive } from "#server/places/streets/archive/tile-archive.ts";

/** The folder may be written to. */
export interface SourceTools extends SqliteTools {
  readonly region: Region;
  /** Of a GeoPackage; the one with roads unless said. */
  readonly layer?: string | null;
}

/** What a file of streets is used for, by what is in it, whatever its name. */
interface SourceUse<Made> {
  readonly tiles: (archive: TileArchive) => Promise<Made>;
  readonly lines: (file: StreetFile) => Promise<Made>;
}

export async function readSource<Made>(path: string, tools: SourceTools, use: SourceUse<Made>) {
  const { region, layer = null } = tools;
  const kind = await kindOf(await fileSource(path));
  if (kind === "geojson" || kind === "geopackage") {
    const file = await readFeatures(path, {
      ...{ ...tools, layer, shapes: "lines", mostFeatures: mostLines, within: region },
    });
    return use.lines(streetsOf(file, region));
  }
  if (layer !== null) throw withoutLayers();
  const archive = kind === "pmtiles" ? await openPmtilesFile(path) : await openMbtiles(path, tools);
  try {
    return await use.tiles(archive);
  } finally {
    await archive.close();
  }
}

/** GeoPackage or GeoJSON, by content. Throws a `FileFault`. */
export async function readFeatures(path: string, request: GeoPackageRequest): Promise<FeatureFile> {
  const source = await fileSource(path);
  if ((await headOf(source)).startsWith(sqliteMark)) return readGeoPackage(path, request);
  if (request.layer !== null) throw withoutLayers();
  return readFeatureFile((await readWhole(source, request.signal)).text, request.mostFeatures);
}

function withoutLayers(): FileFault {
  return new FileFault("only a GeoPackage has layers to choose from: leave --layer out");
}

/** By the first octets. Throws an `ArchiveFault` for what holds no streets. */
async function kindOf(source: ImportSource) {
  const head = await headOf(source);
  if (head.startsWith("PMTiles")) return "pmtiles";
  if (head.startsWith(sqliteMark)) {
    return head.slice(68, 72) === "GPKG" ? "geopackage" : "mbtiles";
  }
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(head)) return "geojson";
  throw new ArchiveFault(otherWords(head));
}

const sqliteMark = "SQLite format 3\0";

async function headOf({ read }: ImportSource): Promise<string> {
  return Buffer.from((await read?.(0, 100)) ?? []).toString("latin1");
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
