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

/** Head (little-endian, with an envelope) and the polygon as WKB. */
function shapeOf(ring: readonly Position[], srs: number): Uint8Array {
  const octets = Buffer.alloc(8 + 32 + 5 + 4 + 4 + 16 * ring.length);
  octets.write("GP", 0);
  octets.writeUInt8(0b11, 3);
  octets.writeInt32LE(srs, 4);
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
  [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)].forEach((value, index) => {
    octets.writeDoubleLE(value, 8 + 8 * index);
  });
  octets.writeUInt8(1, 40);
  octets.writeUInt32LE(3, 41);
  octets.writeUInt32LE(1, 45);
  octets.writeUInt32LE(ring.length, 49);
  ring.forEach(([x, y], index) => {
    octets.writeDoubleLE(x, 53 + 16 * index);
    octets.writeDoubleLE(y, 61 + 16 * index);
  });
  return octets;
}
