import { describe, expect, test } from "vitest";
import { metresBetween } from "#core/geo/cell.ts";
import { isInsidePolygons } from "#core/geo/point-in-polygon.ts";
import { type BoundaryChoices, boundariesOf } from "#core/places/boundaries.ts";
import { geoJsonFile } from "#tests/support/features.ts";

const readBoundaries = async (text: string, choices: BoundaryChoices) =>
  boundariesOf(await geoJsonFile(text), choices);

const wards = { kind: "ward" } as const;
const square = [
  [-0.07, 51.61],
  [-0.06, 51.61],
  [-0.06, 51.62],
  [-0.07, 51.61],
];
const file = (geometry: unknown, properties: unknown = { WD21CD: "E05000001", WD21NM: "Town" }) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: [{ type: "Feature", properties, geometry }],
  });
const polygon = (ring: unknown) => file({ type: "Polygon", coordinates: [ring] });

const withCrs = (name: string) =>
  JSON.stringify({
    ...(JSON.parse(polygon(square)) as object),
    crs: { type: "name", properties: { name } },
  });

describe("areas of a GeoJSON file", () => {
  test.each([
    ["12 Quagmire Street", "addresses"],
    ["zq@example.org", "e-mail addresses"],
    ["<b>Town</b>", "something else than a name"],
    ["To\u200bwn", "something else than a name"],
  ])("an area is not called %j: refused without repeating it", async (name, what) => {
    const read = readBoundaries(file(null, { WD21CD: "E05000001", WD21NM: name }), wards);
    await expect(read).rejects.toThrow(`what feature 1 has under "WD21NM" looks like ${what}`);
    await expect(read).rejects.not.toThrow(name);
  });

  test.each([
    [{ WD21CD: "E05000001", WD21NM: "Town", LAD21NM: "Enfield" }, "E05000001", "Town", "Enfield"],
    [{ ward: "Bowes", code: "E05000193", lad: "Enfield" }, "E05000193", "Bowes", "Enfield"],
    [{ name: "Enfield", code: "E09000010", bcu: "NA" }, "E09000010", "Enfield", null],
    [{ LSOA11CD: "E01001411", LSOA11NM: "Enfield 032A" }, "E01001411", "Enfield 032A", null],
    [{ beat: 7, code: 7 }, "7", "7", null],
  ] as const)("%j", async (properties, code, name, within) => {
    const text = file({ type: "Polygon", coordinates: [square] }, properties);
    const [area] = (await readBoundaries(text, { kind: "ward" })).boundaries;
    expect(area).toEqual({ code, name, within, polygons: [[square]] });
  });

  test("metres of the national grid become degrees", async () => {
    const ring = [
      [534_000, 192_000],
      [535_000, 192_000],
      [535_000, 193_000],
      [534_000, 192_000],
    ];
    const { boundaries, isOnGrid } = await readBoundaries(polygon(ring), wards);
    const [area] = boundaries;
    expect(isOnGrid).toBe(true);
    const corner = area?.polygons[0]?.[0]?.[0] ?? [0, 0];
    expect(metresBetween(corner, [-0.0661, 51.6109])).toBeLessThan(30);
  });

  test.each([
    ["", /the file is empty/],
    ["{", /cannot be read as JSON/],
    ['{"type":"Topology","objects":{}}', /this is TopoJSON, not GeoJSON/],
    ['{"geometryType":"esriGeometryPolygon","features":[]}', /this is Esri JSON/],
    [
      polygon([...square.slice(0, 2), [534_000, 192_000], ...square.slice(2)]),
      /the point 534000, 192000, which is no longitude and latitude/,
    ],
    ["[]", /this is JSON, not a GeoJSON FeatureCollection/],
    ['{"type":"FeatureCollection","features":[]}', /the file is empty: its collection has no/],
    ['{"type":"FeatureCollection","features":[7]}', /^Feature 1: this is not a GeoJSON feature/],
    [file(null), /feature 1 \("Town"\) is a feature without a shape/],
    [file({ type: "Point", coordinates: [0, 0] }), /is a Point, not a polygon/],
    [file({ type: "Polygon", coordinates: [square] }, {}), /neither a code nor a name/],
    [polygon(square.slice(0, 3)), /a ring of 3 points/],
    [polygon([...square, [-0.05, 51.6]]), /a ring that is not closed: it begins at -0.07, 51.61/],
    [polygon(square.map(() => ["-0.07", null])), /a point that is not two numbers/],
    [polygon(square.map(() => [1e308, 91])), /1e\+308, 91, which is no longitude and latitude/],
    [polygon("[".repeat(3)), /not lists of points/],
    [
      `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"deep"},"geometry":{"type":"Polygon","coordinates":${"[".repeat(10_000)}${"]".repeat(10_000)}}}]}`,
      /\("deep"\) has (a point|coordinates) that/,
    ],
  ])("%.60s is refused in words", async (text, reason) => {
    await expect(readBoundaries(text, wards)).rejects.toThrow(reason);
  });

  test("the system that a file names is the one it is read in", async () => {
    await expect(readBoundaries(withCrs("urn:ogc:def:crs:EPSG::27700"), wards)).rejects.toThrow(
      /the point -0.07, 51.61, which is not on the British/,
    );
  });

  const full = {
    LAD22CD: "E09000010",
    LAD22NM: "Enfield",
    WD22CD: "E05000001",
    WD22NM: "Town",
    LSOA21CD: "E01001411",
    LSOA21NM: "Enfield 032A",
    beat_code: "YE12",
    beat: "Edmonton North",
  };
  test.each([
    ["ward", "WD22CD", "WD22NM", "Enfield"],
    ["lsoa", "LSOA21CD", "LSOA21NM", "Enfield"],
    ["beat", "beat_code", "beat", "Enfield"],
    ["borough", "LAD22CD", "LAD22NM", "Enfield"],
  ] as const)(
    "a file with all of them: %s by its own properties",
    async (kind, code, name, within) => {
      const read = await readBoundaries(file({ type: "Polygon", coordinates: [square] }, full), {
        kind,
      });
      expect(read).toMatchObject({ codeProperty: code, nameProperty: name });
      expect(read.boundaries[0]).toMatchObject({ code: full[code], name: full[name], within });
    },
  );

  test("a person says which property is which, and an unknown one is refused with those there are", async () => {
    const text = file(
      { type: "Polygon", coordinates: [square] },
      { ref: "A1", called: "North", code: 1 },
    );
    expect(await readBoundaries(text, { kind: "beat", code: "ref", name: "called" })).toMatchObject(
      {
        boundaries: [{ code: "A1", name: "North" }],
      },
    );
    await expect(readBoundaries(text, { kind: "beat", name: "nom" })).rejects.toThrow(
      /no feature has a property "nom"; there are ref, called, code/,
    );
  });

  test("two areas of one code are refused", async () => {
    const one = JSON.parse(polygon(square)) as { features: unknown[] };
    const twice = { ...one, features: [...one.features, ...one.features] };
    await expect(readBoundaries(JSON.stringify(twice), wards)).rejects.toThrow(
      /"E05000001" under "WD21CD" occurs twice, at features 1 and 2.*--code/,
    );
  });

  test("__proto__ among the properties changes nothing", async () => {
    const text = polygon(square).replace('"WD21NM"', '"__proto__":{"code":"x"},"WD21NM"');
    expect((await readBoundaries(text, wards)).boundaries[0]?.code).toBe("E05000001");
    expect(({} as { code?: string }).code).toBeUndefined();
  });
});

describe("a point in polygons", () => {
  const unit = [
    [
      [0, 0],
      [4, 0],
      [4, 4],
      [0, 4],
      [0, 0],
    ],
    [
      [1, 1],
      [1, 2],
      [2, 2],
      [2, 1],
      [1, 1],
    ],
  ];
  const next = [
    [
      [4, 0],
      [8, 0],
      [8, 4],
      [4, 4],
      [4, 0],
    ],
  ];
  const areas = [unit, next] as unknown as Parameters<typeof isInsidePolygons>[1];

  test("inside, in a hole, outside", () => {
    expect(isInsidePolygons([3, 3], areas)).toBe(true);
    expect(isInsidePolygons([1.5, 1.5], areas)).toBe(false);
    expect(isInsidePolygons([6, 2], areas)).toBe(true);
    expect(isInsidePolygons([9, 2], areas)).toBe(false);
  });

  test("a point on a shared line falls to exactly one side", () => {
    const sides = [[unit], [next]].map((side) =>
      isInsidePolygons([4, 2], side as unknown as Parameters<typeof isInsidePolygons>[1]),
    );
    expect(sides.filter(Boolean)).toHaveLength(1);
  });
});
