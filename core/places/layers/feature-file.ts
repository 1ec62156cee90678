import { type Position, roundedPosition } from "#core/geo/cell.ts";
import { isOnGrid, positionOfGrid } from "#core/geo/national-grid.ts";
import type { FeatureLayer, Shape } from "#core/table/features/feature-layer.ts";
import { isDegrees, turned } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";

export interface FileFeature {
  /** From 1 in the file, or its line. */
  readonly number: number;
  /** Short texts and numbers only: longer texts are prose, which nothing here needs. */
  readonly properties: ReadonlyMap<string, string>;
  readonly geometry: Shape | null;
}

export interface FeatureFile {
  readonly features: readonly FileFeature[];
  /** Of all features, in order. */
  readonly propertyNames: readonly string[];
  readonly reference: Reference;
  /** Attribution that the file requires, in plain words; null if none. */
  readonly attribution: string | null;
}

/** Degrees of WGS84, or metres of the British National Grid (EPSG:27700). */
export type Reference = "degrees" | "grid";

export const mostFeatures = 100_000;
const longestText = 100;

/** Points of all outlines that are held at one time: some 250 MB. */
const mostPoints = 5_000_000;

/** All features of a layer, in degrees or in metres of the British National Grid. */
export async function featureFileOf(layer: FeatureLayer, most: number): Promise<FeatureFile> {
  const { names, system } = layer;
  const features: FileFeature[] = [];
  let points = 0;
  for await (const piece of layer.pieces()) {
    for (const { values, shape, number = features.length + 1 } of piece.features) {
      points += pointsIn(shape?.coordinates);
      if (features.length >= most || points > mostPoints) throw tooLarge(layer, most);
      const geometry = shape && { ...shape, coordinates: turned(shape.coordinates, system) };
      const record = Object.fromEntries(names.map((name, at) => [name, values[at]]));
      features.push({ number, properties: shortProperties(record), geometry });
    }
  }
  if (features.length === 0) throw new FileFault(`${calledIn(layer)} has no features in this area`);
  const used = new Set(features.flatMap((one) => [...one.properties.keys()]));
  const reference = system.axes === "grid" ? "grid" : "degrees";
  return { features, propertyNames: [...used], reference, attribution: layer.attribution ?? null };
}

const calledIn = ({ layer }: FeatureLayer) =>
  layer === null ? "the file" : `the layer "${layer}"`;

function tooLarge(layer: FeatureLayer, most: number): FileFault {
  return new FileFault(
    `${calledIn(layer)} is too large: at most ${formatCount(most)} features and ${formatCount(mostPoints)} points are read; export only the area that is needed`,
  );
}

/** A MultiPolygon nests points deepest: what lies below is none. */
function pointsIn(coordinates: unknown, depth = 0): number {
  if (!Array.isArray(coordinates) || depth > 3) return 0;
  if (typeof coordinates[0] === "number") return 1;
  return coordinates.reduce((sum: number, one: unknown) => sum + pointsIn(one, depth + 1), 0);
}

function shortProperties(given: Readonly<Record<string, unknown>>): Map<string, string> {
  const properties = new Map<string, string>();
  for (const [key, held] of Object.entries(given)) {
    if (typeof held !== "string" && typeof held !== "number") continue;
    const text = String(held).trim();
    if (text !== "" && text.length <= longestText) properties.set(key, text);
  }
  return properties;
}

/** One point in WGS84. `where` names the feature. */
export function readPosition(value: unknown, reference: Reference, where: string): Position {
  const [x, y] = listOf(value, where);
  if (typeof x !== "number" || typeof y !== "number") {
    throw new FileFault(`${where} has a point that is not two numbers`);
  }
  if (reference === "degrees" && isDegrees([x, y])) return [x, y];
  if (reference === "grid" && isOnGrid(x, y) && !isDegrees([x, y])) return positionOfGrid(x, y);
  const wanted =
    reference === "degrees"
      ? "which is no longitude and latitude, as the rest of the file has"
      : "which is not on the British National Grid, as the rest of the file is";
  throw new FileFault(`${where} has the point ${x}, ${y}, ${wanted}`);
}

export function listOf(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new FileFault(`${where} has coordinates that are not lists of points`);
}

/** At least two points in WGS84. */
export function readLine(value: unknown, reference: Reference, where: string): Position[] {
  const points = listOf(value, where).map((one) => readPosition(one, reference, where));
  if (points.length > 1) return points;
  throw new FileFault(`${where} has a line of one point; a line needs at least two`);
}

/** The first of the names, by the order of the patterns. */
export function findProperty(names: readonly string[], patterns: readonly RegExp[]): string | null {
  for (const pattern of patterns) {
    const found = names.find((name) => pattern.test(name));
    if (found !== undefined) return found;
  }
  return null;
}

export type Polygons = readonly (readonly (readonly Position[])[])[];

/** In WGS84; the database checks whether the rings cross. */
export function readPolygons(
  { geometry }: Pick<FileFeature, "geometry">,
  reference: Reference,
  where: string,
): Polygons {
  const polygon = (value: unknown) =>
    listOf(value, where).map((ring) => readRing(ring, reference, where));
  if (geometry?.type === "Polygon") return [polygon(geometry.coordinates)];
  if (geometry?.type === "MultiPolygon") return listOf(geometry.coordinates, where).map(polygon);
  throw new FileFault(
    `${where} is a ${geometry?.type ?? "feature without a shape"}, not a polygon`,
  );
}

function readRing(value: unknown, reference: Reference, where: string): readonly Position[] {
  const points = listOf(value, where);
  const ring = points.map((position) => readPosition(position, reference, where));
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) {
    throw new FileFault(`${where} has a ring of ${ring.length} points; a ring needs at least four`);
  }
  if (first[0] !== last[0] || first[1] !== last[1]) {
    throw new FileFault(
      `${where} has a ring that is not closed: it begins at ${roundedPosition(first).join(", ")} and ends at ${roundedPosition(last).join(", ")}`,
    );
  }
  return ring;
}
