import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { cellAt } from "#core/geo/cell.ts";
import { featureFileOf, mostFeatures, readPolygons } from "#core/places/layers/feature-file.ts";
import type { LayerRequest } from "#core/table/features/feature-layer.ts";
import { openFeatures } from "#core/table/features/open-features.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openGeoJson } from "#core/table/geojson.ts";
import { bytesTable, readBytes } from "#tests/support/import.ts";

/** Made-up points and areas as GDAL 3.10 writes them, each in a system of its own; `points.csv` and `areas.geojson` are the same. */
export function goldenFeatures(name: string): Uint8Array {
  const octets = readFileSync(new URL(`../golden/features/${name}`, import.meta.url));
  return new Uint8Array(name.endsWith(".gz") ? gunzipSync(octets) : octets);
}

export const pointFiles = [
  "points-web-mercator.gpkg.gz",
  "points-etrs-utm.shp.zip",
  "points-utm.fgb",
  "points.kml",
  "points.kmz",
  "points-irish.geojson",
];
export const areaFiles = ["areas.gpkg.gz", "areas.shp.zip", "areas.fgb", "areas.kml"];

/** "2021-01-01T00:00 8a194ad..." of each event, in order of time: an index may have changed that of the file. */
export async function cellsOfFile(bytes: Uint8Array): Promise<readonly string[]> {
  const { drafts, faults } = await readBytes(bytes, { source: "resident" });
  if (faults.length > 0) throw new Error(faults[0]?.reason);
  return drafts
    .map((one) => `${one.startsAt} ${cellAt(one.position, 10)} ${one.category} ${one.knownBy}`)
    .sort();
}

const areas: LayerRequest = { layer: null, shapes: "areas", within: null };

export async function featuresIn(bytes: Uint8Array, request: Partial<LayerRequest> = {}) {
  const layer = await openFeatures(bytesTable(bytes), { ...areas, ...request });
  if (layer === null) throw new FileFault("no file of features");
  return featureFileOf(layer, 1_000);
}

/** Features of GeoJSON. */
export async function geoJsonFile(text: string, most = mostFeatures) {
  return featureFileOf(await openGeoJson(bytesTable(Buffer.from(text)), "collection"), most);
}

/** Polygons by code, to a tenth of a metre. */
export async function areasIn(bytes: Uint8Array) {
  const { features, reference } = await featuresIn(bytes);
  return features.map((feature) => ({
    code: feature.properties.get("code"),
    polygons: readPolygons(feature, reference, "area").map((rings) =>
      rings.map((ring) => ring.map(([x, y]) => [x.toFixed(6), y.toFixed(6)].join()).sort()),
    ),
  }));
}
