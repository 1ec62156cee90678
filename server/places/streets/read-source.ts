import type { Region } from "#core/places/place.ts";
import { mostLines, type StreetFile, streetsOf } from "#core/places/streets/street-file.ts";
import { featureFormat } from "#core/table/features/open-features.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { sizedSource } from "#core/table/xlsx/zip.ts";
import { fileSource, type ImportSource } from "#server/files/import-source.ts";
import { readFeatures } from "#server/places/read-features.ts";
import { openMbtiles } from "#server/places/streets/archive/mbtiles-file.ts";
import { openPmtilesFile } from "#server/places/streets/archive/pmtiles.ts";
import { ArchiveFault, type TileArchive } from "#server/places/streets/archive/tile-archive.ts";

export interface SourceTools {
  readonly region: Region;
  readonly signal: AbortSignal;
  /** Of a file with several; the one with roads unless said. */
  readonly layer?: string | null;
}

/** What a file of streets is used for, by what is in it, whatever its name. */
interface SourceUse<Made> {
  readonly tiles: (archive: TileArchive) => Promise<Made>;
  readonly lines: (file: StreetFile) => Promise<Made>;
}

export async function readSource<Made>(path: string, tools: SourceTools, use: SourceUse<Made>) {
  const { region, layer = null, signal } = tools;
  const source = await fileSource(path);
  const kind = await kindOf(source);
  if (kind === "lines") {
    const { file } = await readFeatures(source, {
      layer,
      shapes: "lines",
      most: mostLines,
      within: region,
      signal,
    });
    return use.lines(streetsOf(file, region));
  }
  if (layer !== null) throw new FileFault("tiles have no layers to choose from: leave --layer out");
  const archive =
    kind === "pmtiles"
      ? await openPmtilesFile(path)
      : await openMbtiles(sizedSource({ size: source.totalBytes, read: source.read }), region);
  try {
    return await use.tiles(archive);
  } finally {
    await archive.close();
  }
}

/** By the first octets. Throws an `ArchiveFault` for what holds no streets. */
async function kindOf(source: ImportSource) {
  const head = await headOf(source);
  if (head.startsWith("PMTiles")) return "pmtiles";
  if (head.startsWith(sqliteMark)) {
    return head.slice(68, 72) === "GPKG" ? "lines" : "mbtiles";
  }
  const isKnown = head.startsWith("PK") || featureFormat(Buffer.from(head, "latin1")) !== null;
  if (isKnown || /^(?:\xef\xbb\xbf)?\s*\{/.test(head)) return "lines";
  throw new ArchiveFault(otherWords(head));
}

const sqliteMark = "SQLite format 3\0";
const headOctets = 1_024;

async function headOf({ read }: ImportSource): Promise<string> {
  return Buffer.from((await read?.(0, headOctets)) ?? []).toString("latin1");
}

function otherWords(head: string): string {
  const wanted =
    "Boxster takes vector tiles (PMTiles, MBTiles) and lines (GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet, KML)";
  if (head === "") return `It is empty; ${wanted}.`;
  if (head.startsWith("\x1f\x8b"))
    return "It is packed with gzip: unpack it, and add what comes out.";
  if (/^\s*<(!doctype|html)/i.test(head)) {
    return `It is a web page, perhaps what a download answered instead of the file; ${wanted}.`;
  }
  return `It is no file of streets; ${wanted}.`;
}
