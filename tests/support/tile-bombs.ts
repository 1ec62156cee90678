import { readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import sqlite, { type Database } from "node-sqlite3-wasm";
import { pmtilesOf, sceneTiles, writeMbtiles } from "#tests/support/archives.ts";
import { writeGeoPackage } from "#tests/support/geopackage.ts";

/** A small file that asks for far more than its size. */
interface Bomb {
  readonly name: string;
  readonly write: (file: string) => void;
  /** What whoever gave it is told. */
  readonly words: RegExp;
}

/** Eight times what is read at once, and a few kB in the file. */
const unpacked = 64 * 1024 * 1024;

/** Rows without end: never a first answer to `min` of them. */
const endless = `with recursive n(i) as (select 1 union all select i + 1 from n)
  select i as zoom_level, i as tile_column, i as tile_row, x'00' as tile_data, i as name, i as value,
         i as table_name, i as data_type, i as geom from n`;
const wholeTiles = "zoom_level integer, tile_column integer, tile_row integer, tile_data blob";
const notTables =
  /without the tables of MBTiles.*could be any program.*(Convert it|make it again)/s;

function changed(file: string, change: (db: Database) => void): void {
  writeMbtiles(file, sceneTiles({ schema: "zoomstack", minZoom: 12 }));
  const db = new sqlite.Database(file);
  try {
    change(db);
  } finally {
    db.close();
  }
}

function patched(file: string, change: (octets: Buffer) => Buffer): void {
  writeFileSync(file, change(readFileSync(file)));
}

/** Each inner page of a table leads to the next alone, by each of its ways: some fifty to the power of their number. */
function tangled(file: string): void {
  changed(file, (db) => {
    db.exec("pragma page_size = 512; vacuum; drop table tiles");
    db.exec(
      `create table tiles (${wholeTiles}, primary key (tile_row, tile_column)) without rowid`,
    );
    db.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000)
      insert into tiles select 14, i, i, x'001122' from n`);
  });
  const pageSize = 512;
  patched(file, (octets) => {
    const pages = Array.from({ length: octets.length / pageSize }, (_, at) => at);
    const inner = pages.filter((at) => at > 0 && octets[at * pageSize] === 2);
    const [leaf = 0] = pages.filter((at) => octets[at * pageSize] === 10);
    const root = inner[0] ?? 0;
    const chain = [root, ...inner.filter((at) => at !== root).slice(0, 10)];
    for (const [index, at] of chain.entries()) {
      const next = (chain[index + 1] ?? leaf) + 1;
      const page = octets.subarray(at * pageSize, (at + 1) * pageSize);
      const cells = page.readUInt16BE(3);
      page.writeUInt32BE(next, 8);
      for (let cell = 0; cell < cells; cell += 1) {
        page.writeUInt32BE(next, page.readUInt16BE(12 + 2 * cell));
      }
    }
    return octets;
  });
}

export const mbtilesBombs: readonly Bomb[] = [
  {
    name: "its tiles are a view over an endless query",
    write: (file) =>
      changed(file, (db) => db.exec(`drop table tiles; create view tiles as ${endless}`)),
    words: notTables,
  },
  {
    name: "its metadata is a view over an endless query",
    write: (file) =>
      changed(file, (db) => db.exec(`drop table metadata; create view metadata as ${endless}`)),
    words: notTables,
  },
  {
    name: "a column of its tiles is worked out",
    write: (file) =>
      changed(file, (db) =>
        db.exec(`drop table tiles;
          create table tiles (zoom_level, tile_column, tile_row, tile_data as (zeroblob(999999999)));
          insert into tiles values (14, 1, 1)`),
      ),
    words: /the table "tiles" has computed columns/,
  },
  {
    name: "a tile is of 20 MB",
    write: (file) =>
      changed(file, (db) =>
        db.exec("update tiles set tile_data = zeroblob(20000000) where zoom_level = 14"),
      ),
    words: /Tile 14\/\d+\/\d+ is too large: the most that is read at once is 8 MB/,
  },
  {
    name: "a tile is 64 MB once unpacked",
    write: (file) =>
      changed(file, (db) =>
        db.run("update tiles set tile_data = ?", [
          Uint8Array.from(gzipSync(Buffer.alloc(unpacked))),
        ]),
      ),
    words: /once unpacked, is too large: the most that is read at once is 8 MB/,
  },
  {
    name: "its head says that it has four billion pages",
    write: (file) => {
      changed(file, () => undefined);
      patched(file, (octets) => {
        octets.writeUInt32BE(0xff_ff_ff_fe, 28);
        octets.writeUInt32BE(octets.readUInt32BE(24), 92);
        return octets.subarray(0, 3 * 4096);
      });
    },
    words: /cannot be read as a database of tiles: it is damaged, cut off or in use/,
  },
  {
    name: "the pages of its table lead to each other",
    write: tangled,
    words: /damaged, cut off or in use.*Make it again/,
  },
];

/** Offsets in the head of a PMTiles archive. */
const head = { rootLength: 16, metadata: 24, metadataLength: 32, leaf: 40, compression: 97 };

function withPart(at: number, part: Uint8Array): Buffer {
  const octets = Buffer.from(pmtilesOf(sceneTiles({ minZoom: 12 })));
  octets.writeBigUInt64LE(BigInt(octets.length), at);
  octets.writeBigUInt64LE(BigInt(part.length), at + 8);
  return Buffer.concat([octets, part]);
}

export const pmtilesBombs: readonly Bomb[] = [
  {
    name: "its description of itself is 64 MB once unpacked",
    write: (file) =>
      writeFileSync(file, withPart(head.metadata, gzipSync(Buffer.alloc(unpacked, " ")))),
    words: /once unpacked, is too large/,
  },
  {
    name: "its description of itself is said to be of 8 GB",
    write: (file) => {
      const octets = Buffer.from(pmtilesOf(sceneTiles({ minZoom: 12 })));
      octets.writeBigUInt64LE(8n * 1024n ** 3n, head.metadataLength);
      writeFileSync(file, octets);
    },
    words: /description of itself is too large/,
  },
  {
    name: "its first directory says that it has a million entries",
    write: (file) => {
      const octets = Buffer.from(pmtilesOf(sceneTiles({ minZoom: 12 })));
      // 1,000,000 as a varint, and zeros.
      const directory = gzipSync(
        Buffer.concat([Buffer.from([0xc0, 0x84, 0x3d]), Buffer.alloc(4_000_000)]),
      );
      directory.copy(octets, 127);
      octets.writeBigUInt64LE(BigInt(directory.length), head.rootLength);
      writeFileSync(file, octets);
    },
    words: /directory of the archive is too large/,
  },
  {
    name: "its directories lead to each other",
    write: (file) => {
      const octets = Buffer.from(pmtilesOf(sceneTiles({ minZoom: 12 }), { leaves: 4 }));
      const root = octets.subarray(127, 127 + Number(octets.readBigUInt64LE(head.rootLength)));
      // Leaves begin where the root does, and one entry leads to all of it.
      const entry = Buffer.from([1, 0, 0, root.length, 1]);
      const directory = gzipSync(entry);
      const padded = Buffer.concat([
        directory,
        Buffer.alloc(Math.max(0, root.length - directory.length)),
      ]);
      padded.subarray(0, root.length).copy(octets, 127);
      octets.writeBigUInt64LE(BigInt(directory.length), head.rootLength);
      octets.writeBigUInt64LE(127n, head.leaf);
      writeFileSync(file, octets);
    },
    words: /directories lead nowhere|cannot be unpacked/,
  },
];

export const geopackageBombs: readonly Bomb[] = [
  {
    name: "its layer is a view over an endless query",
    write: (file) => {
      writeGeoPackage(file, [{ name: "areas", srs: 4326, areas: [] }]);
      const db = new sqlite.Database(file);
      db.exec(`drop table areas; create view areas as ${endless}`);
      db.close();
    },
    words: /the layer "areas" is no table .* export the layer itself/,
  },
  {
    name: "its list of layers is a view over an endless query",
    write: (file) => {
      writeGeoPackage(file, [{ name: "areas", srs: 4326, areas: [] }]);
      const db = new sqlite.Database(file);
      db.exec(`drop table gpkg_contents; create view gpkg_contents as ${endless}`);
      db.close();
    },
    words: /without the table gpkg_contents of a GeoPackage/,
  },
  {
    name: "its layer has more features than any command",
    write: (file) => {
      writeGeoPackage(file, [{ name: "areas", srs: 4326, areas: [] }]);
      const db = new sqlite.Database(file);
      db.exec(`with recursive n(i) as (select 1 union all select i + 1 from n where i < 60000)
        insert into areas (geom) select null from n`);
      db.close();
    },
    words: /the layer "areas" is too large: at most 50,000 features/,
  },
];
