import type { FeatureFile, FileFeature, Reference } from "#core/places/layers/feature-file.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import {
  openSqlite,
  SqliteFault,
  type SqliteFile,
  type SqliteTools,
} from "#server/files/sqlite-file.ts";

const longestText = 100;
const mostFeatures = 50_000;
const mostLayers = 1_000;
/** Of all shapes together. */
const mostOctets = 256 * 1024 * 1024;

export interface LayerWish extends SqliteTools {
  readonly layer: string | null;
  /** The option that names it, for a fault. */
  readonly layerOption: string;
}

interface LayerOf {
  readonly name: string;
  readonly column: string;
  readonly reference: Reference;
}

/**
 * A layer of a GeoPackage (OGC 12-128r19) as features, in degrees or in metres of the British National Grid; PostGIS reads
 * its shapes. Only a table is read as one: a view could be any program.
 */
export async function readGeoPackage(
  tx: Transaction,
  path: string,
  wish: LayerWish,
): Promise<FeatureFile> {
  const db = openSqlite(path, wish);
  try {
    const found = chooseLayer(await layersOf(db), wish.layer, wish.layerOption);
    const rows = await rowsOf(db, found);
    if (rows.length === 0) throw new FileFault(`the layer "${found.name}" has no features`);
    return await featuresOf(tx, found, rows);
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

async function rowsOf(db: SqliteFile, { name, column }: LayerOf): Promise<Row[]> {
  const columns = (await db.columnsOf(name)) ?? [];
  const isShape = (one: string) => one.toLowerCase() === column.toLowerCase();
  if (!columns.some(isShape)) {
    throw new FileFault(
      `the layer "${name}" is no table with the shapes in "${column}", perhaps a view, which could be any program; export the layer itself`,
    );
  }
  const from = quoted(name);
  const [size] = await db.ask(
    `select count(*) as count, sum(length(${quoted(column)})) as octets from ${from}`,
    [],
    1,
  );
  if (Number(size?.["count"]) > mostFeatures || Number(size?.["octets"]) > mostOctets) {
    throw new FileFault(
      `the layer "${name}" is too large: at most ${formatCount(mostFeatures)} features and ${mostOctets / 1024 ** 2} MB are read; export only the areas that are needed`,
    );
  }
  const wanted = columns.map((one) =>
    isShape(one)
      ? `${quoted(one)} as ${quoted(column)}`
      : `case when length(${quoted(one)}) <= ${longestText} then ${quoted(one)} end as ${quoted(one)}`,
  );
  return db.ask(`select ${wanted.join(", ")} from ${from}`, [], mostFeatures);
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

/** The one that is named; else the only one with areas. */
function chooseLayer(layers: readonly Layer[], wanted: string | null, option: string): LayerOf {
  const names = layers.map(({ name }) => name).join(", ");
  const withAreas = layers.filter(({ type }) => !/POINT|LINE|CURVE$/i.test(type));
  const [found, second] =
    wanted === null ? withAreas : layers.filter(({ name }) => name === wanted);
  if (!found) {
    const what = wanted === null ? "no layer with areas" : `no layer "${wanted}"`;
    throw new FileFault(`it has ${what}; its layers are: ${names || "none"}`);
  }
  if (second) {
    throw new FileFault(`it has several layers: say which one with ${option} (${names})`);
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

async function featuresOf(
  tx: Transaction,
  { name, column, reference }: LayerOf,
  rows: readonly Row[],
): Promise<FeatureFile> {
  const shapes = rows.map((row, index) => wkbOf(row[column], `feature ${index + 1}`));
  const geometries = await readShapes(tx, name, shapes);
  const features = rows.map((row, index): FileFeature => {
    const number = index + 1;
    return { number, properties: propertiesOf(row), geometry: geometries[index] ?? null };
  });
  const names = new Set(features.flatMap((one) => [...one.properties.keys()]));
  return { features, propertyNames: [...names], reference };
}

function propertiesOf(row: Row): Map<string, string> {
  const properties = new Map<string, string>();
  for (const [key, value] of Object.entries(row)) {
    if (typeof value !== "string" && typeof value !== "number") continue;
    const text = String(value).trim();
    if (text !== "" && text.length <= longestText) properties.set(key, text);
  }
  return properties;
}

const envelopeSizes = [0, 32, 48, 48, 64] as const;

/** What stands behind the head of a GeoPackage's shape (section 2.1.3), in hexadecimal; null for none. */
function wkbOf(value: unknown, where: string): string | null {
  if (value === null) return null;
  if (!(value instanceof Uint8Array) || value[0] !== 0x47 || value[1] !== 0x50) {
    throw new FileFault(`the shape of ${where} is not written as a GeoPackage has it`);
  }
  const envelope = envelopeSizes[((value[3] ?? 0) >> 1) & 7];
  if (envelope === undefined) throw new FileFault(`the shape of ${where} has a damaged head`);
  return Buffer.from(value.subarray(8 + envelope)).toString("hex");
}

type Geometry = { readonly type: string; readonly coordinates?: unknown } | null;

async function readShapes(
  tx: Transaction,
  layer: string,
  shapes: readonly (string | null)[],
): Promise<Geometry[]> {
  try {
    const rows = await tx.query<{ shape: Geometry }>(
      `select st_asgeojson(
                st_force2d(st_curvetoline(st_geomfromwkb(decode(shape, 'hex')))), 9
              )::json as "shape"
       from unnest($1::text[]) with ordinality as given (shape, position)
       order by position`,
      [shapes],
    );
    return rows.map(({ shape }) => shape);
  } catch (cause) {
    if (!(cause instanceof DatabaseError)) throw cause;
    throw new FileFault(`a shape of the layer "${layer}" cannot be read; export the file again`, {
      cause,
    });
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
