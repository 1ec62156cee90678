import { expect, test } from "vitest";
import { boundsOfPolygons } from "#core/geo/bounds.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

test("of all rings of all parts, holes and islands too, to the last digit of their corners", () => {
  const ring = (west: number, south: number): [number, number][] => [
    [west, south],
    [west + 0.1, south],
    [west, south + 0.2],
    [west, south],
  ];
  expect(boundsOfPolygons([[ring(-0.3, 51.5)], [ring(0.1, 51.2), ring(0.05, 51.9)]])).toEqual({
    west: -0.3,
    south: 51.2,
    east: 0.2,
    north: 52.1,
  });
});

test("of the bundled boroughs they are what a loop over their corners finds", () => {
  for (const { polygons } of readBundledPlaces().areas) {
    const corners = polygons.flat(2);
    const [lngs, lats] = [corners.map(([lng]) => lng), corners.map(([, lat]) => lat)];
    expect(boundsOfPolygons(polygons)).toEqual({
      west: lngs.reduce((least, lng) => Math.min(least, lng)),
      south: lats.reduce((least, lat) => Math.min(least, lat)),
      east: lngs.reduce((most, lng) => Math.max(most, lng)),
      north: lats.reduce((most, lat) => Math.max(most, lat)),
    });
  }
});

test("without a polygon nothing lies inside", () => {
  const { west, east } = boundsOfPolygons([]);
  expect(west > east).toBe(true);
});
