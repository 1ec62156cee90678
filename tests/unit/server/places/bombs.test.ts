import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import sqlite from "node-sqlite3-wasm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

async function add(answerMs: number, stop = signal) {
  const draft = await prepareFile(file, { region: area, folder, signal: stop, answerMs });
  await rm(draft.path);
}

describe("an archive of tiles is refused in words, and leaves nothing:", () => {
  it.each([...mbtilesBombs, ...pmtilesBombs])(
    "$name",
    async ({ write, words, answerMs = 4_000 }) => {
      write(file);
      await expect(add(answerMs)).rejects.toThrow(words);
    },
  );

  it("a view over an endless query is not asked: it is refused long before it would be given up", async () => {
    mbtilesBombs[0]?.write(file);
    await expect(add(30_000)).rejects.toThrow(/A view in place of a table is not asked/);
  });

  it("the longest that a question may take is ended by whoever stops the work", async () => {
    mbtilesBombs.find(({ name }) => name.includes("lead to each other"))?.write(file);
    const stopping = new AbortController();
    setTimeout(() => stopping.abort(new Error("Stopped")), 1_500);
    const from = performance.now();
    await expect(add(600_000, stopping.signal)).rejects.toThrow("Stopped");
    expect(performance.now() - from).toBeLessThan(30_000);
  });
});

it.each([
  ["map and images", "map", "images", "tile_id"],
  ["tiles_shallow and tiles_data", "tiles_shallow", "tiles_data", "tile_data_id"],
])(
  "tiles of which each content is kept once, in %s, are read by their tables",
  async (_, map, images, id) => {
    writeMbtiles(file, sceneTiles({ schema: "zoomstack" }));
    const db = new sqlite.Database(file);
    db.exec(`create table ${images} as select rowid as ${id}, tile_data from tiles;
    create table ${map} as select zoom_level, tile_column, tile_row, rowid as ${id} from tiles;
    drop table tiles;
    create view tiles as with recursive n(i) as (select 1 union all select i + 1 from n)
      select i as zoom_level, i as tile_column, i as tile_row, i as tile_data from n`);
    db.close();
    const archive = await openMbtiles(file, { folder, signal });
    expect(archive).toMatchObject({ minZoom: 0, maxZoom: 14 });
    expect((await archive.read(tileAt(edmonton, 14)))?.length).toBeGreaterThan(100);
    await archive.close();
  },
);

it("a database of tiles is read under one lock, beside the link and not beside the file", async () => {
  writeMbtiles(file, sceneTiles({}));
  const archive = await openMbtiles(file, { folder, signal });
  await archive.read(tileAt(edmonton, 14));
  const locks = (names: readonly string[]) => names.filter((name) => name.endsWith(".lock"));
  expect(locks(await readdir(folder))).toHaveLength(1);
  expect(locks(await readdir(dirname(file)))).toEqual([]);
  await archive.close();
});

describe("a GeoPackage is refused in words:", () => {
  it.each(geopackageBombs)("$name", async ({ write, words }) => {
    write(file);
    const wish = { layer: null, most: 50_000, within: null, shapes: "areas" as const, signal };
    await expect(readFeatures(await fileSource(file), wish)).rejects.toThrow(words);
  });
});
