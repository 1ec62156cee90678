import {
  type FeatureFile,
  mostFeatures,
  parseCollection,
  readCollection,
} from "#core/places/layers/feature-file.ts";
import { featureFileOf } from "#core/places/layers/layer-file.ts";
import type { LayerRequest } from "#core/table/features/feature-layer.ts";
import { openFeatures } from "#core/table/features/open-features.ts";
import { systemNamed } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { isZip } from "#core/table/xlsx/zip.ts";
import {
  hashedSource,
  heldSource,
  type ImportSource,
  newDecoder,
  readWhole,
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
  const layer = await openFeatures({ open, read, size, newDecoder }, request);
  if (layer !== null) {
    const file = await featureFileOf(layer, most);
    signal?.throwIfAborted();
    return { file, fileName, sha256: await hashedSource(source).digest() };
  }
  if (isZip((await read?.(0, 4)) ?? new Uint8Array(0))) {
    throw new FileFault("this is a ZIP archive with no Shapefile or KML in it: unpack it first");
  }
  if (request.layer !== null) {
    throw new FileFault("only a GeoPackage or a Shapefile has layers: leave --layer out");
  }
  const { text, sha256 } = await readWhole(source, signal);
  const collection = parseCollection(text, most);
  const system = collection.system === null ? null : await systemNamed(collection.system);
  return { file: readCollection(collection, system), fileName, sha256 };
}
