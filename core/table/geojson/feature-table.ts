import { FileFault } from "#core/table/file-fault.ts";
import {
  type Feature,
  type FeatureKind,
  parseFeature,
  pointCells,
  propertiesOf,
  recordSeparator,
} from "#core/table/geojson/feature.ts";
import { createFeatureSplitter, type FeatureText } from "#core/table/geojson/feature-splitter.ts";
import { type TableRow, tableLimits } from "#core/table/row-reader.ts";
import type { TablePiece, TableSource } from "#core/table/table-source.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { formatCount } from "#core/text/numbers.ts";

/** Columns of a feature file: the position, then every property that occurs. */
interface FeatureColumns {
  readonly names: readonly string[];
  readonly hasPoints: boolean;
  readonly places: ReadonlyMap<string, number>;
}

/**
 * A file of points as a table, in constant memory. Read twice, as all properties are known only at
 * its end.
 */
export async function* readFeatures(
  source: TableSource,
  kind: FeatureKind,
): AsyncIterable<TablePiece> {
  const found = createColumnFinder(kind);
  for await (const { features, bytes } of featuresOf(source, kind, found.members)) {
    found.look(features);
    yield { rows: [], bytes: bytes / 2 };
  }
  const columns = found.columns();
  const half = (source.size ?? 0) / 2;
  yield { rows: [headerOf(columns)], bytes: half };
  for await (const { features, bytes } of featuresOf(source, kind)) {
    yield { rows: features.map((feature) => rowOf(feature, columns)), bytes: half + bytes / 2 };
  }
}

export function headOfFeatures(text: string, isWhole: boolean, kind: FeatureKind): TableRow[] {
  const found = createColumnFinder(kind);
  const splitter = splitterOf(kind);
  const texts = [...splitter.push(text), ...(isWhole ? splitter.finish() : [])];
  const features = texts.map((one) => parseFeature(one, kind));
  found.members(splitter.members());
  found.look(features);
  const columns = found.columns();
  return [headerOf(columns), ...features.map((feature) => rowOf(feature, columns))];
}

interface Splitter {
  readonly push: (text: string) => FeatureText[];
  readonly finish: () => FeatureText[];
  readonly members: () => Readonly<Record<string, unknown>>;
}

function splitterOf(kind: FeatureKind): Splitter {
  return kind === "collection"
    ? createFeatureSplitter()
    : { ...createFeatureLines(), members: () => ({}) };
}

async function* featuresOf(
  source: TableSource,
  kind: FeatureKind,
  onMembers: (members: Readonly<Record<string, unknown>>) => void = () => undefined,
): AsyncIterable<{ features: readonly Feature[]; bytes: number }> {
  const text = createTextReader(source.newDecoder);
  const splitter = splitterOf(kind);
  let bytes = 0;
  const read = (texts: readonly FeatureText[]) => ({
    features: texts.map((one) => parseFeature(one, kind)),
    bytes,
  });
  for await (const piece of source.open()) {
    bytes += piece.length;
    yield read(splitter.push(text.push(piece)));
  }
  yield read(splitter.push(text.finish()));
  yield read(splitter.finish());
  onMembers(splitter.members());
}

function createColumnFinder(kind: FeatureKind) {
  const names = new Set<string>();
  let system: PointSystem = "wgs84";
  let hasPoints = false;
  let isEmpty = true;
  const add = (name: string) => {
    names.add(name);
    if (names.size <= tableLimits.columns - 2) return;
    throw new FileFault(
      `the features have more than ${formatCount(tableLimits.columns)} properties in all; export only those that are needed`,
    );
  };
  return {
    members: (members: Readonly<Record<string, unknown>>) => {
      system = pointSystem(members);
    },
    look: (features: readonly Feature[]) => {
      if (features.length > 0) isEmpty = false;
      for (const feature of features) {
        hasPoints ||= feature.geometry !== null;
        for (const [name] of propertiesOf(feature)) add(name);
      }
    },
    columns: (): FeatureColumns => {
      if (isEmpty) {
        throw new FileFault(
          kind === "collection"
            ? "the file is empty: its collection has no features"
            : "the file is empty: there is no feature",
        );
      }
      const where = system === "wgs84" ? ["longitude", "latitude"] : ["easting", "northing"];
      const all = [...(hasPoints ? where : []), ...names];
      const from = all.length - names.size;
      return {
        names: all,
        hasPoints,
        places: new Map([...names].map((name, at) => [name, from + at])),
      };
    },
  };
}

/** Headings come before the first feature, which is number 1. */
function headerOf({ names }: FeatureColumns): TableRow {
  return { line: 0, cells: names };
}

function rowOf(feature: Feature, { names, hasPoints, places }: FeatureColumns): TableRow {
  const cells = new Array<string>(names.length).fill("");
  if (hasPoints) [cells[0], cells[1]] = pointCells(feature);
  for (const [name, value] of propertiesOf(feature)) {
    const at = places.get(name);
    if (at !== undefined) cells[at] = value;
  }
  return { line: feature.number, cells };
}

/** Streams non-empty lines; a feature is found again by its line. */
function createFeatureLines(): {
  readonly push: (text: string) => FeatureText[];
  readonly finish: () => FeatureText[];
} {
  let rest = "";
  let line = 0;
  const take = (text: string): FeatureText[] => {
    line += 1;
    const feature = text
      .replaceAll(recordSeparator, "")
      .replace(/^\uFEFF/, "")
      .trim();
    return feature === "" ? [] : [{ number: line, text: feature }];
  };
  return {
    push: (text) => {
      const lines = (rest + text).split(/\r\n|\r(?!$)|\n/);
      rest = lines.pop() ?? "";
      if (rest.length > tableLimits.rowLength) {
        throw new FileFault(
          `this line is longer than ${formatCount(tableLimits.rowLength)} characters; a feature on a line is not`,
          { line: line + 1, unit: "feature-line" },
        );
      }
      return lines.flatMap(take);
    },
    finish: () => take(rest),
  };
}

/** Degrees of WGS84, or metres of the British National Grid. */
type PointSystem = "wgs84" | "national-grid";

/**
 * The reference system that a collection names. GeoJSON defaults to WGS84 (RFC 7946 removed the
 * member, programs still write it); any other system would misplace events and is refused.
 */
export function pointSystem(members: Readonly<Record<string, unknown>>): PointSystem {
  const crs = members["crs"];
  if (crs === undefined || crs === null) return "wgs84";
  const name = nameOf(crs);
  if (name !== null && wgs84.test(name)) return "wgs84";
  if (name !== null && nationalGrid.test(name)) return "national-grid";
  const said = name !== null && /^[\w:./ -]{1,60}$/.test(name) ? ` "${name}"` : "";
  throw new FileFault(
    `the coordinates are in a reference system${said} that is not read here; export the file in WGS84 (EPSG:4326) or the British National Grid (EPSG:27700)`,
  );
}

function nameOf(crs: unknown): string | null {
  if (typeof crs !== "object" || crs === null || !("properties" in crs)) return null;
  const { properties } = crs;
  if (typeof properties !== "object" || properties === null || !("name" in properties)) return null;
  return typeof properties.name === "string" ? properties.name : null;
}

const wgs84 = /(?:^|[:/])(?:CRS84h?|(?:EPSG|epsg)(?::[\d.]*:|[:/]{1,2}(?:\d+\/)?)(?:4326|4979))$/;
const nationalGrid = /(?:^|[:/])(?:EPSG|epsg)(?::[\d.]*:|[:/]{1,2}(?:\d+\/)?)(?:27700|7405)$/;
