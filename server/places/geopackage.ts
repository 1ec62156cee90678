import { type Bounds, boundsMeet } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { positionOfGrid } from "#core/geo/national-grid.ts";
import {
  type FeatureFile,
  type FileFeature,
  longestText,
  type Reference,
  shortProperties,
} from "#core/places/layers/feature-file.ts";
import { readWkb } from "#core/places/layers/wkb.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";
import {
  openSqlite,
  SqliteFault,
  type SqliteFile,
  type SqliteTools,
} from "#server/files/sqlite-file.ts";

const mostLayers = 1_000;
/** Rows that are looked at in one go, and octets of the shapes of such a page. */
const pageRows = 10_000;
const mostOctets = 256 * 1024 * 1024;

export interface GeoPackageRequest extends SqliteTools {
  readonly layer: string | null;
  readonly shapes: "areas" | "lines";
  readonly mostFeatures: number;
  /** Rows outside by their envelope are skipped; null: all. */
  readonly within: Bounds | null;
}

/**
 * A layer of a GeoPackage (OGC 12-128r19) as features, in degrees or in metres of the British National Grid. Only a table is
 * read as one: a view could be any program.
 */
export async function readGeoPackage(
  path: string,
  request: GeoPackageRequest,
): Promise<FeatureFile> {
  const db = openSqlite(path, request);
  try {
    const layer = chooseLayer(await layersOf(db), request);
    const features = await featuresOf(db, layer, request);
    if (features.length === 0)
      throw new FileFault(
        `the layer "${layer.name}" has no features${request.within ? " in this area" : ""}`,
      );
    const names = new Set(features.flatMap((one) => [...one.properties.keys()]));
    const { reference } = layer;
    return { features, propertyNames: [...names], reference, attribution: null };
  } catch (error) {
    if (!(error instanceof SqliteFault)) throw error;
    throw new FileFault(
      `this cannot be read as a GeoPackage: ${error.message}; export it again, or as GeoJSON`,
      { cause: error },
    );
  } finally {
    await db.close();
  }
}

async function featuresOf(db: SqliteFile, layer: FoundLayer, request: GeoPackageRequest) {
  const features: FileFeature[] = [];
  let octets = 0;
  for await (const rows of pagesOf(db, layer, request)) {
    for (const row of rows) octets += (row[layer.column] as Uint8Array | null)?.length ?? 0;
    if (features.length + rows.length > request.mostFeatures || octets > mostOctets) {
      throw tooLarge(layer, request);
    }
    for (const row of rows) features.push(featureOf(layer, row, features.length + 1));
  }
  return features;
}

function tooLarge({ name }: FoundLayer, { mostFeatures }: GeoPackageRequest): FileFault {
  return new FileFault(
    `the layer "${name}" is too large: at most ${formatCount(mostFeatures)} features and ${mostOctets / 1024 ** 2} MB are read; export only the area that is needed`,
  );
}

async function* pagesOf(
  db: SqliteFile,
  layer: FoundLayer,
  request: GeoPackageRequest,
): AsyncGenerator<readonly Row[]> {
  const { name, column, reference } = layer;
  const columns = (await db.columnsOf(name)) ?? [];
  const isShape = (one: string) => one.toLowerCase() === column.toLowerCase();
  if (!columns.some(isShape)) {
    throw new FileFault(
      `the layer "${name}" is no table with the shapes in "${column}", perhaps a view, which could be any program; export the layer itself`,
    );
  }
  const wanted = columns.map((one) =>
    isShape(one)
      ? `${quoted(one)} as ${quoted(column)}`
      : `case when length(${quoted(one)}) <= ${longestText} then ${quoted(one)} end as ${quoted(one)}`,
  );
  if (request.within === null) {
    const [all] = await db.ask(`select count(*) as rows from ${quoted(name)}`, [], 1);
    if (Number(all?.["rows"]) > request.mostFeatures) throw tooLarge(layer, request);
  }
  const page = `from ${quoted(name)} where rowid > ? order by rowid limit ${pageRows}`;
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const [size] = await db.ask(
      `select sum(length(shape)) as octets, max(id) as last
       from (select ${quoted(column)} as shape, rowid as id ${page})`,
      [last],
      1,
    );
    if (size?.["last"] === null || size === undefined) return;
    if (Number(size["octets"]) > mostOctets) throw tooLarge(layer, request);
    const rows = await db.ask(`select ${wanted.join(", ")} ${page}`, [last], pageRows);
    yield rows.filter((row) => liesWithin(row[column], reference, request.within));
    last = Number(size["last"]);
  }
}

