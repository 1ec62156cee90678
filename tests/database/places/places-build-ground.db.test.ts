import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Position } from "#core/geo/cell.ts";
import { loadPack } from "#server/places/load.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import {
  alder,
  birch,
  block,
  cedar,
  collectionOf,
  damson,
  packBench,
  pointAt,
  town,
} from "#tests/support/pack-files.ts";

const { folder, file, plain, build, made } = packBench();

describe("ground that is not as it should be", () => {
  test("a ring that crosses itself is put right and told, with where", async () => {
    const [a, b, c, d] = block("Alder", [0, 0, 2, 2]).ring as [
      Position,
      Position,
      Position,
      Position,
    ];
    const crossed = { name: "Alder", ring: [a, b, d, c, a] };
    const report = await build(file("crossed.geojson", collectionOf([crossed, birch, cedar])));
    expect(report.notes.join(" ")).toMatch(
      /Alder: Self-intersection near 16\.51000, 48\.31000, put right/,
    );
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
      /Alder and Cedar overlap by 49\.\d ha near .*: the command keeps it.*2\.2 km of the boundary are drawn differently by the neighbour/,
    );
    expect(report.neighbours.map(({ km }) => km)).toEqual([2.7, 2.2]);
  });

  test("of parts that overlap the first by name keeps the ground", async () => {
    const wide = block("Birch", [1, 0, 4, 2]);
    const report = await build(file("parts-over.geojson", collectionOf([alder, wide, damson])));
    expect(report.notes.join(" ")).toMatch(
      /Alder and Birch overlap by 1\d\d\.\d ha .*Alder, the first by name/,
    );
    const areas = loadPack(report.folder).areas;
    expect(areas.find(({ name }) => name === "Alder")?.polygons.flat(2)).toContainEqual([
      16.52, 48.32,
    ]);
  });

  test("many points become fewer, and two areas keep one line", async () => {
    const wavy = Array.from({ length: 11_001 }, (_, index): Position => {
      const share = index / 11_000;
      return pointAt([2 + 0.05 * Math.sin(share * 300), 14 * share]);
    });
    const [sw, , , nw] = block("", [0, 0, 2, 14]).ring as [Position, Position, Position, Position];
    const [, se, ne] = block("", [2, 0, 4, 14]).ring as [Position, Position, Position];
    const west = { name: "Alder", ring: [sw, ...wavy, nw, sw] };
    const east = { name: "Birch", ring: [...wavy, ne, se, wavy[0] ?? se] };
    const report = await build(file("wavy.geojson", collectionOf([west, east, cedar, damson])));
    expect(report.notes.join(" ")).toMatch(/simplified to about 5 m/);
    const { edges, areas } = loadPack(report.folder);
    expect(edges.map(({ neighbour }) => neighbour)).toEqual(["Alder-Birch", "Cedar", "Damson"]);
    expect(areas.flatMap(({ polygons }) => polygons.flat(2)).length).toBeLessThan(10_000);
  });

  test("parts apart are one command, and at two ends of a continent refused", async () => {
    const far = block("Birch", [100, 0, 102, 2]);
    const report = await build(file("far.geojson", collectionOf([alder, far])));
    expect(report.parts).toEqual(["Alder", "Birch"]);
    const further = block("Birch", [600, 0, 602, 2]);
    await expect(build(file("further.geojson", collectionOf([alder, further])))).rejects.toThrow(
      /reaches over 4\d\d km, and at most 300 km/,
    );
  });

  test("the date line and the pole are refused", async () => {
    const ring: Position[] = [
      [179.9, 10],
      [-179.9, 10],
      [-179.9, 10.1],
      [179.9, 10],
    ];
    const over = file("date-line.geojson", collectionOf([{ name: "Alder", ring }]));
    await expect(build(over, { parts: null })).rejects.toThrow(
      /"Alder" reaches over the date line/,
    );
    const north = ring.map(([lng, lat]): Position => [Math.sign(lng) * 2, lat + 75]);
    const pole = file("pole.geojson", collectionOf([{ name: "Alder", ring: north }]));
    await expect(build(pole, { parts: null })).rejects.toThrow(/latitude 85\.1/);
  });
});

describe("what cannot be used is one line, and leaves nothing", () => {
  const inMetres = () => {
    const corners = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ] as const;
    const ring = corners.map(([x, y]): Position => [600_000 + 1_000 * x, 5_350_000 + 1_000 * y]);
    return file("utm.geojson", collectionOf([{ name: "Alder", ring }]));
  };
  const refused: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    [
      "an unknown zone",
      () => build(plain(), { zone: "Europe/Nowhere" }),
      /no time zone "Europe\/Nowhere".*--zone/,
    ],
    ["no licence line", () => build(plain(), { attribution: [] }), /licence line.*--attribution/],
    ["no code", () => build(plain(), { out: join(folder, "---") }), /"---" gives the pack no code/],
    [
      "a name of another place",
      () => build(plain(), { parts: ["Alder", "Elm"] }),
      /in plain\.geojson: no feature has the name or code "Elm"; there are Alder, Birch, Cedar, Damson/,
    ],
    [
      "many parts without a name",
      () =>
        build(
          file(
            "many.geojson",
            collectionOf([0, 2, 4, 6].map((x) => block(`P${x}`, [x, 0, x + 2, 2]))),
          ),
          { parts: null },
        ),
      /4 parts.*--called/,
    ],
    [
      "an empty file",
      () => build(file("empty.geojson", "")),
      /in empty\.geojson: the file is empty/,
    ],
    ["no file", () => build(join(folder, "none.geojson")), /there is no file/],
    [
      "points",
      () =>
        build(
          file(
            "points.geojson",
            JSON.stringify({
              type: "FeatureCollection",
              features: [
                {
                  type: "Feature",
                  properties: { code: "1", name: "Alder" },
                  geometry: { type: "Point", coordinates: town },
                },
              ],
            }),
          ),
        ),
      /in points\.geojson: feature 1 \("Alder"\) is a Point, not a polygon/,
    ],
    [
      "metres of another grid",
      () => build(inMetres(), { parts: null }),
      /utm\.geojson: its points are metres \(the first point is 600000, 5350000\).*WGS84/,
    ],
    [
      "metres of another grid in Britain",
      () => build(inMetres(), { parts: null, zone: "Europe/London" }),
      /metres of a grid that it does not name/,
    ],
    [
      "a layer of GeoJSON",
      () => build(plain(), { layer: "areas" }),
      /only a GeoPackage or a Shapefile has layers.*--layer/,
    ],
    [
      "streets of elsewhere",
      () => build(plain(), { streets: file("far.pmtiles", pmtilesOf(sceneTiles())) }),
      /in far\.pmtiles: it has no tile of Alder and Birch/,
    ],
    [
      "no streets at all",
      () => build(plain(), { streets: file("not.pmtiles", "tiles") }),
      /in not\.pmtiles: it is no file of streets/,
    ],
  ];
  test.each(refused)("%s", async (_, act, words) => {
    const before = made();
    const fault = await act().catch((error: unknown) => error);
    expect(fault).toMatchObject({ message: expect.stringMatching(words) });
    expect(String(fault)).not.toContain("\n");
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
