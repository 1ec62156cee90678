import { open, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Tile } from "#core/geo/tiles/area-tiles.ts";
import type { Region } from "#core/places/place.ts";
import { openPmtilesFile } from "#server/places/streets/archive/pmtiles.ts";
import { decodeTile } from "#server/places/streets/archive/tile-archive.ts";
import { keyOf, readKeptFile, readOctets } from "#server/places/streets/kept-file.ts";
import { prepareTiles } from "#server/places/streets/prepare.ts";
import {
  type ArchiveTile,
  type PmtilesOptions,
  pmtilesOf,
  sceneMetadata,
  sceneTiles,
  writeMbtiles,
} from "#tests/support/archives.ts";
import { prepareFile } from "#tests/support/prepared.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { edmonton, metresFrom, sceneStreets } from "#tests/support/street-scene.ts";
import { streetFile } from "#tests/support/streets.ts";
import { tileAt } from "#tests/support/vector-tile.ts";

const area: Region = {
  name: "Edmonton",
  grid: null,
  west: -0.07,
  south: 51.615,
  east: -0.055,
  north: 51.625,
};
const { signal } = new AbortController();
let folder = "";
let given = "";
beforeEach(() => {
  folder = testFolder("area");
  given = join(testFolder("given"), "given");
});
afterEach(async () => {
  expect((await readdir(folder)).filter((name) => name.endsWith(".tmp"))).toEqual([]);
});

/** Adds what lies in `given`, and reads what became of it. */
async function addGiven(maxZoom?: number, region = area) {
  const draft = await prepareFile(given, {
    region,
    folder,
    signal,
    ...(maxZoom === undefined ? {} : { maxZoom }),
  });
  const path = join(folder, "kept");
  await rename(draft.path, path);
  const file = await open(path);
  const { words, places } = await readKeptFile(file);
  const read = async (tile: Tile) => {
    const place = places.get(keyOf(tile));
    return place ? readOctets(file, place.offset, place.length) : null;
  };
  const kept = { ...words, read, close: () => file.close() };
  const named = async (tile: Tile) => {
    const layers = decodeTile(gunzipSync((await kept.read(tile)) ?? ""), tile);
    const features = Object.values(layers).flatMap((layer) =>
      Array.from({ length: layer.length }, (_, index) => layer.feature(index).properties),
    );
    return { layers: Object.keys(layers), names: features.flatMap(({ name }) => name ?? []) };
  };
  return { ...draft, kept, named };
}

async function pmtiles(tiles: readonly ArchiveTile[], options?: PmtilesOptions) {
  await writeFile(given, pmtilesOf(tiles, options));
}

