import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { cellAt, cellCentre, type Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint, planeDistance } from "#core/geo/plane.ts";
import { neighbourhoods } from "#core/places/neighbourhood.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { runsOf, someTries } from "#tests/support/runs.ts";

const { gazetteer } = readBundledPlaces();
const study = bundledStudy();

const position = fc.tuple(
  fc.double({ min: -0.19, max: 0.02, noNaN: true }),
  fc.double({ min: 51.56, max: 51.7, noNaN: true }),
);
const coordinate = fc.double({ min: -5_000, max: 5_000, noNaN: true });
const point = fc.tuple(coordinate, coordinate);

test.prop([fc.array(point, { minLength: 1, maxLength: 12 }), point], someTries)(
  "no vertex of a line is nearer than its nearest point",
  (line: PlanePoint[], at: PlanePoint) => {
    const { distance, nearest } = locateOnLine(at, line);
    expect(planeDistance(at, nearest)).toBeCloseTo(distance, 6);
    for (const vertex of line) {
      expect(distance).toBeLessThanOrEqual(planeDistance(at, vertex) + 1e-9);
    }
  },
);

test.prop([position, position], someTries)(
  "the plane keeps east, west, north and south",
  (from, to) => {
    const [east, north] = createPlane(from).toPlane(to);
    expect(Math.sign(east)).toBe(Math.sign(to[0] - from[0]));
    expect(Math.sign(north)).toBe(Math.sign(to[1] - from[1]));
  },
);

test.prop([position, fc.constantFrom(8, 9, 10)], someTries)(
  "any cell anywhere has one name, whatever order the gazetteer lists its streets in",
  (at: Position, resolution) => {
    const cell = cellAt(at, resolution);
    const name = createPlaceNamer(gazetteer)(cell);
    expect(name.length).toBeGreaterThan(3);
    expect(name).not.toContain(cell);
    expect(createPlaceNamer(gazetteer)(cell)).toBe(name);
    const reversed = { ...gazetteer, streets: [...gazetteer.streets].reverse() };
    expect(createPlaceNamer(reversed)(cell)).toBe(name);
  },
);

test.prop(
  [
    fc.uniqueArray(fc.integer({ min: 0, max: study.cells.length - 1 }), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.integer({ min: 1, max: 3_000 }),
  ],
  { numRuns: runsOf(100, 25) },
)("neighbourhoods share out every cell, none below the least size", (seeds, least) => {
  const places = seeds.map((index, rank) => ({
    name: `Place ${rank}`,
    at: cellCentre(study.cells[index] ?? cellAt([0, 51.6], 10)),
  }));
  const found = neighbourhoods(places, study, least);
  expect(found.reduce((sum, one) => sum + one.cells.length, 0)).toBe(study.cells.length);
  if (found.length > 1) {
    expect(Math.min(...found.map((one) => one.cells.length))).toBeGreaterThanOrEqual(least);
  }
});
