import sqlite from "node-sqlite3-wasm";
import type { Position } from "#core/geo/cell.ts";

export interface GivenLayer {
  readonly name: string;
  readonly srs: number;
  readonly type?: string;
  readonly areas: readonly { readonly name: string; readonly ring: readonly Position[] }[];
}

/** A GeoPackage with the tables that a reader of features needs, written after OGC 12-128r19. */
export function writeGeoPackage(path: string, layers: readonly GivenLayer[]): void {
  const db = new sqlite.Database(path);
  db.exec(`pragma application_id = 1196444487;
    create table gpkg_contents (table_name text primary key, data_type text not null, srs_id int);
    create table gpkg_geometry_columns (table_name text primary key, column_name text, geometry_type_name text, srs_id int);`);
  for (const { name, srs, type = "MULTIPOLYGON", areas } of layers) {
    db.run("insert into gpkg_contents values (?, 'features', ?)", [name, srs]);
    db.run("insert into gpkg_geometry_columns values (?, 'geom', ?, ?)", [name, type, srs]);
    db.exec(`create table "${name}" (fid integer primary key, geom blob, code text, name text)`);
    for (const area of areas) {
      db.run(`insert into "${name}" (geom, code, name) values (?, ?, ?)`, [
        shapeOf(area.ring, srs),
        `C-${area.name}`,
        area.name,
      ]);
    }
  }
  db.close();
}

/** One layer of lines in metres of the British National Grid, as OS Open Roads has it. */
export function writeOpenRoads(
  path: string,
  links: readonly {
    readonly name: string | null;
    readonly of: string;
    readonly line: readonly Position[];
  }[],
): void {
  writeGeoPackage(path, [{ name: "road_node", srs: 27_700, type: "POINT", areas: [] }]);
  const db = new sqlite.Database(path);
  db.run("insert into gpkg_contents values ('road_link', 'features', 27700)");
  db.run("insert into gpkg_geometry_columns values ('road_link', 'geometry', 'LINESTRING', 27700)");
  db.exec(
    "create table road_link (fid integer primary key, geometry blob, name_1 text, road_function text)",
  );
  for (const { name, of, line } of links) {
    const shape = shapeOf(line, 27_700, 2);
    db.run("insert into road_link (geometry, name_1, road_function) values (?, ?, ?)", [
      shape,
      name,
      of,
    ]);
  }
  db.close();
}

/** Head (little-endian, with an envelope) and a line (2) or a polygon of one ring (3) as WKB. */
function shapeOf(ring: readonly Position[], srs: number, type: 2 | 3 = 3): Uint8Array {
  const octets = Buffer.alloc(8 + 32 + 5 + (type === 3 ? 4 : 0) + 4 + 16 * ring.length);
  octets.write("GP", 0);
  octets.writeUInt8(0b11, 3);
  octets.writeInt32LE(srs, 4);
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)].forEach((value, index) => {
    octets.writeDoubleLE(value, 8 + 8 * index);
  });
  octets.writeUInt8(1, 40);
  octets.writeUInt32LE(type, 41);
  if (type === 3) octets.writeUInt32LE(1, 45);
  const from = type === 3 ? 49 : 45;
  octets.writeUInt32LE(ring.length, from);
  ring.forEach(([x, y], index) => {
    octets.writeDoubleLE(x, from + 4 + 16 * index);
    octets.writeDoubleLE(y, from + 12 + 16 * index);
  });
  return octets;
}
