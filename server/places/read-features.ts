import { type FeatureFile, featureFileOf, mostFeatures } from "#core/places/layers/feature-file.ts";
import type { LayerRequest } from "#core/table/features/feature-layer.ts";
import { openFeatures } from "#core/table/features/open-features.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openGeoJson } from "#core/table/geojson.ts";
import { isZip } from "#core/table/xlsx/zip.ts";
import {
  hashedSource,
  heldSource,
  type ImportSource,
  newDecoder,
  piecesOf,
} from "#server/files/import-source.ts";

export interface FeatureRequest extends LayerRequest {
  readonly most?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadFile {
  readonly file: FeatureFile;
  readonly fileName: string;
  readonly sha256: string;
}

/** GeoJSON, GeoPackage, a Shapefile in a zip, FlatGeobuf, GeoParquet, KML or KMZ, by content. Throws a `FileFault`. */
export async function readFeatures(
  given: ImportSource,
  { most = mostFeatures, signal, ...request }: FeatureRequest,
): Promise<ReadFile> {
  const source = given.read === null ? await heldSource(given, signal) : given;
  const { open, read, totalBytes: size, fileName } = source;
  const layer =
    (await openFeatures({ open, read, size, newDecoder }, request)) ??
    (await geoJsonLayer(source, request, signal));
  const file = await featureFileOf(layer, most);
  signal?.throwIfAborted();
  return { file, fileName, sha256: await hashedSource(source).digest() };
}

async function geoJsonLayer(
  source: ImportSource,
  { layer }: LayerRequest,
  signal: AbortSignal | undefined,
) {
  if (isZip((await source.read?.(0, 4)) ?? new Uint8Array(0))) {
    throw new FileFault("this is a ZIP archive with no Shapefile or KML in it: unpack it first");
  }
  if (layer !== null) {
    throw new FileFault("only a GeoPackage or a Shapefile has layers: leave --layer out");
  }
  return openGeoJson({ open: () => piecesOf(source, signal), newDecoder }, "collection");
}
