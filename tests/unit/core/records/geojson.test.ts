import { describe, expect, test } from "vitest";
import { systemNamed } from "#core/table/features/point-system.ts";
import { readBytes, recordsOf, spanText } from "#tests/support/import.ts";

const good = { Date: "2021-06-05", Time: "14:05", Kind: "complaint", Category: "asb" };
const point = (coordinates: unknown = [-0.0631, 51.6179]) => ({ type: "Point", coordinates });
const feature = (properties: unknown = good, geometry: unknown = point()) => ({
  type: "Feature",
  properties,
  geometry,
});
const collection = (features: readonly unknown[], more: object = {}) =>
  JSON.stringify({ type: "FeatureCollection", ...more, features });
const bytesOf = (text: string) => Buffer.from(text);

describe("a collection of points", () => {
  test("is a table whose rows are counted as features, wherever its pieces part", async () => {
    const text = collection([feature(), feature({ ...good, Date: "31/02/2021" })], { name: "x" });
    for (const pieceLength of [1, 7, 1_000]) {
      const read = await readBytes(bytesOf(text), {}, { pieceLength });
      expect(read.drafts.map(spanText)).toEqual(["2021-06-05T14:05:00+01:00"]);
      expect(read.faults).toMatchObject([{ row: 2, column: "Date", value: "31/02/2021" }]);
      expect(read.table).toMatchObject({ format: "geojson", unit: "feature" });
    }
    expect(
      (await readBytes(bytesOf(JSON.stringify(JSON.parse(text), null, 2)))).drafts,
    ).toHaveLength(1);
  });

  test("takes the properties of all features, nested ones by their path, and no prototype", async () => {
    const odd = `{"type":"Feature","geometry":${JSON.stringify(point())},"properties":{"__proto__":{"kind":"arrest"},"constructor":"x","a]}\\"{":"}]","two":"a\\nb"}}`;
    const text = `{"type":"FeatureCollection","features":[${JSON.stringify(feature({ place: { street: "Fore Street", tags: ["a", 1] } }))},${odd}]}`;
    expect((await recordsOf(bytesOf(text))).map(({ line, cells }) => ({ line, cells }))).toEqual([
      {
        line: 0,
        cells: [
          "longitude",
          "latitude",
          "place.street",
          "place.tags",
          "__proto__.kind",
          "constructor",
          'a]}"{',
          "two",
        ],
      },
      { line: 1, cells: ["-0.0631", "51.6179", "Fore Street", "a; 1", "", "", "", ""] },
      { line: 2, cells: ["-0.0631", "51.6179", "", "", "arrest", "x", "}]", "a b"] },
    ]);
    expect(({} as { kind?: string }).kind).toBeUndefined();
  });

  test("what is no point is refused by row, a multipoint of one is one", async () => {
    const one = { type: "MultiPoint", coordinates: [[-0.0631, 51.6179]] };
    const line = {
      type: "LineString",
      coordinates: [
        [-0.06, 51.6],
        [-0.07, 51.6],
      ],
    };
    const text = collection([
      feature(good, one),
      feature(good, line),
      feature(good, null),
      feature(good, point([null, "x"])),
    ]);
    const { drafts, faults } = await readBytes(bytesOf(text));
    expect(drafts).toHaveLength(1);
    expect(faults).toMatchObject([
      {
        row: 2,
        column: "latitude",
        value: "LineString",
        reason: "is a shape and not a point; only points can be read",
      },
      { row: 3, column: "latitude, longitude", value: "", reason: "the row has no place" },
      { row: 4, column: "latitude, longitude", value: "", reason: "the row has no place" },
    ]);
  });

  test("metres of the National Grid are easting and northing", async () => {
    const crs = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::27700" } };
    for (const more of [{ crs }, {}]) {
      const text = collection([feature(good, point([534_191, 192_784]))], more);
      const { drafts, outline } = await readBytes(bytesOf(text));
      expect(outline.mapping).toMatchObject({ easting: "easting", northing: "northing" });
      expect(drafts).toHaveLength(1);
    }
  });

  test("what is nested deep, and a file of more than 32 MB, is not read", async () => {
    const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
    const odd = `{"type":"Feature","geometry":null,"properties":{"a":${deep}}}`;
    const nested = recordsOf(bytesOf(`{"type":"FeatureCollection","features":[${odd}]}`));
    await expect(nested).rejects.toThrow(/nested more than 32 deep/);
    const long = collection([feature()], { name: "x".repeat(32_000_000) });
    await expect(recordsOf(bytesOf(long))).rejects.toThrow(/more than 32 MB is not read/);
  });

  test("features without any shape are read by their properties", async () => {
    const text = collection([feature({ ...good, Lat: 51.6179, Lng: -0.0631 }, null)]);
    expect((await readBytes(bytesOf(text))).drafts).toHaveLength(1);
  });
});

