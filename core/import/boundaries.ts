import { z } from "zod";
import type { Position } from "#core/geo/cell.ts";
import { isOnGrid, positionOfGrid } from "#core/geo/national-grid.ts";
import { FileFault } from "#core/import/file-fault.ts";

/** One area of a GeoJSON file, in WGS84; whether its rings cross is the database's to say. */
export interface Boundary {
  readonly code: string;
  readonly name: string;
  /** The borough that a ward belongs to, where the file says it. */
  readonly within: string | null;
  readonly polygons: readonly (readonly (readonly Position[])[])[];
}

const collection = z.object({
  type: z.literal("FeatureCollection"),
  features: z.array(z.unknown()).min(1),
});

const feature = z.object({
  type: z.literal("Feature"),
  properties: z.record(z.string(), z.unknown()).nullish(),
  geometry: z.object({ type: z.string(), coordinates: z.unknown() }).nullish(),
});

/**
 * Areas of a GeoJSON FeatureCollection of polygons, in degrees or in metres of EPSG:27700.
 * Throws a `FileFault` that names the feature.
 */
export function readBoundaries(text: string): Boundary[] {
  const parsed = collection.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new FileFault("this is not a GeoJSON FeatureCollection with at least one feature");
  }
  const boundaries = parsed.data.features.map(readFeature);
  const seen = new Set<string>();
  for (const { code } of boundaries) {
    if (seen.has(code))
      throw new FileFault(`the code "${code}" occurs twice; each area needs its own`);
    seen.add(code);
  }
  return boundaries;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new FileFault("this cannot be read as JSON; export the areas as GeoJSON", { cause });
  }
}

function readFeature(value: unknown, index: number): Boundary {
  const number = index + 1;
  const parsed = feature.safeParse(value);
  if (!parsed.success) throw new FileFault(`feature ${number} is not a GeoJSON feature`);
  const properties = parsed.data.properties ?? {};
  const name = textOf(properties, namePatterns);
  const code = textOf(properties, codePatterns) ?? name;
  if (code === null) {
    throw new FileFault(
      `feature ${number} has neither a code nor a name; its properties should have one such as "code" or "WD21CD", and "name" or "WD21NM"`,
    );
  }
  const where = `feature ${number} ("${name ?? code}")`;
  return {
    code,
    name: name ?? code,
    within: textOf(properties, withinPatterns),
    polygons: readGeometry(parsed.data.geometry ?? null, where),
  };
}

const codePatterns = [
  /^code$/i,
  /^(?:wd|ward|lsoa|beat|nb|lad|borough)\d*_?(?:cd|code|id)$/i,
  /code$/i,
];
const namePatterns = [
  /^name$/i,
  /^(?:wd|ward|lsoa|beat|nb|lad|borough)\d*_?(?:nm|name)$/i,
  /^(?:ward|beat|lsoa|borough)$/i,
  /name$/i,
];
const withinPatterns = [/^lad$/i, /^lad\d*_?(?:nm|name)$/i, /^borough(?:_?name)?$/i, /^district$/i];
const longestText = 100;

/** The first property, by the order of the patterns, that holds a short text or a number. */
function textOf(
  properties: Readonly<Record<string, unknown>>,
  patterns: readonly RegExp[],
): string | null {
  for (const pattern of patterns) {
    for (const [key, value] of Object.entries(properties)) {
      if (!pattern.test(key) || (typeof value !== "string" && typeof value !== "number")) continue;
      const text = String(value).trim();
      if (text !== "" && text.length <= longestText) return text;
    }
  }
  return null;
}

type Geometry = { readonly type: string; readonly coordinates?: unknown };

function readGeometry(geometry: Geometry | null, where: string): Boundary["polygons"] {
  if (geometry?.type === "Polygon") return [readPolygon(geometry.coordinates, where)];
  if (geometry?.type === "MultiPolygon") {
    return listOf(geometry.coordinates, where).map((polygon) => readPolygon(polygon, where));
  }
  throw new FileFault(
    `${where} is a ${geometry?.type ?? "feature without a shape"}, not a polygon`,
  );
}

function readPolygon(value: unknown, where: string): readonly (readonly Position[])[] {
  return listOf(value, where).map((ring) => readRing(ring, where));
}

function readRing(value: unknown, where: string): readonly Position[] {
  const ring = listOf(value, where).map((position) => readPosition(position, where));
  const [first, last] = [ring[0], ring.at(-1)];
  if (ring.length < 4 || !first || !last) {
    throw new FileFault(`${where} has a ring of ${ring.length} points; a ring needs at least four`);
  }
  if (first[0] !== last[0] || first[1] !== last[1]) {
    throw new FileFault(
      `${where} has a ring that is not closed: it begins at ${first.join(", ")} and ends at ${last.join(", ")}`,
    );
  }
  return ring;
}

function readPosition(value: unknown, where: string): Position {
  const [x, y] = listOf(value, where);
  if (typeof x !== "number" || typeof y !== "number") {
    throw new FileFault(`${where} has a point that is not two numbers`);
  }
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return [x, y];
  if (isOnGrid(x, y)) return positionOfGrid(x, y);
  throw new FileFault(
    `${where} has the point ${x}, ${y}, which is neither longitude and latitude nor on the British National Grid`,
  );
}

function listOf(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value) && value.length > 0) return value;
  throw new FileFault(`${where} has coordinates that are not lists of points in rings`);
}
