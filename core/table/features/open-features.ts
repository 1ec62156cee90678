import {
  type FeatureLayer,
  type LayerFormat,
  type LayerRequest,
  orDamaged,
  piecesOrDamaged,
} from "#core/table/features/feature-layer.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { isParquet, openParquetLayer } from "#core/table/parquet.ts";
import type { TableSource } from "#core/table/table-source.ts";
import { isZip, readDirectory, sizedSource, unzip } from "#core/table/xlsx/zip.ts";

/** Octets needed to tell the formats by their beginning. */
export const featureSample = 1_024;

/** "SQLite format 3"; "fgb" and the version of the format. */
const signatures = [
  { format: "geopackage", octets: [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65] },
  { format: "flatgeobuf", octets: [0x66, 0x67, 0x62, 0x03] },
] as const;
const kmlStart =
  /^(?:\u00ef\u00bb\u00bf)?\s*<(?:\?xml[^>]*>\s*<)?(?:!--[^>]*>\s*<)?(?:\w+:)?kml\b/i;

/** By the beginning of a file; null for any other. What is in a zip, its directory tells. */
export function featureFormat(
  start: Uint8Array,
): Exclude<LayerFormat, "shapefile" | "geojson"> | null {
  if (isParquet(start)) return "parquet";
  const found = signatures.find(({ octets }) => octets.every((code, at) => start[at] === code));
  if (found) return found.format;
  const text = String.fromCharCode(...start.subarray(0, featureSample));
  return kmlStart.test(text) ? "kml" : null;
}

/**
 * A layer of a GeoPackage, a Shapefile in a zip, FlatGeobuf, GeoParquet, KML or KMZ; null for any other file. Each reader is fetched when
 * a file of its format comes. Throws a `FileFault`.
 */
export async function openFeatures(
  source: TableSource,
  request: LayerRequest,
): Promise<FeatureLayer | null> {
  const { read, newDecoder } = source;
  if (read === null) throw new TypeError("A file of features is read in parts");
  const start = await read(0, featureSample);
  const sized = sizedSource(source);
  const opened = (format: LayerFormat, open: () => Promise<FeatureLayer>) =>
    orDamaged(format, async () => {
      const layer = await open();
      if (request.layer !== null && layer.layer === null) {
        throw new FileFault("it has no layers to choose from: leave the layer out");
      }
      return { ...layer, pieces: () => piecesOrDamaged(format, layer.pieces()) };
    });
  switch (featureFormat(start)) {
    case "geopackage":
      return opened("geopackage", async () => {
        const { openGeoPackage } = await import("#core/table/features/geopackage.ts");
        return openGeoPackage(sized, newDecoder, request);
      });
    case "flatgeobuf":
      return opened("flatgeobuf", async () => {
        const { openFlatGeobuf } = await import("#core/table/features/flatgeobuf.ts");
        return openFlatGeobuf(source, sized.size, request);
      });
    case "kml":
      return opened("kml", async () => {
        const { openKml } = await import("#core/table/features/kml.ts");
        return openKml([() => counted(source.open())], sized.size, newDecoder, request);
      });
    case "parquet":
      return opened("parquet", () => openParquetLayer(source, request));
    case null:
      return isZip(start) ? openZip() : null;
  }

  async function openZip(): Promise<FeatureLayer | null> {
    const entries = await readDirectory(sized);
    const ending = (pattern: RegExp) => entries.filter(({ name }) => pattern.test(name));
    if (ending(/\.shp$/i).length > 0) {
      return opened("shapefile", async () => {
        const { openShapefile } = await import("#core/table/features/shapefile.ts");
        return openShapefile(sized, entries, newDecoder, request);
      });
    }
    const files = ending(/\.kml$/i);
    if (files.length === 0) return null;
    const size = files.reduce((sum, { packedSize }) => sum + packedSize, 0);
    return opened("kml", async () => {
      const { openKml } = await import("#core/table/features/kml.ts");
      const pieces = files.map((entry) => () => unzip(sized, entry));
      return openKml(pieces, size, newDecoder, request);
    });
  }
}

async function* counted(pieces: AsyncIterable<Uint8Array>) {
  let packed = 0;
  for await (const bytes of pieces) {
    packed += bytes.length;
    yield { bytes, packed };
  }
}
