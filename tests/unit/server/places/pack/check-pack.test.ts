import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ConfigError } from "#server/config-error.ts";
import { loadPack } from "#server/places/load.ts";
import { writeTinyPack } from "#tests/support/tiny-pack.ts";

/** A made-up town, to which each test does one thing. */
const folder = writeTinyPack(null);

test("the pack of a town, and the one that every clone carries, make sense", () => {
  expect(loadPack(folder).areas.length).toBeGreaterThan(3);
  expect(loadPack().areas.length).toBeGreaterThan(10);
});

test.each([
  ["areas.geojson", /"inCommand":true/, '"inCommand":false', 'feature 1 ("Westside") is a borough'],
  [
    "areas.geojson",
    /"kind":"borough","inCommand":true/g,
    '"kind":"neighbour","inCommand":false',
    "no borough of the area",
  ],
  [
    "areas.geojson",
    '"name":"Eastside"',
    '"name":"Westside"',
    "has the code or the name of feature 1",
  ],
  ["areas.geojson", '"kind":"neighbour"', '"kind":"ward"', 'feature 3 ("Upland") is a ward'],
  ["areas.geojson", "[[[[18,59.3]", "[[[[674032,59.3]", "has the point 674032, 59.3"],
  [
    "areas.geojson",
    "[[[[18,59.3],",
    "[[[[18,59.31],",
    'feature 1 ("Westside") has a ring that is not closed',
  ],
  ["areas.geojson", /18\.08,59\.3([4\]])/g, "59.3,18.08$1", "at most 300 km"],
  [
    "areas.geojson",
    "[18.04,59.34],[18,59.34]",
    "[18.06,59.34],[18,59.34]",
    '"Westside" and "Eastside" overlap',
  ],
  [
    "pack.json",
    "[18.04,59.318]",
    "[59.318,18.04]",
    '"centre" (59.318, 18.04) lies more than 20 km',
  ],
  ["pack.json", '"grid":null', '"grid":"EPSG:27700"', '"grid" is EPSG:27700'],
  ["pack.json", '"name":"Tiny Town"', '"name":"Westside"', '"name" is that of one part'],
  [
    "edges.geojson",
    '"neighbour":"Upland"',
    '"neighbour":"Uplands"',
    '"Uplands" is neither a neighbour',
  ],
  ["edges.geojson", "[18,59.34]", "[18,49.34]", '"Upland" has the point 18, 49.34'],
  [
    "gazetteer.ndjson",
    '"road":"Long Street"',
    '"road":"Longstreet"',
    'the corner "First Lane" is of the road "Longstreet"',
  ],
  [
    "gazetteer.ndjson",
    '"name":"Old Town","at":[18.025',
    '"name":"Old Town","at":[81.025',
    '"Old Town" (81.025, 59.32) lies',
  ],
] as const)(
  "%s that was changed by hand is refused with what makes no sense: %s",
  (file, from, to, said) => {
    const path = join(folder, file);
    const text = readFileSync(path, "utf8");
    expect(text.replace(from, to)).not.toBe(text);
    writeFileSync(path, text.replace(from, to));
    try {
      const load = () => loadPack(folder);
      expect(load).toThrow(ConfigError);
      expect(load).toThrow(`${path} makes no sense: `);
      expect(load).toThrow(said);
    } finally {
      writeFileSync(path, text);
    }
  },
);
