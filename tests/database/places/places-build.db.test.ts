import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/places/command.ts";
import { ownPackFolder } from "#server/place-pack.ts";
import { loadPack } from "#server/places/load.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { writeGeoPackage } from "#tests/support/geopackage.ts";
import { packBench, plainTown, pointAt } from "#tests/support/pack-files.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

const { folder, file, plain, build } = packBench();

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
    expect(report.missing.join(" ")).toMatch(
      /5\.9 km of the boundary have no neighbour.*No streets.*the parts are the public areas/,
    );
    const { areas, edges, pack } = loadPack(report.folder);
    expect(edges.map(({ neighbour }) => neighbour)).toEqual(["Alder-Birch", "Cedar", "Damson"]);
    const east = areas.find(({ name }) => name === "Damson")?.polygons.flat(2) ?? [];
    const reach = (Math.max(...east.map(([lng]) => lng)) - pointAt([4, 0])[0]) * 73_900;
    expect(reach).toBeGreaterThan(2_900);
    expect(reach).toBeLessThan(3_100);
    expect(pack).toMatchObject({
      timeZone: "Europe/Vienna",
      grid: null,
      attributions: ["Made up"],
    });
    expect(report.cells).toBeGreaterThan(400);
    expect(readdirSync(report.folder).sort()).toEqual([
      "areas.geojson",
      "edges.geojson",
      "gazetteer.ndjson",
      "pack.json",
    ]);
  });

  test("parts are named by code, and take a name of their own", async () => {
    const report = await build(plain(), { parts: ["c-alder"], called: "West" });
    expect(report).toMatchObject({ name: "West", parts: ["Alder"] });
    expect(report.neighbours.map(({ name }) => name)).toContain("Birch");
  });

  test("made of the areas that every clone carries, it has the same cells and lines", async () => {
    const own = loadPack();
    const report = await build(join(ownPackFolder, "areas.geojson"), {
      parts: ["Enfield", "Haringey"],
      zone: "Europe/London",
    });
    const again = loadPack(report.folder);
    expect(commandStudySet(again.areas).cells).toEqual(commandStudySet(own.areas).cells);
    expect(again.edges.map(({ neighbour, lines }) => [neighbour, lines.length])).toEqual(
      own.edges.map(({ neighbour, lines }) => [neighbour, lines.length]),
    );
  });

  test("an empty folder is taken", async () => {
    const out = join(folder, "made-empty");
    mkdirSync(out);
    expect((await build(plain(), { out })).folder).toBe(out);
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
    await expect(build(path, { parts: null })).rejects.toThrow(
      /grid\.gpkg.*metres.*--zone is Europe\/London/,
    );
  });

  test("of several layers one must be named, and of another system none is read", async () => {
    const path = join(folder, "layers.gpkg");
    const areas = plainTown;
    writeGeoPackage(path, [
      { name: "one", srs: 4_326, areas },
      { name: "two", srs: 4_277, areas },
    ]);
    await expect(build(path)).rejects.toThrow(
      /it has several layers: one, two; say which one with --layer/,
    );
    await expect(build(path, { layer: "three" })).rejects.toThrow(/no layer "three".*one, two/);
    await expect(build(path, { layer: "two" })).rejects.toThrow(
      /"EPSG:4277" that is not read here; export the file in WGS84/,
    );
    expect((await build(path, { layer: "one" })).cells).toBeGreaterThan(300);
  });
});

describe("names and streets", () => {
  const lines = [
    {
      name: "Long Road",
      highway: "primary",
      at: [
        [0, 1],
        [1, 1],
        [2, 1],
        [3, 1],
        [4, 1],
      ],
    },
    {
      name: "First Street",
      highway: "residential",
      at: [
        [1, 0.2],
        [1, 1],
        [1, 1.8],
      ],
    },
    {
      name: "Second Street",
      highway: "residential",
      at: [
        [3, 0.2],
        [3, 1],
      ],
    },
    {
      name: "Back Lane",
      highway: "residential",
      at: [
        [1, 1.8],
        [3, 1.8],
      ],
    },
  ] as const;

  test("lines with names give roads, corners and a street for each cell at most", async () => {
    const features = lines.map(({ name, highway, at }) => ({
      type: "Feature",
      properties: { name, highway },
      geometry: { type: "LineString", coordinates: at.map(pointAt) },
    }));
    const streets = file(
      "streets.geojson",
      JSON.stringify({ type: "FeatureCollection", features }),
    );
    const report = await build(plain(), { streets });
    expect(report).toMatchObject({ roads: ["Long Road"], corners: 2, patch: "Long Road" });
    const { gazetteer } = loadPack(report.folder);
    expect(gazetteer.roads).toHaveLength(1);
    expect(gazetteer.corners.map(({ name }) => name).sort()).toEqual([
      "First Street",
      "Second Street",
    ]);
    expect(new Set(gazetteer.streets.map(({ name }) => name))).toEqual(
      new Set(["First Street", "Second Street", "Back Lane"]),
    );
    expect(report.missing.join(" ")).not.toMatch(/No streets/);
  });

  test("an archive of tiles gives the same, its labels, and its licence line", async () => {
    const roads = lines.map(
      ({ name, at, highway }): TileFeature => ({
        layer: "roads",
        shape: "line",
        at: at.map(pointAt),
        properties: { name, kind: highway === "primary" ? "major_road" : "minor_road" },
      }),
    );
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