describe("the area's tiles of an archive", () => {
  it.each([
    ["PMTiles", () => pmtiles(sceneTiles())],
    ["PMTiles with leaf directories", () => pmtiles(sceneTiles(), { leaves: 4 })],
    ["PMTiles that are not packed", () => pmtiles(sceneTiles(), { compression: 1 })],
    ["PMTiles that name no layers", () => pmtiles(sceneTiles(), { metadata: {} })],
  ])("are kept of %s", async (_, make) => {
    await make();
    const { result, kept, named } = await addGiven();
    expect(result).toMatchObject({
      minZoom: 0,
      maxZoom: 14,
      schema: "protomaps",
      attribution: "© OpenStreetMap contributors",
    });
    expect(result.tiles).toBeLessThan(sceneTiles().length);
    const middle = await named(tileAt(edmonton, 14));
    expect(middle.layers).toEqual(["green", "water", "buildings", "roads", "places"]);
    expect(middle.names).toContain("Sebastopol Road");
    expect(middle.names).toContain("Edmonton Green");
    expect(await kept.read(tileAt(metresFrom(edmonton, -2_000, 0), 14))).toBeNull();
    expect(await kept.read({ z: 0, x: 0, y: 0 })).not.toBeNull();
    await kept.close();
  });

  it.each([
    ["packed", true],
    ["plain", false],
  ])("are kept of MBTiles with %s tiles, whose rows count from the south", async (_, gzip) => {
    const tiles = sceneTiles({ schema: "zoomstack" });
    writeMbtiles(given, tiles, { gzip });
    const { result, kept, named } = await addGiven();
    expect(result).toMatchObject({ schema: "zoomstack", minZoom: 0, maxZoom: 14 });
    expect(result.attribution).toBe("Contains OS data © Crown copyright and database right 2026");
    const { names } = await named(tileAt(edmonton, 14));
    expect(names).toContain("Sebastopol Road");
    await kept.close();
  });

  it("are kept of OpenMapTiles with the names of a layer of their own, written out", async () => {
    writeMbtiles(given, sceneTiles({ schema: "openmaptiles" }), { schema: "openmaptiles" });
    const { result, kept, named } = await addGiven();
    expect(result).toMatchObject({ schema: "openmaptiles", largestShare: expect.any(Number) });
    expect(result.attribution).toBe("© OpenMapTiles © OpenStreetMap contributors");
    const { layers, names } = await named(tileAt(edmonton, 14));
    expect(layers).toEqual(["green", "water", "buildings", "roads", "places"]);
    for (const name of ["Sebastopol Road", "Solomon Avenue", "Fore Street"]) {
      expect(names).toContain(name);
    }
    expect(names.join()).not.toMatch(/Rd\.|Ave\./);
    await kept.close();
  });

  it("are cut from lines, on the same tiles and with the same names", async () => {
    const features = sceneStreets.map(({ name, detail, line }) => ({
      coordinates: line.map(([east, north]) => metresFrom(edmonton, east, north)),
      properties: { highway: detail, ...(name === null ? {} : { name }) },
    }));
    await writeFile(given, streetFile(features));
    const { result, kept, named } = await addGiven();
    expect(result).toMatchObject({ schema: null, tiles: null, minZoom: null, attribution: null });
    expect(kept).toMatchObject({ minZoom: 8, maxZoom: 14 });
    const { layers, names } = await named(tileAt(edmonton, 14));
    expect(layers).toEqual(["roads"]);
    expect(names).toEqual(expect.arrayContaining(["Fore Street", "Sebastopol Road"]));
    // Nothing that no zoom shows: neither names nor paths.
    expect((await named(tileAt(edmonton, 12))).names).toEqual([]);
    await kept.close();
  });

  it("are cut from a line that leads round the world as fast as from any", async () => {
    const coordinates = [[-179, 10], edmonton, metresFrom(edmonton, 500, 100), [179, 60]];
    await writeFile(
      given,
      streetFile([{ coordinates, properties: { name: "Endless Road", highway: "primary" } }]),
    );
    const { result, kept, named, notes } = await addGiven();
    expect((await named(tileAt(edmonton, 14))).names).toContain("Endless Road");
    expect(result.bounds).toEqual([area.west, area.south, area.east, area.north]);
    expect(notes).toEqual([]);
    await kept.close();
  });

  it("end where their streets do, not where their tiles do", async () => {
    const at = [edmonton, metresFrom(edmonton, 200, 100)];
    const road = { layer: "roads", shape: "line" as const, at, properties: { kind: "minor_road" } };
    await pmtiles(sceneTiles({ features: [road], maxZoom: 13 }));
    const { result, kept, notes } = await addGiven();
    await kept.close();
    expect(notes).toEqual([
      expect.stringMatching(/^They cover \d% of the area: beyond, maps show the built-in roads/),
      expect.stringMatching(/^The archive ends at zoom 13/),
    ]);
    const [west, south, east, north] = result.bounds;
    expect(west).toBeCloseTo(edmonton[0], 4);
    expect(south).toBeCloseTo(edmonton[1], 4);
    expect(east).toBeCloseTo(at[1]?.[0] ?? 0, 4);
    expect(north).toBeCloseTo(at[1]?.[1] ?? 0, 4);
  });

  it("go to the zoom that is wanted, and are the same whatever they came in", async () => {
    await pmtiles(sceneTiles());
    const { result, version, kept } = await addGiven(12);
    await kept.close();
    expect(result.maxZoom).toBe(12);
    writeMbtiles(`${given}.mbtiles`, sceneTiles(), { schema: "protomaps" });
    given = `${given}.mbtiles`;
    const again = await addGiven(12);
    await again.kept.close();
    expect(again.version).toBe(version);
    expect(again.result.bounds).toEqual(result.bounds);
  });

  it("cover no more than the archive has of the area", async () => {
    await pmtiles(sceneTiles());
    const { result, kept } = await addGiven(undefined, { ...area, west: -5, east: 5 });
    await kept.close();
    const [west, south, east, north] = result.bounds;
    expect(west).toBeGreaterThan(-0.2);
    expect(east).toBeLessThan(0.05);
    expect([south, north]).toEqual([area.south, area.north]);
  });
});