/** By the envelope in the geometry header, if any. */
function liesWithin(shape: unknown, reference: Reference, within: Bounds | null): boolean {
  if (within === null || !(shape instanceof Uint8Array) || shape.length < 40) return true;
  if (((shape[3] ?? 0) >> 1) % 8 === 0) return true;
  const view = new DataView(shape.buffer, shape.byteOffset, shape.byteLength);
  const isLittle = (shape[3] ?? 0) % 2 === 1;
  const [minX = 0, maxX = 0, minY = 0, maxY = 0] = [8, 16, 24, 32].map((at) =>
    view.getFloat64(at, isLittle),
  );
  const corner = (x: number, y: number): Position =>
    reference === "grid" ? positionOfGrid(x, y) : [x, y];
  const [[west, south], [east, north]] = [corner(minX, minY), corner(maxX, maxY)];
  return boundsMeet({ west, south, east, north }, within);
}

interface Layer {
  readonly name: string;
  readonly column: string;
  readonly type: string;
  readonly srs: number;
}

async function layersOf(db: SqliteFile): Promise<Layer[]> {
  for (const table of ["gpkg_contents", "gpkg_geometry_columns"]) {
    if ((await db.columnsOf(table)) === null) {
      throw new FileFault(
        `it is a SQLite database without the table ${table} of a GeoPackage; export it again, or as GeoJSON`,
      );
    }
  }
  const rows = await db.ask(
    `select c.table_name as name, g.column_name as geometry, g.geometry_type_name as type, g.srs_id as srs
       from gpkg_contents as c
       join gpkg_geometry_columns as g on g.table_name = c.table_name
       where c.data_type = 'features'
       order by c.rowid`,
    [],
    mostLayers,
  );
  return rows.map((row) => ({
    name: String(row["name"]),
    column: String(row["geometry"]),
    type: String(row["type"]),
    srs: Number(row["srs"]),
  }));
}

type FoundLayer = Pick<Layer, "name" | "column"> & { readonly reference: Reference };

/** The one that is named; else the only one with such shapes, or the only one of roads among those. */
function chooseLayer(layers: readonly Layer[], request: GeoPackageRequest): FoundLayer {
  const { layer: wanted, shapes } = request;
  const names = layers.map(({ name }) => name).join(", ");
  const isLine = ({ type }: Layer) => /LINE|CURVE$/i.test(type);
  const fit = layers.filter((one) =>
    shapes === "lines" ? isLine(one) : !isLine(one) && !/POINT/i.test(one.type),
  );
  const roads = fit.filter(({ name }) => shapes === "lines" && /road|street/i.test(name));
  const [found, second] =
    wanted !== null ? layers.filter(({ name }) => name === wanted) : roads.length > 0 ? roads : fit;
  if (!found) {
    const what = wanted === null ? `no layer with ${shapes}` : `no layer "${wanted}"`;
    throw new FileFault(`it has ${what}; its layers are: ${names || "none"}`);
  }
  if (second) {
    throw new FileFault(`it has several layers: say which one with --layer (${names})`);
  }
  return { name: found.name, column: found.column, reference: referenceOf(found) };
}

function referenceOf({ name, srs }: Layer): Reference {
  if (srs === 27_700) return "grid";
  if (srs === 4_326 || srs === 4_258) return "degrees";
  throw new FileFault(
    `the layer "${name}" is in EPSG:${srs}; export it in WGS84 (EPSG:4326) or on the British National Grid (EPSG:27700)`,
  );
}

type Row = Readonly<Record<string, unknown>>;

function featureOf({ name, column }: FoundLayer, row: Row, number: number): FileFeature {
  const shape = row[column];
  return {
    number,
    properties: shortProperties(row),
    geometry: shape === null ? null : readShape(shape, `feature ${number} of the layer "${name}"`),
  };
}

const envelopeSizes = [0, 32, 48, 48, 64] as const;

/** A shape stands behind a head of its own (section 2.1.3). */
function readShape(value: unknown, where: string): FileFeature["geometry"] {
  if (!(value instanceof Uint8Array) || value[0] !== 0x47 || value[1] !== 0x50) {
    throw new FileFault(`the shape of ${where} is not written as a GeoPackage has it`);
  }
  const envelope = envelopeSizes[((value[3] ?? 0) >> 1) & 7];
  if (envelope === undefined) throw new FileFault(`the shape of ${where} has a damaged head`);
  try {
    return readWkb(value.subarray(8 + envelope));
  } catch (cause) {
    throw new FileFault(`the shape of ${where} is cut off; export the file again`, { cause });
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
