import { unlinkSync } from "node:fs";
import type { Database } from "node-sqlite3-wasm";
import type { FeatureFile, FileFeature, Reference } from "#core/places/layers/feature-file.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { linkTo } from "#server/places/basemap/mbtiles-file.ts";

const longestText = 100;

export interface LayerWish {
  readonly layer: string | null;
  /** The option that names it, for a fault. */
  readonly layerOption: string;
  readonly link: string;
}

interface LayerOf {
  readonly name: string;
  readonly column: string;
  readonly reference: Reference;
}

/**
 * A layer of a GeoPackage (OGC 12-128r19) as features, in degrees or in metres of the British National Grid; PostGIS reads
 * its shapes. `link` is where the file may be linked to: SQLite puts its lock beside the name by which it opens a file.
 */
export async function readGeoPackage(
  tx: Transaction,
  path: string,
  { layer, layerOption, link }: LayerWish,
): Promise<FeatureFile> {
  const { default: sqlite } = await import("node-sqlite3-wasm");
  const linked = linkTo(path, link);
  let db: Database | null = null;
  try {
    db = new sqlite.Database(linked, { readOnly: true, fileMustExist: true });
    const found = chooseLayer(layersOf(db), layer, layerOption);
    const rows = db.all(`select * from ${quoted(found.name)}`);
    if (rows.length === 0) throw new FileFault(`the layer "${found.name}" has no features`);
    return await featuresOf(tx, found, rows);
  } catch (error) {
    if (error instanceof FileFault || error instanceof DatabaseError) throw error;
    throw new FileFault(
      "this cannot be read as a GeoPackage: it is damaged or cut off; export it again, or as GeoJSON",
      { cause: error },
    );
  } finally {
    db?.close();
    if (linked !== path) unlinkSync(linked);
  }
}

interface Layer {
  readonly name: string;
  readonly column: string;
  readonly type: string;
  readonly srs: number;
}

function layersOf(db: Database): Layer[] {
  return db
    .all(
      `select c.table_name as name, g.column_name as geometry, g.geometry_type_name as type, g.srs_id as srs
       from gpkg_contents as c
       join gpkg_geometry_columns as g on g.table_name = c.table_name
       where c.data_type = 'features'
       order by c.rowid`,
    )
    .map((row) => ({
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
