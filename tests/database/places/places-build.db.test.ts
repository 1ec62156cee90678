import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import type { Database } from "#server/db/database.ts";
import { openScratch } from "#server/db/open.ts";
import { loadPack } from "#server/places/load.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { writeGeoPackage } from "#tests/support/geopackage.ts";
import { block, collectionOf, packBench, plainTown, town } from "#tests/support/pack-files.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

let db: Database;
const { folder, file, build, made } = packBench(() => db);

beforeAll(async () => {
  db = await openScratch(() => undefined);
});

afterAll(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

const [alder, birch, cedar, damson] = plainTown as [
  (typeof plainTown)[0],
  (typeof plainTown)[0],
  (typeof plainTown)[0],
  (typeof plainTown)[0],
];
const plain = () => file("plain.geojson", collectionOf(plainTown));
const pointAt = ([x, y]: readonly [number, number]): Position => [town[0] + x / 100, town[1] + y / 100];

describe("a pack of files that are as they should be", () => {
  test("holds parts, neighbours cut at 3 km, and the line with each of them", async () => {
    const report = await build(plain());
    expect(report).toMatchObject({
      code: "made-1",
      name: "Alder and Birch",
      parts: ["Alder", "Birch"],
      neighbours: [
        { name: "Cedar", km: 2.2 },
        { name: "Damson", km: 2.2 },
      ],
      notes: [],
    });
    expect(report.missing.join(" ")).toMatch(/5\.9 km of the line have no neighbour.*No streets.*its parts are the public areas/);
    const { areas, edges, pack } = loadPack(report.folder);
    expect(edges.map(({ neighbour }) => neighbour)).toEqual(["Alder-Birch", "Cedar", "Damson"]);
    const east = areas.find(({ name }) => name === "Damson")?.polygons.flat(2) ?? [];
    const reach = (Math.max(...east.map(([lng]) => lng)) - pointAt([4, 0])[0]) * 73_900;
    expect(reach).toBeGreaterThan(2_900);
    expect(reach).toBeLessThan(3_100);
    expect(pack).toMatchObject({ timeZone: "Europe/Vienna", grid: null, attributions: ["Made up"] });
    expect(report.cells).toBe(loadPack(report.folder).areas.length > 0 ? report.cells : 0);
    expect(readdirSync(report.folder).sort()).toEqual([
      "areas.geojson",
      "edges.geojson",
      "gazetteer.ndjson",
      "pack.json",
    ]);
  });

  test("parts are named by code, and take a name of their own", async () => {
    const report = await build(plain(), { parts: ["c-alder"], called: "West", pack: "west-1" });
    expect(report).toMatchObject({ code: "west-1", name: "West", parts: ["Alder"] });
    expect(report.neighbours.map(({ name }) => name)).toContain("Birch");
  });

  test("an empty folder is taken", async () => {
    const out = join(folder, "made-empty");
    mkdirSync(out);
    expect((await build(plain(), { out })).folder).toBe(out);
  });

  test("neighbours come from a file of their own, without the parts", async () => {
    const neighbours = file("around.geojson", collectionOf(plainTown));
    const boundary = file("parts.geojson", collectionOf([alder, birch]));
    const report = await build(boundary, { parts: null, neighbours });
    expect(report.neighbours.map(({ name }) => name)).toEqual(["Cedar", "Damson"]);
  });
});

describe("a GeoPackage", () => {
  test("is read like GeoJSON", async () => {
    const path = join(folder, "plain.gpkg");
    writeGeoPackage(path, [{ name: "areas", srs: 4_326, areas: plainTown }]);
    const [one, other] = [await build(path), await build(plain())];
    const text = (at: string) => readFileSync(join(at, "areas.geojson"), "utf8");
    expect(text(one.folder)).toBe(text(other.folder));
  });

  test("in metres of the British National Grid needs a British zone", async () => {
    const path = join(folder, "grid.gpkg");
    const ring: Position[] = [
      [530_000, 190_000],
      [532_000, 190_000],
      [532_000, 192_000],
      [530_000, 190_000],
    ];
    writeGeoPackage(path, [{ name: "areas", srs: 27_700, areas: [{ name: "Alder", ring }] }]);
    const report = await build(path, { parts: null, zone: "Europe/London" });
    expect(loadPack(report.folder).pack.grid).toBe("EPSG:27700");
    await expect(build(path, { parts: null })).rejects.toThrow(/grid\.gpkg.*metres.*--zone is Europe\/London/);
  });

  test("of several layers one must be named, and of another system none is read", async () => {
    const path = join(folder, "layers.gpkg");
    const areas = plainTown;
    writeGeoPackage(path, [
      { name: "one", srs: 4_326, areas },
      { name: "two", srs: 3_857, areas },
    ]);
    await expect(build(path)).rejects.toThrow(/--layer \(one, two\)/);
    await expect(build(path, { layer: "three" })).rejects.toThrow(/no layer "three".*one, two/);
    await expect(build(path, { layer: "two" })).rejects.toThrow(/EPSG:3857; export it in WGS84/);
    expect((await build(path, { layer: "one" })).cells).toBeGreaterThan(300);
  });
});

describe("ground that is not as it should be", () => {
  test("a ring that crosses itself is put right and told, with where", async () => {
    const [a, b, c, d] = block("Alder", [0, 0, 2, 2]).ring as [Position, Position, Position, Position];
    const crossed = { name: "Alder", ring: [a, b, d, c, a] };
    const report = await build(file("crossed.geojson", collectionOf([crossed, birch, cedar])));
    expect(report.notes.join(" ")).toMatch(/Alder: Self-intersection near 16\.51, 48\.31, put right/);
  });

  test("a ring without any ground is refused", async () => {
    const [a, b] = alder.ring as [Position, Position];
    const flat = { name: "Alder", ring: [a, b, a, a] };
    await expect(build(file("flat.geojson", collectionOf([flat, birch])))).rejects.toThrow(
      /"Alder" of flat\.geojson cannot be repaired/,
    );
  });

  test("neighbours that overlap are cut, and gaps are told by their length", async () => {
    const over = block("Cedar", [-3, -2, 0.3, 4]);
    const away = block("Damson", [4.02, -2, 6, 4]);
    const report = await build(file("uneven.geojson", collectionOf([alder, birch, over, away])));
    expect(report.notes.join(" ")).toMatch(
      /Alder and Cedar overlap by 49\.\d ha near .*: the command keeps it.*2\.2 km of the line lie beside a neighbour that does not share it/,
    );
    expect(report.neighbours.map(({ km }) => km)).toEqual([2.2, 2.2]);
  });

  test("of parts that overlap the first by name keeps the ground", async () => {
    const wide = block("Birch", [1, 0, 4, 2]);
    const report = await build(file("parts-over.geojson", collectionOf([alder, wide, damson])));
    expect(report.notes.join(" ")).toMatch(/Alder and Birch overlap by 1\d\d\.\d ha .*Alder, the first by name/);
    const areas = loadPack(report.folder).areas;
    expect(areas.find(({ name }) => name === "Alder")?.polygons.flat(2)).toContainEqual([16.52, 48.32]);
  });

  test("many points become fewer, and two areas keep one line", async () => {
    const wavy = Array.from({ length: 30_001 }, (_, index): Position => {
      const share = index / 30_000;
      return pointAt([2 + 0.05 * Math.sin(share * 300), 2 * share]);
    });
    const [sw, , , nw] = block("", [0, 0, 2, 2]).ring as [Position, Position, Position, Position];
    const [, se, ne] = block("", [2, 0, 4, 2]).ring as [Position, Position, Position];
    const west = { name: "Alder", ring: [sw, ...wavy, nw, sw] };
    const east = { name: "Birch", ring: [...wavy, ne, se, wavy[0] ?? se] };
    const report = await build(file("wavy.geojson", collectionOf([west, east, cedar, damson])));
    expect(report.notes.join(" ")).toMatch(/simplified to about 5 m/);
    const { edges, areas } = loadPack(report.folder);
    expect(edges.map(({ neighbour }) => neighbour)).toEqual(["Alder-Birch", "Cedar", "Damson"]);
    expect(areas.flatMap(({ polygons }) => polygons.flat(2)).length).toBeLessThan(10_000);
  });

  test("parts far apart are told, and at two ends of a continent refused", async () => {
    const far = block("Birch", [100, 0, 102, 2]);
    const report = await build(file("far.geojson", collectionOf([alder, far])));
    expect(report.notes.join(" ")).toMatch(/The parts lie up to 7\d km apart/);
    const further = block("Birch", [600, 0, 602, 2]);
    await expect(build(file("further.geojson", collectionOf([alder, further])))).rejects.toThrow(
      /4\d\d km apart.*--parts/,
    );
  });

  test("the date line and the pole are refused", async () => {
    const ring: Position[] = [[179.9, 10], [-179.9, 10], [-179.9, 10.1], [179.9, 10]];
    const over = file("date-line.geojson", collectionOf([{ name: "Alder", ring }]));
    await expect(build(over, { parts: null })).rejects.toThrow(/"Alder" reaches over the date line/);
    const north = ring.map(([lng, lat]): Position => [Math.sign(lng) * 2, lat + 75]);
    const pole = file("pole.geojson", collectionOf([{ name: "Alder", ring: north }]));
    await expect(build(pole, { parts: null })).rejects.toThrow(/latitude 85\.1/);
  });
});

describe("what cannot be used is one line, and leaves nothing", () => {
  const refused: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ["an unknown zone", () => build(plain(), { zone: "Europe/Nowhere" }), /no time zone "Europe\/Nowhere".*--zone/],
    ["no licence line", () => build(plain(), { attributions: [] }), /licence line.*--attribution/],
    ["a code with capitals", () => build(plain(), { pack: "West" }), /"West" is no code.*--pack/],
    ["a name of another place", () => build(plain(), { parts: ["Alder", "Elm"] }), /in plain\.geojson: no feature has the name or code "Elm"; there are Alder, Birch, Cedar, Damson/],
    ["many parts without a name", () => build(file("many.geojson", collectionOf([0, 2, 4, 6].map((x) => block(`P${x}`, [x, 0, x + 2, 2])))), { parts: null }), /4 parts.*--called/],
    ["an empty file", () => build(file("empty.geojson", "")), /in empty\.geojson: the file is empty/],
    ["no file", () => build(join(folder, "none.geojson")), /there is no file/],
    ["points", () => build(file("points.geojson", JSON.stringify({ type: "FeatureCollection", features: [{ type: "Feature", properties: { code: "1", name: "Alder" }, geometry: { type: "Point", coordinates: town } }] }))), /in points\.geojson: feature 1 \("Alder"\) is a Point, not a polygon/],
    ["metres of another grid", () => build(file("utm.geojson", collectionOf([{ name: "Alder", ring: [[600_000, 5_350_000], [601_000, 5_350_000], [601_000, 5_351_000], [600_000, 5_350_000]] }])), { parts: null }), /utm\.geojson: its points are metres \(the first point is 600000, 5350000\).*WGS84/],
    ["metres of another grid in Britain", () => build(file("utm.geojson", collectionOf([{ name: "Alder", ring: [[600_000, 5_350_000], [601_000, 5_350_000], [601_000, 5_351_000], [600_000, 5_350_000]] }])), { parts: null, zone: "Europe/London" }), /metres of a grid that it does not name/],
    ["a layer of GeoJSON", () => build(plain(), { layer: "areas" }), /no GeoPackage.*--layer/],
    ["streets of elsewhere", () => build(plain(), { streets: file("far.pmtiles", pmtilesOf(sceneTiles())) }), /in far\.pmtiles: it has no tile of Alder and Birch/],
    ["no streets at all", () => build(plain(), { streets: file("not.pmtiles", "tiles") }), /in not\.pmtiles: it is no archive of tiles/],
  ];
  test.each(refused)("%s", async (_, act, words) => {
    const before = made();
    await expect(act()).rejects.toThrow(words);
    await expect(act()).rejects.toThrow(/^[^\n]+$/);
    expect(made()).toEqual(before);
  });

  test("a folder that is there already", async () => {
    const out = join(folder, "made-full");
    mkdirSync(out);
    writeFileSync(join(out, "mine.txt"), "mine");
    await expect(build(plain(), { out })).rejects.toThrow(/made-full is there already.*--out/);
    expect(readdirSync(out)).toEqual(["mine.txt"]);
  });
});

