import { isOnGrid } from "#core/geo/national-grid.ts";
import {
  type FeatureLayer,
  featuresAtOnce,
  type LayerFeature,
} from "#core/table/features/feature-layer.ts";
import {
  degrees,
  firstPosition,
  grid,
  isDegrees,
  type PointSystem,
  systemNamed,
  turned,
} from "#core/table/features/point-system.ts";
import { type FaultDetail, FileFault } from "#core/table/file-fault.ts";
import type { TableSource } from "#core/table/table-source.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { plainAttribution } from "#core/text/attribution.ts";
import { formatCount } from "#core/text/numbers.ts";

/** One FeatureCollection, or a feature on each line. */
export type FeatureKind = "collection" | "lines";

/** RFC 8142 puts this before each text of a sequence. */
const recordSeparator = "\u001e";

/** Kind of text, by its beginning; null when it is no JSON. */
export function featureKind(head: string, isWhole: boolean): FeatureKind | null {
  const start = head.trimStart();
  if (start.startsWith("[")) {
    throw new FileFault(
      "this is a list in JSON, not GeoJSON: export a FeatureCollection, or a CSV",
    );
  }
  if (start.startsWith(recordSeparator)) return "lines";
  if (!start.startsWith("{")) return null;
  const end = start.search(/[\r\n]/);
  if (end === -1 && !isWhole) return "collection";
  try {
    const first: unknown = JSON.parse(end === -1 ? start : start.slice(0, end));
    return isRecord(first) && first["type"] === "Feature" ? "lines" : "collection";
  } catch {
    return "collection";
  }
}

/** A file of features with every property that occurs. It is parsed as one document. */
export async function openGeoJson(
  source: Pick<TableSource, "open" | "newDecoder">,
  kind: FeatureKind,
  mostBytes = Number.POSITIVE_INFINITY,
): Promise<FeatureLayer> {
  const { text, size } = await readText(source, mostBytes);
  if (text.trim() === "") throw new FileFault("the file is empty");
  const unit = kind === "lines" ? "feature-line" : "feature";
  const { given, crs, attribution } =
    kind === "lines" ? featuresOfLines(text) : featuresOfCollection(text);
  const read = given.map(({ number, value }) => readFeature(value, { line: number, unit }));
  const names = [...new Set(read.flatMap(({ properties }) => [...properties.keys()]))];
  const features = read.map(({ properties, shape }, at) => ({
    values: names.map((name) => properties.get(name) ?? null),
    shape,
    number: given[at]?.number ?? 0,
  }));
  return {
    format: "geojson",
    unit,
    names,
    system: crs == null ? foundSystem(features) : await systemNamed(crsName(crs)),
    hasShapes: read.some(({ shape }) => shape !== null),
    attribution: plainAttribution(attribution),
    layers: [],
    layer: null,
    size,
    pieces: async function* () {
      for (let at = 0; at < features.length; at += featuresAtOnce) {
        yield { features: features.slice(at, at + featuresAtOnce), bytes: size };
      }
    },
  };
}

async function readText(
  { open, newDecoder }: Pick<TableSource, "open" | "newDecoder">,
  mostBytes: number,
) {
  const reader = createTextReader(newDecoder);
  const texts: string[] = [];
  let size = 0;
  for await (const piece of open()) {
    size += piece.length;
    if (size > mostBytes) {
      throw new FileFault(
        `GeoJSON of more than ${formatCount(mostBytes / 1e6)} MB is not read; save the points as CSV`,
      );
    }
    texts.push(reader.push(piece));
  }
  texts.push(reader.finish());
  return { text: texts.join(""), size };
}

interface Given {
  /** In the order of the file, with the place of each in the collection or its line. */
  readonly given: readonly { readonly number: number; readonly value: unknown }[];
  readonly crs?: unknown;
  readonly attribution?: unknown;
}

function featuresOfCollection(text: string): Given {
  const value = parseJson(text, {});
  const { type, geometryType, features, crs, attribution } = isRecord(value) ? value : {};
  if (type === "Topology") {
    throw new FileFault("this is TopoJSON, not GeoJSON; export it as GeoJSON");
  }
  if (typeof geometryType === "string") {
    throw new FileFault("this is Esri JSON, not GeoJSON; export it as GeoJSON");
  }
  if (type !== "FeatureCollection") {
    const said = typeof type === "string" && /^[A-Za-z]{1,30}$/.test(type) ? `a ${type}` : "JSON";
    throw new FileFault(`this is ${said}, not a GeoJSON FeatureCollection; export it as one`);
  }
  if (!Array.isArray(features)) {
    throw new FileFault('the FeatureCollection has no list of "features"');
  }
  if (features.length === 0) {
    throw new FileFault("the file is empty: its collection has no features");
  }
  const given = features.map((feature: unknown, at) => ({ number: at + 1, value: feature }));
  return { given, crs, attribution };
}

