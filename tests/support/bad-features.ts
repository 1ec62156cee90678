import { type BadFile, text } from "#tests/support/bad-files.ts";

const good = { Date: "2021-06-05", Time: "14:05", Kind: "complaint", Category: "asb" };
const here = { type: "Point", coordinates: [-0.0631, 51.6179] };

function feature(properties: object = {}, geometry: unknown = here): object {
  return { type: "Feature", properties: { ...good, ...properties }, geometry };
}

function collection(features: readonly unknown[], more: object = {}): string {
  return JSON.stringify({ type: "FeatureCollection", ...more, features });
}

function badFeature(
  title: string,
  one: object,
  row: { column: string; value: string; reason: RegExp },
): BadFile {
  return { title, bytes: Buffer.from(collection([one])), row: { row: 1, ...row } };
}

const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
const whole = collection([feature()]);
const metres = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::27700" } };
const oldDatum = { type: "name", properties: { name: "urn:ogc:def:crs:EPSG::4277" } };

/** The files of SAFEGUARDS, "Bad input", that are GeoJSON or look like it. */
export const badFeatures: readonly BadFile[] = [
  text(
    "GeoJSON that is not closed",
    whole.slice(0, -2),
    /cannot be read as JSON, as where a file was cut off/,
  ),
  text("GeoJSON cut within a feature", whole.slice(0, 60), /cannot be read as JSON/),
  text(
    "nested 10,000 deep",
    whole.replace('"asb"', deep),
    /^Brackets are nested more than 32 deep/i,
  ),
  text("nested 10,000 deep from the start", `{"a":${deep}}`, /not a GeoJSON FeatureCollection/),
  text("a list of JSON", `[${deep}]`, /a list in JSON/),
  text("JSON that is no collection", '{"a": 1}', /not a GeoJSON FeatureCollection/),
  text("a collection of nothing", collection([]), /its collection has no features/),
  text(
    "a system of coordinates that is not read",
    collection([feature()], { crs: oldDatum }),
    /EPSG::4277" that is not read/,
  ),
  text("a feature that is broken", whole.replace('"Point"', "Point"), /cannot be read as JSON/),
  text(
    "a line that is broken",
    `${JSON.stringify(feature())}\n{"type"\n`,
    /^Line 2: this cannot be read as JSON/,
  ),
  badFeature(
    "a line where a point should be",
    feature({}, { type: "LineString", coordinates: [] }),
    {
      column: "latitude",
      value: "LineString",
      reason: /a shape and not a point/,
    },
  ),
  badFeature(
    "no geometry that is a point, as 1e308",
    feature({}, { type: "Point", coordinates: [1e308, 51.6] }),
    {
      column: "longitude",
      value: "1e+308",
      reason: /between -180 and 180/,
    },
  ),
  badFeature("axes swapped", feature({}, { type: "Point", coordinates: [51.62, -0.06] }), {
    column: "latitude, longitude",
    value: "-0.06, 51.62",
    reason: /swapped/,
  }),
  badFeature(
    "__proto__ among the properties",
    JSON.parse(
      `{"type":"Feature","geometry":${JSON.stringify(here)},"properties":{"Date":"2021-06-05","Kind":"__proto__","__proto__":{"Kind":"complaint"}}}`,
    ) as object,
    { column: "Kind", value: "__proto__", reason: /not a known kind/ },
  ),
];

/** Unusual files of features that are read all the same: one event each. */
export const oddFeatures: readonly { readonly title: string; readonly bytes: Uint8Array }[] = [
  { title: "a feature on a line", bytes: Buffer.from(`${JSON.stringify(feature())}\n`) },
  {
    title: "a sequence with separators",
    bytes: Buffer.from(`\u001e${JSON.stringify(feature())}\n`),
  },
  { title: "GeoJSON with spaces", bytes: Buffer.from(JSON.stringify(JSON.parse(whole), null, 2)) },
  { title: "GeoJSON with a byte order mark", bytes: Buffer.from(`\uFEFF${whole}`) },
  { title: "GeoJSON in UTF-16", bytes: Buffer.from(`\uFEFF${whole}`, "utf16le") },
  {
    title: "metres of the National Grid",
    bytes: Buffer.from(
      collection([feature({}, { type: "Point", coordinates: [534_191, 192_784] })], {
        crs: metres,
      }),
    ),
  },
  {
    title: "a prototype among the properties",
    bytes: Buffer.from(whole.replace('"Kind"', '"__proto__":{"a":1},"constructor":"x","Kind"')),
  },
];
