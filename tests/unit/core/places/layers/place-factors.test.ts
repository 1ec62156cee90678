import { describe, expect, test } from "vitest";
import { metresBetween } from "#core/geo/cell.ts";
import { isLabelProperty, placeFactorsOf, placeLabel } from "#core/places/layers/place-factors.ts";
import { geoJsonFile } from "#tests/support/features.ts";

const readPlaceFactors = async (text: string, label?: string) =>
  placeFactorsOf(await geoJsonFile(text), label);

const point = { type: "Point", coordinates: [-0.0634, 51.6255] };
const file = (...features: readonly { geometry: unknown; properties?: unknown }[]) =>
  JSON.stringify({
    type: "FeatureCollection",
    features: features.map((one) => ({ type: "Feature", properties: {}, ...one })),
  });

describe("place factors of a GeoJSON file", () => {
  test("points, lines and polygons, single and many, each with its short name", async () => {
    const line = [
      [-0.06, 51.62],
      [-0.06, 51.63],
    ];
    const ring = [...line, [-0.05, 51.63], line[0]];
    const text = file(
      { geometry: point, properties: { CommonName: "Angel Corner", id: 7 } },
      { geometry: { type: "MultiPoint", coordinates: [[-0.06, 51.62]] } },
      { geometry: { type: "LineString", coordinates: line } },
      { geometry: { type: "MultiLineString", coordinates: [line] } },
      { geometry: { type: "Polygon", coordinates: [ring] } },
      { geometry: { type: "MultiPolygon", coordinates: [[ring]] } },
    );
    const { factors, labelProperty } = await readPlaceFactors(text);
    expect(labelProperty).toBe("CommonName");
    expect(factors.map(({ label }) => label)).toEqual([
      "Angel Corner",
      null,
      null,
      null,
      null,
      null,
    ]);
    expect(factors.map(({ geometry }) => geometry.type)).toEqual([
      "MultiPoint",
      "MultiPoint",
      "MultiLineString",
      "MultiLineString",
      "MultiPolygon",
      "MultiPolygon",
    ]);
  });

  test("metres of the national grid become degrees", async () => {
    const { factors, isOnGrid } = await readPlaceFactors(
      file({ geometry: { type: "Point", coordinates: [534_000, 192_000] } }),
    );
    expect(isOnGrid).toBe(true);
    const at = factors[0]?.geometry.coordinates[0] as unknown as [number, number];
    expect(metresBetween(at, [-0.0661, 51.6109])).toBeLessThan(30);
  });

  test.each([
    ["{", /cannot be read as JSON/],
    [file({ geometry: null }), /feature 1 has no shape/],
    [file({ geometry: { type: "GeometryCollection", geometries: [] } }), /is a GeometryCollection/],
    [file({ geometry: { type: "Point", coordinates: [Number.NaN, 51] } }), /not two numbers/],
    [
      file({ geometry: { type: "Point", coordinates: [1e308, 91] } }),
      /which is no longitude and latitude/,
    ],
    [file({ geometry: { type: "LineString", coordinates: [[0, 51]] } }), /a line of one point/],
    [
      file(
        { geometry: point },
        { geometry: { type: "LineString", coordinates: [[-0.06, 51.6], "x"] } },
      ),
      /feature 2 has coordinates that are not lists/,
    ],
    [
      `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"MultiLineString","coordinates":${"[".repeat(10_000)}${"]".repeat(10_000)}}}]}`,
      /feature 1 has a (?:point|line|coordinates)/,
    ],
  ])("%.70s is refused in words", async (text, reason) => {
    await expect(readPlaceFactors(text)).rejects.toThrow(reason);
  });

  test("names come from no property that may describe a person", async () => {
    const properties = { licensee_name: "Jo Bloggs", contact: "x", name: "The Bell" };
    const text = file({ geometry: point, properties });
    expect(await readPlaceFactors(text)).toMatchObject({
      labelProperty: "name",
      factors: [{ label: "The Bell" }],
    });
    await expect(readPlaceFactors(text, "licensee_name")).rejects.toThrow(/may describe a person/);
    await expect(readPlaceFactors(text, "title")).rejects.toThrow(
      /no feature has a property "title"/,
    );
    expect((await readPlaceFactors(text, "none")).factors[0]?.label).toBeNull();
  });

  test("nothing of a file is kept but shape and name", async () => {
    const properties = { name: "The Bell", notes: "Jo drinks here", phone: "07700 900123" };
    const { factors } = await readPlaceFactors(file({ geometry: point, properties }));
    expect(Object.keys(factors[0] ?? {}).sort()).toEqual(["geometry", "label", "number"]);
  });
});

describe("the name of a place", () => {
  test.each([
    "The Bell",
    "Fore Street / Angel Corner",
    "St John's Road",
    "LC 10432",
    "Dr Johnson's",
    "Alley 3, north end",
    "McDonald's",
  ])("%s is kept", (text) => {
    expect(placeLabel(`  ${text} `)).toBe(text);
  });

  test.each([
    "",
    "Mrs Smith",
    "PC Jones",
    "jo@example.org",
    "https://example.org",
    "07700 900123",
    "+44 7700 900 123",
    "AB12 CDE",
    "born 05/11/1980",
    "Owner Al Jones",
    "Two women stand here every night. Call first",
    "one two three four five six seven eight nine",
    "x".repeat(61),
    "a\u202Eb",
    "<b>",
  ])("%s is left out", (text) => {
    expect(placeLabel(text)).toBeNull();
  });

  test("which properties may name a place", () => {
    const names = ["Name", "CommonName", "stop_name", "ref", "owner", "licensee name", "e-mail"];
    expect(names.filter(isLabelProperty)).toEqual(["Name", "CommonName", "stop_name", "ref"]);
  });
});