describe("names and streets", () => {
  test("names without a place are told and not fatal", async () => {
    const names = file(
      "names.csv",
      `name,lng,lat,kind\nOld Town,${pointAt([1, 1]).join()},neighbourhood\nMarket,,,\nNorth Gate,${pointAt([3, 1]).join()},station\nFar,1,2,\nOther,${pointAt([1, 1]).join()},castle\n`,
    );
    const report = await build(plain(), { names });
    expect(report).toMatchObject({ stations: 1, neighbourhoods: 1 });
    expect(report.notes.join(" ")).toMatch(
      /1 name left out that have no longitude and latitude that can be read, from line 3 on.*1 name left out that lie outside.*1 name left out that are empty/,
    );
    expect(loadPack(report.folder).areas.at(-1)?.name).toBe("Old Town");
  });

  const lines = [
    { name: "Long Road", highway: "primary", at: [[0, 1], [1, 1], [2, 1], [3, 1], [4, 1]] },
    { name: "First Street", highway: "residential", at: [[1, 0.2], [1, 1], [1, 1.8]] },
    { name: "Second Street", highway: "residential", at: [[3, 0.2], [3, 1]] },
    { name: "Back Lane", highway: "residential", at: [[1, 1.8], [3, 1.8]] },
  ] as const;

  test("lines with names give roads, corners and a street for each cell at most", async () => {
    const features = lines.map(({ name, highway, at }) => ({
      type: "Feature",
      properties: { name, highway },
      geometry: { type: "LineString", coordinates: at.map(pointAt) },
    }));
    const streets = file("streets.geojson", JSON.stringify({ type: "FeatureCollection", features }));
    const report = await build(plain(), { streets });
    expect(report).toMatchObject({ roads: ["Long Road"], corners: 2, patch: "Long Road" });
    const { gazetteer } = loadPack(report.folder);
    expect(gazetteer.roads).toHaveLength(1);
    expect(gazetteer.corners.map(({ name }) => name).sort()).toEqual(["First Street", "Second Street"]);
    expect(new Set(gazetteer.streets.map(({ name }) => name))).toEqual(
      new Set(["First Street", "Second Street", "Back Lane"]),
    );
    expect(report.missing.join(" ")).not.toMatch(/No streets/);
  });

  test("an archive of tiles gives the same, its labels, and its licence line", async () => {
    const roads = lines.map(({ name, at, highway }): TileFeature => ({
      layer: "roads",
      shape: "line",
      at: at.map(pointAt),
      properties: { name, kind: highway === "primary" ? "major_road" : "minor_road" },
    }));
    const label = (layer: string, kind: string, name: string, at: Position): TileFeature => ({
      layer,
      shape: "point",
      at: [at],
      properties: { kind, name },
    });
    const features = [
      ...roads,
      label("places", "neighbourhood", "Old Town", pointAt([1, 1])),
      label("pois", "station", "North Gate Station", pointAt([3, 1.5])),
    ];
    const tiles = sceneTiles({ features, minZoom: 12, maxZoom: 14 });
    const report = await build(plain(), { streets: file("town.pmtiles", pmtilesOf(tiles)) });
    expect(report).toMatchObject({ roads: ["Long Road"], corners: 2, stations: 1 });
    const { gazetteer, pack } = loadPack(report.folder);
    expect(gazetteer.neighbourhoods.map(({ name }) => name)).toEqual(["Old Town"]);
    expect(gazetteer.stations.map(({ name }) => name)).toEqual(["North Gate"]);
    expect(pack.attributions).toEqual(["Made up", "© OpenStreetMap contributors"]);
  });
});
