import { FileFault } from "#core/table/file-fault.ts";
import { deepestNesting, type FeatureText } from "#core/table/geojson/feature-splitter.ts";

export interface Feature {
  readonly number: number;
  readonly geometry: { readonly type: string; readonly coordinates: unknown } | null;
  readonly properties: unknown;
}

export function parseFeature({ number, text }: FeatureText, kind: FeatureKind): Feature {
  const where = { line: number, unit: kind === "lines" ? "feature-line" : "feature" } as const;
  const value = parseJson(text, where);
  if (!isRecord(value) || value["type"] !== "Feature") {
    throw new FileFault("this is not a GeoJSON feature", where);
  }
  const { geometry } = value;
  if (geometry !== null && geometry !== undefined && !isRecord(geometry)) {
    throw new FileFault("the geometry of this feature is no object", where);
  }
  return {
    number,
    properties: value["properties"],
    geometry: isRecord(geometry)
      ? { type: String(geometry["type"]), coordinates: geometry["coordinates"] }
      : null,
  };
}

function parseJson(text: string, where: { line: number; unit: "feature" | "feature-line" }) {
  if (nestsTooDeep(text)) {
    throw new FileFault(
      `brackets are nested more than ${deepestNesting} deep here, which no file of points needs`,
      where,
    );
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new FileFault("this cannot be read as JSON; export the file again", { cause, ...where });
  }
}

/** Also counts brackets in strings: close enough, as no real file comes near. */
function nestsTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (sign === 0x7b || sign === 0x5b) depth += 1;
    else if (sign === 0x7d || sign === 0x5d) depth -= 1;
    if (depth > deepestNesting) return true;
  }
  return false;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const shapes: ReadonlySet<string> = new Set([
  "MultiPoint",
  "LineString",
  "MultiLineString",
  "Polygon",
  "MultiPolygon",
  "GeometryCollection",
]);

/**
 * Longitude and latitude as text; for shapes other than a point its name in both, so that the row
 * is refused for it (place.ts). A MultiPoint of one point is a point.
 */
export function pointCells({ geometry }: Feature): [string, string] {
  if (geometry === null) return ["", ""];
  const { type, coordinates } = geometry;
  const only = type === "MultiPoint" && Array.isArray(coordinates) && coordinates.length === 1;
  const position: unknown = only ? coordinates[0] : coordinates;
  if (type === "Point" || only) {
    const [first, second] = Array.isArray(position) ? (position as readonly unknown[]) : [];
    return [numberText(first), numberText(second)];
  }
  const shape = shapes.has(type) ? type : "GeometryCollection";
  return [shape, shape];
}

function numberText(value: unknown): string {
  return typeof value === "number" ? String(value) : "";
}

/** Properties within properties become columns of their own, as in `location.street`. */
export function propertiesOf({ properties }: Feature): (readonly [string, string])[] {
  if (!isRecord(properties)) return [];
  return flatten(properties, "", 0);
}

const deepestProperty = 3;
const longestName = 200;

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
    return [[name, textOf(value)] as const];
  });
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join("; ");
  if (typeof value === "string") return oneLine(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** A record must stay on its line; NUL is no text. */
function oneLine(text: string): string {
  return text.replace(/[\r\n\0]+/g, " ");
}

/** One FeatureCollection, or a feature on each line. */
export type FeatureKind = "collection" | "lines";

/** RFC 8142 puts this before each text of a sequence. */
export const recordSeparator = "\u001e";

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
  return isFeature(end === -1 ? start : start.slice(0, end)) ? "lines" : "collection";
}

function isFeature(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return (
      typeof value === "object" && value !== null && "type" in value && value.type === "Feature"
    );
  } catch {
    return false;
  }
}
