import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

const { gazetteer } = readBundledPlaces();
const plane = createPlane([-0.08, 51.64]);

test("each corner lies on its road and each road inside the map", () => {
  for (const { road, name, at } of gazetteer.corners) {
    const stretches = gazetteer.roads.filter((one) => one.name === road);
    const distances = stretches.map(
      (one) => locateOnLine(plane.toPlane(at), one.line.map(plane.toPlane)).distance,
    );
    expect(Math.min(...distances), `${road} by ${name}`).toBeLessThan(3);
  }
});

test("a street is named once in a cell's reach, and no name is a kind of place", () => {
  const names = gazetteer.streets.map((street) => street.name);
  expect(
    names.filter((name) => /Supermarket|Parking Area|Petrol|Nightclub|^A\d/.test(name)),
  ).toEqual([]);
  expect(gazetteer.streets.length).toBeGreaterThan(2_500);
});

test("the README states the SHA-256 of each file", () => {
  const folder = new URL("../../../data/", import.meta.url);
  const readme = readFileSync(new URL("README.md", folder), "utf8");
  for (const name of ["areas.geojson", "edges.geojson", "gazetteer.ndjson"]) {
    const bytes = readFileSync(new URL(`places/enfield-haringey/${name}`, folder));
    expect(readme).toContain(
      `${createHash("sha256").update(bytes).digest("hex")}  places/enfield-haringey/${name}`,
    );
  }
});