function featuresOfLines(text: string): Given {
  const given = text.split(/\r\n|\r|\n/).flatMap((line, at) => {
    const feature = line.replaceAll(recordSeparator, "").trim();
    const where = { line: at + 1, unit: "feature-line" } as const;
    return feature === "" ? [] : [{ number: at + 1, value: parseJson(feature, where) }];
  });
  return { given };
}

function parseJson(text: string, where: FaultDetail): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileFault(
      "this cannot be read as JSON, as where a file was cut off; export it again",
      { cause, ...where },
    );
  }
}

function readFeature(value: unknown, where: FaultDetail) {
  if (!isRecord(value) || value["type"] !== "Feature") {
    throw new FileFault("this is not a GeoJSON feature", where);
  }
  const { geometry = null, properties } = value;
  if (geometry !== null && !isRecord(geometry)) {
    throw new FileFault("the geometry of this feature is no object", where);
  }
  const { type, coordinates } = geometry ?? {};
  return {
    shape: geometry && { type: String(type), coordinates },
    properties: new Map(isRecord(properties) ? flatten(properties, "", 0) : []),
  };
}

const shapes: ReadonlySet<unknown> = new Set([
  "MultiPoint",
  "LineString",
  "MultiLineString",
  "Polygon",
  "MultiPolygon",
  "GeometryCollection",
]);

/**
 * Longitude and latitude (or metres of the National Grid) as text; for shapes other than a point its name in both, so that the row
 * is refused for it (place.ts). A MultiPoint of one point is a point.
 */
export function pointCells(
  { type, coordinates }: { readonly type?: unknown; readonly coordinates?: unknown },
  system: PointSystem,
): [string, string] {
  const only = type === "MultiPoint" && Array.isArray(coordinates) && coordinates.length === 1;
  if (type === "Point" || only) {
    const position: unknown = only ? coordinates[0] : coordinates;
    const numbers = turned(position, system);
    const [first, second] = Array.isArray(numbers) ? (numbers as readonly unknown[]) : [];
    const numberText = (value: unknown) => (typeof value === "number" ? String(value) : "");
    return [numberText(first), numberText(second)];
  }
  const shape = shapes.has(type) ? String(type) : "GeometryCollection";
  return [shape, shape];
}

/** Objects that are nested deeper are left out. */
const deepestProperty = 3;
const deepestList = 32;
const longestName = 200;

/** Properties within properties become columns of their own, as in `location.street`. */
function flatten(
  record: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
): (readonly [string, string])[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const name = oneLine(path + key).slice(0, longestName);
    if (isRecord(value)) {
      return depth < deepestProperty ? flatten(value, `${name}.`, depth + 1) : [];
    }
    return [[name, cellText(value, depth)] as const];
  });
}

/** Lists joined by semicolons; nothing for an object. */
export function cellText(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    if (depth > deepestList) {
      throw new FileFault(
        `brackets are nested more than ${deepestList} deep, which no file of points needs`,
      );
    }
    return value
      .map((one) => cellText(one, depth + 1))
      .filter(Boolean)
      .join("; ");
  }
  if (typeof value === "string") return oneLine(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A record must stay on its line; NUL is no text. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, " ");
}

/** RFC 7946 removed the member, and is always in WGS84; programs still write it. */
function crsName(crs: unknown): string {
  const properties = isRecord(crs) ? crs["properties"] : undefined;
  const name = isRecord(properties) ? properties["name"] : undefined;
  return typeof name === "string" ? name : "";
}

/** By the first numbers: metres of the grid in Great Britain are never as small as degrees. */
function foundSystem(features: readonly LayerFeature[]): PointSystem {
  for (const { shape } of features) {
    const first = firstPosition(shape?.coordinates);
    if (first) return isOnGrid(...first) && !isDegrees(first) ? grid : degrees;
  }
  return degrees;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
