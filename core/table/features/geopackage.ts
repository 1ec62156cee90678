import { type Bounds, boundsMeet } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { positionOfGrid } from "#core/geo/national-grid.ts";
import {
  chooseLayer,
  type FeatureLayer,
  type LayerFeature,
  type LayerRequest,
  longestRecord,
  type Shape,
} from "#core/table/features/feature-layer.ts";
import { viewOf } from "#core/table/features/octets.ts";
import { openSystem, type PointSystem } from "#core/table/features/point-system.ts";
import type { SqliteValue } from "#core/table/features/sqlite-pages.ts";
import { openTables, type SqliteTable } from "#core/table/features/sqlite-table.ts";
import { readWkb } from "#core/table/features/wkb.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import type { SizedSource } from "#core/table/xlsx/zip.ts";

type Row = Readonly<Record<string, SqliteValue>>;

/** A layer of a GeoPackage (OGC 12-128r19): one of its tables. */
export async function openGeoPackage(
  source: SizedSource,
  newDecoder: NewDecoder,
  request: LayerRequest,
): Promise<FeatureLayer> {
  const tableOf = await openTables(source, newDecoder, longestRecord);
  const rowsOf = async (name: string): Promise<readonly Row[]> => {
    const table = tableOf(name);
    if (table !== null) return recordsOf(table);
    throw new FileFault(
      `it is a SQLite database without the table ${name} of a GeoPackage; export it again, or as GeoJSON`,
    );
  };
  const contents = await rowsOf("gpkg_contents");
  const shapes = await rowsOf("gpkg_geometry_columns");
  const layers = contents
    .filter((one) => one["data_type"] === "features")
    .flatMap(({ table_name: name }) => {
      const found = shapes.find((one) => one["table_name"] === name);
      return found ? [layerOf(found)] : [];
    });
  const { chosen, fit } = chooseLayer(layers, request);
  const table = tableOf(chosen.name);
  const isShape = (one: string) => one.toLowerCase() === chosen.column.toLowerCase();
  const column = table?.columns.findIndex(isShape) ?? -1;
  if (table === null || column === -1) {
    throw new FileFault(
      `the layer "${chosen.name}" is no table with the shapes in "${chosen.column}", perhaps a view, which could be any program; export the layer itself`,
    );
  }
  const systems = tableOf("gpkg_spatial_ref_sys");
  const system = await openSystem(saidBy(systems ? await recordsOf(systems) : [], chosen.srs));
  const without = <Value>(all: readonly Value[]) => all.filter((_, at) => at !== column);
  return {
    format: "geopackage",
    names: without(table.columns),
    system,
    layers: fit.map(({ name }) => name),
    layer: chosen.name,
    size: source.size,
    pieces: async function* () {
      let number = 0;
      for await (const { rows, share } of table.pieces()) {
        const features: LayerFeature[] = [];
        for (const values of rows) {
          const written = values[column] ?? null;
          number += 1;
          if (!liesWithin(written, system, request.within)) continue;
          const shape = readShape(written, `feature ${number} of the layer "${chosen.name}"`);
          features.push({ values: without(values), shape });
        }
        yield { features, bytes: share * source.size };
      }
    },
  };
}

const mostRecords = 10_000;

/** Rows of one of the small tables that describe the others. */
async function recordsOf({ columns, pieces }: SqliteTable): Promise<readonly Row[]> {
  const records: Row[] = [];
  for await (const { rows } of pieces()) {
    for (const values of rows) {
      records.push(Object.fromEntries(columns.map((name, at) => [name, values[at] ?? null])));
    }
    if (records.length > mostRecords) throw new RangeError("Too many layers");
  }
  return records;
}

function layerOf(row: Row) {
  return {
    name: String(row["table_name"]),
    column: String(row["column_name"]),
    type: String(row["geometry_type_name"]),
    srs: Number(row["srs_id"]),
  };
}

function saidBy(systems: readonly Row[], srs: number) {
  const row = systems.find((one) => one["srs_id"] === srs);
  if (row === undefined) return { code: srs };
  const isEpsg = /^epsg$/i.test(String(row["organization"]));
  const wkt = row["definition"];
  return {
    code: isEpsg ? Number(row["organization_coordsys_id"]) : null,
    wkt: typeof wkt === "string" ? wkt : null,
    name: String(row["srs_name"]),
  };
}

/** By the envelope in front of the shape, if any. */
function liesWithin(shape: SqliteValue, system: PointSystem, within: Bounds | null): boolean {
  if (within === null || !(shape instanceof Uint8Array) || shape.length < 40) return true;
  if (((shape[3] ?? 0) >> 1) % 8 === 0) return true;
  const view = viewOf(shape);
  const isLittle = (shape[3] ?? 0) % 2 === 1;
  const [minX = 0, maxX = 0, minY = 0, maxY = 0] = [8, 16, 24, 32].map((at) =>
    view.getFloat64(at, isLittle),
  );
  const corner = (x: number, y: number): Position => {
    if (system.axes === "grid") return positionOfGrid(x, y);
    return system.toDegrees?.(x, y) ?? [x, y];
  };
  const [[west, south], [east, north]] = [corner(minX, minY), corner(maxX, maxY)];
  return boundsMeet({ west, south, east, north }, within);
}

const envelopeSizes = [0, 32, 48, 48, 64] as const;

/** A shape stands behind a head of its own (section 2.1.3). */
function readShape(value: SqliteValue, where: string): Shape | null {
  if (value === null) return null;
  if (!(value instanceof Uint8Array) || value[0] !== 0x47 || value[1] !== 0x50) {
    throw new FileFault(`the shape of ${where} is not written as a GeoPackage has it`);
  }
  const envelope = envelopeSizes[((value[3] ?? 0) >> 1) & 7];
  if (envelope === undefined) throw new FileFault(`the shape of ${where} has a damaged head`);
  // An empty shape, such as a point without a place, is none.
  if (((value[3] ?? 0) & 0x10) !== 0) return null;
  try {
    return readWkb(value.subarray(8 + envelope));
  } catch (cause) {
    throw new FileFault(`the shape of ${where} is cut off; export the file again`, { cause });
  }
}
