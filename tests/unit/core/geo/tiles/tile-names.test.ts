import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { expect, test } from "vitest";
import { namesOfTile } from "#core/geo/tiles/tile-names.ts";
import { edmonton, sceneFeatures } from "#tests/support/street-scene.ts";
import { encodeTile, type TileFeature, tileAt } from "#tests/support/vector-tile.ts";

function layersOf(features: readonly TileFeature[]) {
  const octets = encodeTile(tileAt(edmonton, 12), features);
  if (!octets) throw new Error("Nothing lies in the tile");
  return new VectorTile(new PbfReader(octets)).layers;
}

test.each(["protomaps", "zoomstack"] as const)("%s: streets and places have names", (schema) => {
  expect(namesOfTile(schema, layersOf(sceneFeatures(schema)))).toEqual(["streets", "places"]);
});

test("roads without names, and places of kinds that are not drawn, carry none", () => {
  const bare = sceneFeatures("protomaps").map((feature) => ({
    ...feature,
    properties: feature.layer === "roads" ? {} : { kind: "country", name: "Utopia" },
  }));
  expect(namesOfTile("protomaps", layersOf(bare))).toEqual([]);
});

test("stations", () => {
  const station: TileFeature = {
    layer: "railwaystations",
    shape: "point",
    at: [edmonton],
    properties: { type: "Railway Station", name: "Edmonton Green" },
  };
  expect(namesOfTile("zoomstack", layersOf([station]))).toEqual(["stations"]);
});
