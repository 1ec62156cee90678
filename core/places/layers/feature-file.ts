import { z } from "zod";
import { type Position, roundedPosition } from "#core/geo/cell.ts";
import { isOnGrid, positionOfGrid } from "#core/geo/national-grid.ts";
import type { Shape } from "#core/table/features/feature-layer.ts";
import { type PointSystem, turned } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { plainAttribution } from "#core/text/attribution.ts";
import { formatCount } from "#core/text/numbers.ts";

export interface FileFeature {
  /** From 1 in the file. */
  readonly number: number;
  /** Short texts and numbers only: longer texts are prose, which nothing here needs. */
  readonly properties: ReadonlyMap<string, string>;
  readonly geometry: Shape | null;
}

export interface FeatureFile {
  readonly features: readonly FileFeature[];
  /** Property names of the first features, in order. */
  readonly propertyNames: readonly string[];
  readonly reference: Reference;
  /** Attribution that the file requires, in plain words; null if none. */
  readonly attribution: string | null;
}

/** Degrees of WGS84, or metres of the British National Grid (EPSG:27700). */
export type Reference = "degrees" | "grid";

export const mostFeatures = 100_000;
const longestText = 100;
/** Features searched for property names; all features of a set share them. */
const lookedAt = 100;

const collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.unknown()).min(1),
  crs: z.unknown().optional(),
  attribution: z.unknown().optional(),
});

/** GeoJSON 2008 names its system; RFC 7946 is always WGS84, though exports may differ. */
const crs = z.object({ properties: z.object({ name: z.string() }) });

const feature = z.object({
  type: z.literal("Feature"),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.object({ type: z.string(), coordinates: z.unknown().optional() }).nullish(),
});

/** A GeoJSON FeatureCollection as it is written. Throws a `FileFault` that says what else it is. */
export function parseCollection(text: string, most = mostFeatures) {
  const value = parseJson(text);
  const parsed = collection.safeParse(value);
  if (!parsed.success) throw new FileFault(whatItIs(value));
  if (parsed.data.features.length > most) {
    throw new FileFault(
      `this has more than ${formatCount(most)} features; cut it to your area first`,
    );
  }
  const system = crs.safeParse(parsed.data.crs).data?.properties.name ?? null;
  return { ...parsed.data, system };
}

/** @param system that the collection names; null where it names none, and the first numbers tell */
export function readCollection(
  { features: all, attribution }: ReturnType<typeof parseCollection>,
  system: PointSystem | null,
): FeatureFile {
  const features = all.map((one, index) => readFeature(one, index, system));
  const names = new Set(features.slice(0, lookedAt).flatMap((one) => [...one.properties.keys()]));
  return {
    features,
    propertyNames: [...names],
    reference: system === null ? foundReference(features) : referenceOf(system),
    attribution: plainAttribution(attribution),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    const unread =
      "this cannot be read as JSON, perhaps because it is cut off; export it again as GeoJSON";
    throw new FileFault(text.trim() === "" ? "the file is empty" : unread, { cause });
  }
}

function whatItIs(value: unknown): string {
  const { type, geometryType } = Object(value) as Readonly<Record<string, unknown>>;
  if (type === "Topology") return "this is TopoJSON, not GeoJSON; export it as GeoJSON";
  if (typeof geometryType === "string")
    return "this is Esri JSON, not GeoJSON; export it as GeoJSON";
  return "this is not a GeoJSON FeatureCollection with at least one feature";
}

function readFeature(value: unknown, index: number, system: PointSystem | null): FileFeature {
  const number = index + 1;
  const parsed = feature.safeParse(value);
  if (!parsed.success) throw new FileFault(`feature ${number} is not a GeoJSON feature`);
  const { properties, geometry } = parsed.data;
  return {
    number,
    properties: shortProperties(properties ?? {}),
    geometry: geometry ? inSystem(geometry, system) : null,
  };
}

export function inSystem(shape: Shape, system: PointSystem | null): Shape {
  if (!system?.toDegrees) return shape;
  return { ...shape, coordinates: turned(shape.coordinates, system) };
}

export function shortProperties(given: Readonly<Record<string, unknown>>): Map<string, string> {
  const properties = new Map<string, string>();
  for (const [key, held] of Object.entries(given)) {
    if (typeof held !== "string" && typeof held !== "number") continue;
    const text = String(held).trim();
    if (text !== "" && text.length <= longestText) properties.set(key, text);
  }
  return properties;
}

export const referenceOf = ({ axes }: PointSystem): Reference =>
  axes === "grid" ? "grid" : "degrees";

/** By the first numbers: grid metres in Great Britain are never as small as degrees. */
function foundReference(features: readonly FileFeature[]): Reference {
  for (const { geometry } of features) {
    const first = firstPosition(geometry?.coordinates);
    if (first) return isDegrees(first) ? "degrees" : "grid";
  }
  return "degrees";
}

/** A MultiPolygon nests points deepest. */
const deepest = 4;

export function firstPosition(coordinates: unknown): readonly [number, number] | null {
  let at = coordinates;
  for (let depth = 0; depth < deepest && Array.isArray(at); depth += 1) {
    const [x, y] = at as readonly unknown[];
    if (typeof x === "number" && typeof y === "number") return [x, y];
    at = x;
  }
  return null;
}

function isDegrees([x, y]: readonly [number, number]): boolean {
  return Math.abs(x) <= 180 && Math.abs(y) <= 90;
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
