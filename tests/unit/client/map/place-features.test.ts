import { expect, test } from "vitest";
import type { BaseMap } from "#client/map/base-map.ts";
import { type Bounds, placeFeatures } from "#client/map/place-features.ts";

const basemap = {
  minZoom: 0,
  maxZoom: 14,
  version: "abc",
  attribution: "",
  bounds: [-0.1, 51.6, 0, 51.7] as const,
  names: [],
  roads: [],
};

/** Ends of each line along the end of streets, on a map of one borough with these bounds. */
function edgesIn([west, south, east, north]: Bounds, streets: BaseMap["basemap"] = basemap) {
  const ring: [number, number][] = [
    [west, south],
    [east, north],
    [west, north],
  ];
  const { "tile-edge": edge } = placeFeatures({
    areas: [{ name: "Enfield", kind: "borough", inCommand: true, polygons: [[ring]] }],
    gazetteer: { roads: [], streets: [], stations: [], neighbourhoods: [] },
    mainRoads: [],
    attributions: [],
    basemap: streets,
  });
  return edge.features.map(({ geometry }) => geometry.coordinates);
}

test("where streets end a line runs along the sides that cross what the map shows, no further than that", () => {
  expect(edgesIn([-0.05, 51.5, 0.3, 51.65])).toEqual([
    [
      [-0.05, 51.6],
      [0, 51.6],
    ],
    [
      [0, 51.6],
      [0, 51.65],
    ],
  ]);
  expect(edgesIn([-0.2, 51.5, 0.3, 51.8])).toHaveLength(4);
});

test("no line says where streets end that reach further than the map, lie elsewhere or are not there", () => {
  expect(edgesIn([-0.09, 51.61, -0.01, 51.69])).toEqual([]);
  expect(edgesIn([1, 51.61, 2, 51.69])).toEqual([]);
  expect(edgesIn([-0.2, 51.5, 0.3, 51.8], null)).toEqual([]);
});