describe("a feature on each line", () => {
  const lines = [feature(), feature({ ...good, Date: "x" }), feature()].map((one) =>
    JSON.stringify(one),
  );

  test.each([
    ["LF", lines.join("\n")],
    ["CRLF", `${lines.join("\r\n")}\r\n`],
    ["a separator before each", lines.map((line) => `\u001e${line}\n`).join("")],
    ["a blank line between", lines.join("\n\n")],
  ])("with %s", async (title, text) => {
    for (const pieceLength of [1, 1_000]) {
      const { drafts, faults, table } = await readBytes(bytesOf(text), {}, { pieceLength });
      expect(drafts).toHaveLength(2);
      expect(faults).toMatchObject([{ row: title.startsWith("a blank") ? 3 : 2, column: "Date" }]);
      expect(table.unit).toBe("feature-line");
    }
  });
});

describe("what is no such file is refused with the feature and what to do", () => {
  test.each([
    [
      "one that was cut off",
      collection([feature(), feature()]).slice(0, -40),
      /cannot be read as JSON, as where a file was cut off/,
    ],
    ["a list", `[${JSON.stringify(feature())}]`, /a list in JSON/],
    [
      "a geometry",
      JSON.stringify({ type: "Polygon", coordinates: [] }, null, 1),
      /this is a Polygon, not a GeoJSON FeatureCollection/,
    ],
    ["topology", '{"type":"Topology","objects":{}}', /this is TopoJSON, not GeoJSON/],
    ["other JSON", '{"a":1}', /this is JSON, not a GeoJSON/],
    ["no list of features", '{"type":"FeatureCollection"}', /no list of "features"/],
    ["no feature at all", collection([]), /its collection has no features/],
    [
      "a word among the features",
      '{"type":"FeatureCollection","features":[null]}',
      /^Feature 1: this is not a GeoJSON feature/,
    ],
    [
      "a line that is broken",
      `${JSON.stringify(feature())}\n{"type":`,
      /^Line 2: this cannot be read as JSON/,
    ],
    [
      "something that is no feature",
      collection([{ type: "Point" }]),
      /^Feature 1: this is not a GeoJSON feature/,
    ],
    [
      "a feature without end",
      collection([feature({ a: "x".repeat(300_000) })]),
      /^Feature 1: this feature is longer/,
    ],
    [
      "degrees of another datum",
      collection([feature()], { crs: { properties: { name: "urn:ogc:def:crs:EPSG::4277" } } }),
      /reference system "urn:ogc:def:crs:EPSG::4277" that is not read.*WGS84 \(EPSG:4326\)/,
    ],
    [
      "a system without a name",
      collection([feature()], { crs: { type: "link" } }),
      /reference system that is not read/,
    ],
  ])("%s", async (_, text, reason) => {
    await expect(recordsOf(bytesOf(text))).rejects.toMatchObject({
      name: "FileFault",
      message: expect.stringMatching(reason) as unknown,
    });
  });
});

test.each([
  ["urn:ogc:def:crs:OGC:1.3:CRS84", "degrees"],
  ["urn:ogc:def:crs:EPSG::4326", "degrees"],
  ["EPSG:4326", "degrees"],
  ["http://www.opengis.net/def/crs/EPSG/0/4326", "degrees"],
  ["urn:ogc:def:crs:EPSG:9.1:27700", "grid"],
  ["EPSG:27700", "grid"],
])("the reference system %s is known", async (name, axes) => {
  expect(await systemNamed(name)).toEqual({ axes, toDegrees: null });
});
