import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sizedSource } from "#core/table/xlsx/zip.ts";
import { fileSource } from "#server/files/import-source.ts";
import { readFeatures } from "#server/places/read-features.ts";
import { openMbtiles } from "#server/places/streets/archive/mbtiles-file.ts";
import { sceneTiles, writeMbtiles } from "#tests/support/archives.ts";
import { prepareFile } from "#tests/support/prepared.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { edmonton } from "#tests/support/street-scene.ts";
import { geopackageBombs, mbtilesBombs, pmtilesBombs } from "#tests/support/tile-bombs.ts";
import { tileAt } from "#tests/support/vector-tile.ts";

const area = {
  name: "Edmonton",
  grid: null,
  west: -0.07,
  south: 51.615,
  east: -0.055,
  north: 51.625,
};
let folder = "";
let file = "";
beforeEach(() => {
  folder = testFolder("bombs");
  file = join(testFolder("bomb"), "given");
});
afterEach(async () => {
  expect(await readdir(folder)).toEqual([]);
});
const { signal } = new AbortController();

async function add() {
  const draft = await prepareFile(file, { region: area, folder, signal });
  await rm(draft.path);
}

async function openArchive() {
  const { totalBytes: size, read } = await fileSource(file);
  return openMbtiles(sizedSource({ size, read }), area);
}

describe("an archive of tiles is refused in words, and leaves nothing:", () => {
  it.each([...mbtilesBombs, ...pmtilesBombs])("$name", async ({ write, words }) => {
    write(file);
    await expect(add()).rejects.toThrow(words);
  });

  it("a view over an endless query is not asked: it is refused long before it would be given up", async () => {
    const views = mbtilesBombs.filter(({ name }) => name.includes("view"));
    expect(views.length).toBe(2);
    for (const { write } of views) {
      write(file);
      await expect(add()).rejects.toThrow(/A view in place of a table is not asked/);
      await rm(file);
    }
  });
});

it.each([
  [
    "map and images, the name of each behind its content",
    `create table images as select tile_data, 'tile ' || rowid as tile_id from tiles;
    create table map as select zoom_level, tile_column, tile_row, 'tile ' || rowid as tile_id from tiles`,
  ],
  [
    "tiles_shallow and tiles_data, without numbers of rows",
    `create table tiles_data (tile_data_id integer primary key, tile_data blob);
    insert into tiles_data select rowid, tile_data from tiles;
    create table tiles_shallow (tile_data_id integer, zoom_level integer, tile_column integer, tile_row integer,
      primary key (zoom_level, tile_column, tile_row)) without rowid;
    insert into tiles_shallow select rowid, zoom_level, tile_column, tile_row from tiles`,
  ],
])(
  "tiles of which each content is kept once are read by their tables: %s",
  async (_, statements) => {
    writeMbtiles(file, sceneTiles({ schema: "zoomstack" }));
    const plain = await (await openArchive()).read(tileAt(edmonton, 14));
    const db = new sqlite.Database(file);
    db.exec(`${statements};
    drop table tiles;
    create view tiles as with recursive n(i) as (select 1 union all select i + 1 from n)
      select i as zoom_level, i as tile_column, i as tile_row, i as tile_data from n`);
    db.close();
    const archive = await openArchive();
    expect(archive).toMatchObject({ minZoom: 0, maxZoom: 14 });
    expect(plain?.length).toBeGreaterThan(100);
    expect(await archive.read(tileAt(edmonton, 14))).toEqual(plain);
  },
);

it("what could be any program lies in the file and is never looked at: a trigger, a virtual table", async () => {
  writeMbtiles(file, sceneTiles({ schema: "zoomstack" }));
  const db = new sqlite.Database(file);
  db.exec(`create trigger run after insert on metadata begin delete from tiles; end;
    pragma writable_schema = on;
    insert into sqlite_master values ('table', 'away', 'away', 0, 'CREATE VIRTUAL TABLE away USING fts5(tile_data)')`);
  db.close();
  const archive = await openArchive();
  expect((await archive.read(tileAt(edmonton, 14)))?.length).toBeGreaterThan(100);
});

describe("a GeoPackage is refused in words:", () => {
  it.each(geopackageBombs)("$name", async ({ write, words }) => {
    write(file);
    const wish = { layer: null, most: 50_000, within: null, shapes: "areas" as const, signal };
    await expect(readFeatures(await fileSource(file), wish)).rejects.toThrow(words);
  });
});
