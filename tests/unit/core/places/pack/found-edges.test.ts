import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Area } from "#core/places/wire/places.ts";
import { deriveEdges, deriveFoundEdges } from "#data/places/recipe/edges.ts";
import { ownPackFolder } from "#server/place-pack.ts";
import { loadPack } from "#server/places/load.ts";

test("the lines of the pack that every clone carries follow from its areas", () => {
  const areas = loadPack().areas.filter(({ kind }) => kind !== "neighbourhood");
  const { features } = JSON.parse(readFileSync(join(ownPackFolder, "edges.geojson"), "utf8"));
  const kept = features.map(
    (feature: { properties: object; geometry: { coordinates: unknown } }) => ({
      ...feature.properties,
      lines: feature.geometry.coordinates,
    }),
  );
  expect(deriveEdges(areas)).toEqual(kept);
});

test("by the sea a stretch has no neighbour: it is left out and told, or refused", () => {
  const square = (name: string, west: number, east: number, inCommand: boolean): Area => ({
    code: name,
    name,
    kind: inCommand ? "borough" : "neighbour",
    inCommand,
    polygons: [
      [
        [
          [west, 48],
          [east, 48],
          [east, 48.01],
          [west, 48.01],
          [west, 48],
        ],
      ],
    ],
  });
  // The second neighbour lies 37 m off.
  const areas = [
    square("Quay", 16, 16.01, true),
    square("Inland", 15.99, 16, false),
    square("Over", 16.0105, 16.02, false),
  ];
  const { edges, alone, apart } = deriveFoundEdges(areas);
  expect(edges.map(({ neighbour }) => neighbour)).toEqual(["Inland", "Over"]);
  expect([alone.length, apart.length]).toEqual([2, 1]);
  expect(() => deriveEdges(areas)).toThrow("No neighbour within 100 m of the border at 16, 48");
});