const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");

describe("an archive that cannot be taken has one clear answer, and leaves nothing:", () => {
  const other = [
    { id: "streets", fields: {} },
    { id: "ocean", fields: {} },
  ];
  const half = (octets: Uint8Array, share: number) =>
    octets.subarray(0, Math.floor(octets.length * share));
  const middle: [number, number] = [11.97, 57.7];

  it.each<[name: string, make: () => Promise<unknown> | undefined, words: RegExp]>([
    [
      "no archive",
      () => writeFile(given, "name,place\n1,2\n"),
      /no file of streets.*PMTiles, MBTiles.*GeoJSON, GeoPackage/,
    ],
    ["nothing", () => writeFile(given, ""), /is empty/],
    [
      "a zip of something else",
      () => writeFile(given, zipSync({ "streets.geojson": new Uint8Array(8) })),
      /ZIP archive with no Shapefile or KML in it: unpack it/,
    ],
    [
      "a zip that was cut off",
      () => writeFile(given, Buffer.from("PK\x03\x04rest of a zip")),
      /archive is damaged: its directory is missing, as in a file that was cut off/,
    ],
    ["something packed", () => writeFile(given, gzipSync(pmtilesOf(sceneTiles()))), /gzip: unpack/],
    ["a web page", () => writeFile(given, "<!DOCTYPE html><title>404</title>"), /web page/],
    [
      "a folder",
      async () => import("node:fs/promises").then(({ mkdir }) => mkdir(given)),
      /not a file/,
    ],
    [
      "an old version",
      () => writeFile(given, Buffer.from("PMTiles\x02".padEnd(200))),
      /version 2 of PMTiles/,
    ],
    ["raster tiles", () => pmtiles(sceneTiles(), { tileType: 2 }), /raster tiles.*PNG/],
    [
      "tiles of a form to come",
      () => pmtiles(sceneTiles(), { tileType: 9 }),
      /Mapbox vector tiles/,
    ],
    [
      "raster tiles that are said to be others",
      () => pmtiles(sceneTiles().map((tile) => ({ ...tile, data: png }))),
      /raster tiles.*PNG/,
    ],
    [
      "tiles that are none",
      () => pmtiles(sceneTiles().map((tile) => ({ ...tile, data: Buffer.alloc(90, 0xff) }))),
      /no vector tile: the archive is damaged/,
    ],
    [
      "tiles packed with zstd",
      () => pmtiles(sceneTiles(), { compression: 4 }),
      /packed with zstd.*again with gzip/,
    ],
    [
      "another schema, by its own words",
      () => pmtiles(sceneTiles(), { metadata: { vector_layers: other } }),
      /another schema.*these layers: streets, ocean\./,
    ],
    [
      "another schema, by its tiles",
      () => {
        const features = [
          {
            layer: "streets",
            shape: "line" as const,
            at: [metresFrom(edmonton, -100, 0), metresFrom(edmonton, 100, 0)],
            properties: { class: "primary" },
          },
        ];
        return pmtiles(sceneTiles({ features }), { metadata: {} });
      },
      /another schema.*these layers: streets\./,
    ],
    [
      "another country",
      () => pmtiles(sceneTiles({ middle })),
      /no tile of Edmonton.*It says that it covers longitude 11.*latitude 57/,
    ],
    [
      "an area without a street",
      () => {
        const at = [metresFrom(edmonton, -200, -200), metresFrom(edmonton, 200, 0), edmonton];
        const features = [
          { layer: "water", shape: "polygon" as const, at, properties: { kind: "lake" } },
        ];
        return pmtiles(sceneTiles({ features }), { metadata: sceneMetadata() });
      },
      /no street of Edmonton/,
    ],
    [
      "half a file",
      () => writeFile(given, half(pmtilesOf(sceneTiles()), 0.5)),
      /cut off: \d+ of \d+ octets/,
    ],
    [
      "the beginning of a file",
      () => writeFile(given, pmtilesOf(sceneTiles()).subarray(0, 140)),
      /ends within its first directory/,
    ],
    ["part of a header", () => writeFile(given, "PMTiles\x03abc"), /ends within its header/],
    [
      "a file with a damaged directory",
      async () => {
        const octets = pmtilesOf(sceneTiles());
        octets.fill(7, 135, 160);
        await writeFile(given, octets);
      },
      /cannot be unpacked: it is damaged/,
    ],
    [
      "a SQLite database of something else",
      async () => {
        writeMbtiles(given, []);
        const { default: sqlite } = await import("node-sqlite3-wasm");
        const db = new sqlite.Database(given);
        db.exec("drop table tiles");
        db.close();
      },
      /without the tables of MBTiles/,
    ],
    [
      "MBTiles of pictures",
      async () => writeMbtiles(given, sceneTiles(), { metadata: { format: "jpg" } }),
      /raster tiles.*jpg/,
    ],
    ["MBTiles without a tile", async () => writeMbtiles(given, []), /holds no tile/],
    [
      "MBTiles whose words are no JSON",
      async () => writeMbtiles(given, sceneTiles(), { metadata: { json: "{" } }),
      /json of its table metadata/,
    ],
    [
      "half of MBTiles",
      async () => {
        writeMbtiles(given, sceneTiles());
        const { readFile } = await import("node:fs/promises");
        await writeFile(given, half(await readFile(given), 0.5));
      },
      /damaged, cut off or in use/,
    ],
  ])("%s", async (_, make, words) => {
    await make();
    const fault = await addGiven().catch((error: unknown) => error);
    const name = expect.stringMatching(/^(?:Archive|File)Fault$/);
    expect(fault).toMatchObject({ name, message: expect.stringMatching(words) });
    expect(String(fault)).not.toContain("\n");
  });

  it("a zoom below its first", async () => {
    await pmtiles(sceneTiles({ minZoom: 10 }));
    await expect(addGiven(4)).rejects.toThrow("begins at zoom 10");
  });

  it("a file that is not there", async () => {
    await expect(addGiven()).rejects.toThrow(`there is no file ${given}`);
  });

  it("a stop in the middle", async () => {
    await pmtiles(sceneTiles());
    const archive = await openPmtilesFile(given);
    const controller = new AbortController();
    let reads = 0;
    const stopping = {
      ...archive,
      read: (tile: Parameters<typeof archive.read>[0]) => {
        reads += 1;
        if (reads === 12) controller.abort();
        return archive.read(tile);
      },
    };
    const own = { area, command: area, folder, roads: [] };
    const wish = { ...own, source: "given", signal: controller.signal };
    await expect(prepareTiles(stopping, wish)).rejects.toMatchObject({ name: "AbortError" });
    await archive.close();
  });
});
