import {
  axisNames,
  degrees,
  type PointSystem,
  systemNamed,
  turned,
} from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { type TableRow, tableLimits } from "#core/table/row-reader.ts";
import type { TablePiece, TableSource } from "#core/table/table-source.ts";
import { createTextReader } from "#core/table/text-reader.ts";
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
      "this is a list in JSON, not GeoJSON: export a FeatureCollection of points, or a CSV",
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

/** Parsed as one document, in about ten times its size of memory: some 100,000 features. */
const mostBytes = 32_000_000;
const rowsAtOnce = 1_000;

/** A file of points as a table: the position, then every property that occurs. */
export async function* readFeatures(
  source: TableSource,
  kind: FeatureKind,
): AsyncIterable<TablePiece> {
  const reader = createTextReader(source.newDecoder);
  const texts: string[] = [];
  let bytes = 0;
  for await (const piece of source.open()) {
    bytes += piece.length;
    if (bytes > mostBytes) {
      throw new FileFault(
        `GeoJSON of more than ${formatCount(mostBytes / 1e6)} MB is not read; save the points as CSV`,
      );
    }
    texts.push(reader.push(piece));
  }
  texts.push(reader.finish());
  const text = texts.join("");
  const rows =
    kind === "lines" ? tableOf(featuresOfLines(text), kind) : await collectionTable(text);
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    yield { rows: rows.slice(at, at + rowsAtOnce), bytes };
  }
}

interface Feature {
  /** Its place in the collection, or its line. */
  readonly number: number;
  readonly value: unknown;
}

async function collectionTable(text: string): Promise<TableRow[]> {
  const value = parseJson(text, {});
  const { type, features } = isRecord(value) ? value : {};
  if (type !== "FeatureCollection") {
    const said = typeof type === "string" && /^[A-Za-z]{1,30}$/.test(type) ? `a ${type}` : "JSON";
    throw new FileFault(
      `this is ${said}, not a GeoJSON FeatureCollection; export the points as one`,
    );
  }
  if (!Array.isArray(features)) {
    throw new FileFault('the FeatureCollection has no list of "features"');
  }
  const numbered = features.map((feature: unknown, at) => ({ number: at + 1, value: feature }));
  return tableOf(numbered, "collection", await pointSystem(value as Record<string, unknown>));
}

function featuresOfLines(text: string): Feature[] {
  return text.split(/\r\n|\r|\n/).flatMap((line, at) => {
    const feature = line.replaceAll(recordSeparator, "").trim();
    const where = { line: at + 1, unit: "feature-line" } as const;
    return feature === "" ? [] : [{ number: at + 1, value: parseJson(feature, where) }];
  });
}

function parseJson(text: string, where: { line?: number; unit?: "feature-line" }): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileFault(
      "this cannot be read as JSON, as where a file was cut off; export it again",
      { cause, ...where },
    );
  }
}

function tableOf(
  features: readonly Feature[],
  kind: FeatureKind,
  system: PointSystem = degrees,
): TableRow[] {
  if (features.length === 0) {
    throw new FileFault(
      kind === "collection"
        ? "the file is empty: its collection has no features"
        : "the file is empty: there is no feature",
    );
  }
  const read = features.map((feature) => readFeature(feature, kind, system));
  const names = new Set(read.flatMap(({ properties }) => [...properties.keys()]));
  if (names.size > tableLimits.columns - 2) {
    throw new FileFault(
      `the features have more than ${formatCount(tableLimits.columns)} properties in all; export only those that are needed`,
    );
  }
  const hasPoints = read.some(({ position }) => position !== null);
  // Headings come before the first feature, which is number 1.
  const header = { line: 0, cells: [...(hasPoints ? axisNames(system) : []), ...names] };
  const rows = read.map(({ number, position, properties }) => {
    const values = Array.from(names, (name) => properties.get(name) ?? "");
    return { line: number, cells: [...(hasPoints ? (position ?? ["", ""]) : []), ...values] };
  });
  return [header, ...rows];
}

function readFeature({ number, value }: Feature, kind: FeatureKind, system: PointSystem) {
  const where = { line: number, unit: kind === "lines" ? "feature-line" : "feature" } as const;
  if (!isRecord(value) || value["type"] !== "Feature") {
    throw new FileFault("this is not a GeoJSON feature", where);
  }
  const { geometry, properties } = value;
  if (geometry !== null && geometry !== undefined && !isRecord(geometry)) {
    throw new FileFault("the geometry of this feature is no object", where);
  }
  const found = new Map(isRecord(properties) ? flatten(properties, "", 0) : []);
  const length = [...found.values()].reduce((sum, text) => sum + text.length, 0);
  if (length > tableLimits.rowLength) {
    throw new FileFault(
      `this feature is longer than ${formatCount(tableLimits.rowLength)} characters; a point and its properties are not`,
      where,
    );
  }
  return {
    number,
    position: isRecord(geometry) ? pointCells(geometry, system) : null,
    properties: found,
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

/** The system that a collection names. GeoJSON defaults to WGS84: RFC 7946 removed the member, programs still write it. */
function pointSystem({ crs }: Readonly<Record<string, unknown>>): Promise<PointSystem> {
  if (crs === undefined || crs === null) return Promise.resolve(degrees);
  const properties = isRecord(crs) ? crs["properties"] : undefined;
  const name = isRecord(properties) ? properties["name"] : undefined;
  return systemNamed(typeof name === "string" ? name : "");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
