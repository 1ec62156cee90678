import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { expect, it } from "vitest";
import { readTile } from "#core/places/streets/source/read-tile.ts";
import { encodeTile } from "#server/places/streets/make-tiles.ts";

it.each([4096, 1000, 8192])(
  "a line of many steps ends where it ended, of a tile of %d units",
  (extent) => {
    const steps = Array.from({ length: 301 }, (_, at) => ({ x: at, y: 3 * at }));
    const feature = () => ({
      type: 2,
      properties: { kind: "minor_road" },
      loadGeometry: () => [steps],
    });
    const layers = { roads: { extent, length: 1, feature } };
    const octets = encodeTile(readTile("protomaps", layers, { zoom: 14, maxZoom: 14 }));
    const { roads } = new VectorTile(new PbfReader(octets ?? new Uint8Array())).layers;
    const last = roads?.feature(0).loadGeometry()[0]?.at(-1);
    expect(last?.x).toBe(Math.round((300 * 4096) / extent));
    expect(last?.y).toBe(Math.round((900 * 4096) / extent));
  },
);
