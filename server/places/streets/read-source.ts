import { readFeatureFile } from "#core/places/layers/feature-file.ts";
import type { Region } from "#core/places/place.ts";
import { mostLines, type StreetFile, streetsOf } from "#core/places/streets/street-file.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { fileSource, type ImportSource, readWhole } from "#server/files/import-source.ts";
import type { SqliteTools } from "#server/files/sqlite-file.ts";
import { readGeoPackage } from "#server/places/geopackage.ts";
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
  const source = await fileSource(path);
  const kind = await kindOf(source);
  if (layer !== null && kind !== "geopackage") {
    throw new FileFault("only a GeoPackage has layers to choose from: leave --layer out");
  }
  if (kind === "geojson") {
    const { text } = await readWhole(source, tools.signal);
    return use.lines(streetsOf(readFeatureFile(text, mostLines), region));
  }
  if (kind === "geopackage") {
    const file = await readGeoPackage(path, {
      ...{ ...tools, layer, layerOption: "--layer", shapes: "lines" },
      ...{ mostFeatures: mostLines, within: region },
    });
    return use.lines(streetsOf(file, region));
  }
  const archive = kind === "pmtiles" ? await openPmtilesFile(path) : await openMbtiles(path, tools);
  try {
    return await use.tiles(archive);
  } finally {
    await archive.close();
  }
}

/** By the first octets. Throws an `ArchiveFault` for what holds no streets. */
async function kindOf({ read }: ImportSource) {
  const head = Buffer.from((await read?.(0, 100)) ?? []).toString("latin1");
  if (head.startsWith("PMTiles")) return "pmtiles";
  if (head.startsWith("SQLite format 3\0")) {
    return head.slice(68, 72) === "GPKG" ? "geopackage" : "mbtiles";
  }
  if (/^(?:\xef\xbb\xbf)?\s*\{/.test(head)) return "geojson";
  throw new ArchiveFault(otherWords(head));
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
