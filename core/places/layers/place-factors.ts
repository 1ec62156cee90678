import {
  type FileFeature,
  findProperty,
  listOf,
  type Reference,
  readFeatureFile,
  readPolygons,
  readPosition,
} from "#core/places/layers/feature-file.ts";
import { isLabelProperty, labelPatterns, placeLabel } from "#core/places/layers/place-label.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** One place in WGS84, with at most its short name: nothing else of a file is kept. */
export interface DraftFactor {
  readonly number: number;
  readonly label: string | null;
  /** As GeoJSON: points, lines or polygons. */
  readonly geometry: { readonly type: string; readonly coordinates: readonly unknown[] };
}

/** What a person says instead of a property, for no names at all. */
export const noLabel = "none";

export type FactorFile = ReturnType<typeof readPlaceFactors>;

/** Points, lines and polygons of a GeoJSON FeatureCollection. Throws a `FileFault` that names the feature. */
export function readPlaceFactors(text: string, label?: string) {
  const { features, propertyNames, reference } = readFeatureFile(text);
  const labelProperties = propertyNames.filter(isLabelProperty);
  const labelProperty = chooseLabel(labelProperties, propertyNames, label);
  let labelsLeftOut = 0;
  const factors = features.map((feature): DraftFactor => {
    const written = labelProperty === null ? undefined : feature.properties.get(labelProperty);
    const name = written === undefined ? null : placeLabel(written);
    if (written !== undefined && name === null) labelsLeftOut += 1;
    const geometry = readGeometry(feature, reference, `feature ${feature.number}`);
    return { number: feature.number, label: name, geometry };
  });
  return { factors, labelProperty, labelProperties, labelsLeftOut, isOnGrid: reference === "grid" };
}

function chooseLabel(
  allowed: readonly string[],
  all: readonly string[],
  said: string | undefined,
): string | null {
  if (said === noLabel) return null;
  if (said === undefined) return findProperty(allowed, labelPatterns);
  if (allowed.includes(said)) return said;
  if (all.includes(said)) {
    throw new FileFault(
      `the property "${said}" may describe a person, so no names are taken from it; choose another, or none`,
    );
  }
  throw new FileFault(
    `no feature has a property "${said}"; there are ${allowed.join(", ") || "none that could name a place"}`,
  );
}

function readGeometry(feature: FileFeature, reference: Reference, where: string) {
  const { type, coordinates } = feature.geometry ?? { type: "" };
  const point = (value: unknown) => readPosition(value, reference, where);
  const line = (value: unknown) => {
    const points = listOf(value, where).map(point);
    if (points.length > 1) return points;
    throw new FileFault(`${where} has a line of one point; a line needs at least two`);
  };
  switch (type) {
    case "Point":
      return { type: "MultiPoint", coordinates: [point(coordinates)] };
    case "MultiPoint":
      return { type: "MultiPoint", coordinates: listOf(coordinates, where).map(point) };
    case "LineString":
      return { type: "MultiLineString", coordinates: [line(coordinates)] };
    case "MultiLineString":
      return { type: "MultiLineString", coordinates: listOf(coordinates, where).map(line) };
    case "Polygon":
    case "MultiPolygon":
      return { type: "MultiPolygon", coordinates: readPolygons(feature, reference, where) };
    case "":
      throw new FileFault(`${where} has no shape`);
    default:
      throw new FileFault(`${where} is a ${type.slice(0, 40)}, not a point, a line or a polygon`);
  }
}
