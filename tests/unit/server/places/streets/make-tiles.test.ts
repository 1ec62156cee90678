import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
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

describe("roads of one kind and name", () => {
  const road = (name: string, ...line: readonly (readonly [number, number])[]) => {
    const parts = [line.map(([x, y]) => ({ x, y }))];
    return { layer: "roads", type: 2, tags: { kind: "main", name }, parts, road: null } as const;
  };
  const linesOf = (features: Parameters<typeof encodeTile>[0]) => {
    const { roads } = new VectorTile(new PbfReader(encodeTile(features) ?? new Uint8Array()))
      .layers;
    return Array.from({ length: roads?.length ?? 0 }, (_, at) => {
      const feature = roads?.feature(at);
      const [line = []] = feature?.loadGeometry() ?? [];
      return `${feature?.properties["name"]}: ${line.map(({ x, y }) => `${x},${y}`).join(" ")}`;
    });
  };

  it("are one line, whichever way each piece was drawn", () => {
    const pieces = [
      road("Fore Street", [0, 0], [10, 0]),
      road("Fore Street", [30, 0], [20, 0]),
      road("Hertford Road", [30, 0], [40, 0]),
      road("Fore Street", [30, 0], [50, 5]),
      road("Fore Street", [10, 0], [15, 1], [20, 0]),
    ];
    expect(linesOf(pieces)).toEqual([
      "Fore Street: 0,0 10,0 15,1 20,0 30,0 50,5",
      "Hertford Road: 30,0 40,0",
    ]);
  });

  it("go on straight where three end, and a ring stays one", () => {
    const fork = [
      road("A", [0, 0], [10, 0]),
      road("A", [12, 20], [10, 0]),
      road("A", [20, 1], [10, 0]),
    ];
    expect(linesOf(fork)).toEqual(["A: 0,0 10,0 20,1", "A: 12,20 10,0"]);
    const ring = [road("B", [0, 0], [9, 0], [9, 9]), road("B", [0, 0], [0, 9], [9, 9])];
    expect(linesOf(ring)).toEqual(["B: 0,0 9,0 9,9 0,9 0,0"]);
    const back = [road("C", [0, 0], [9, 0]), road("C", [9, 0], [0, 1])];
    expect(linesOf(back)).toHaveLength(2);
  });

  it("of a hostile file are written, however many meet and however long they are", () => {
    const star = Array.from({ length: 20_000 }, (_, at) => road("D", [0, 0], [at + 1, 1]));
    const steps = Array.from({ length: 300_000 }, (_, at) => ({ x: at % 4_000, y: at % 7 }));
    const long = { ...road("E"), parts: [steps] };
    expect(linesOf([...star, long, road("E", [0, 0], [-9, -9])])).toHaveLength(20_001);
  });

  it("lose no piece and gain none", () => {
    const steps = [...Array(400).keys()].map((at) => (at * 7919) % 400);
    const pieces = steps.map((at) => {
      const from = [at % 20, Math.floor(at / 20)] as const;
      const to = at % 3 ? ([from[0] + 1, from[1]] as const) : ([from[0], from[1] + 1] as const);
      return at % 2 ? road("C", from, to) : road("C", to, from);
    });
    const edgesOf = (lines: readonly string[]) =>
      lines
        .flatMap((line) => {
          const points = line.split(" ").slice(1);
          return points.slice(1).map((point, at) => [points[at], point].toSorted().join(" to "));
        })
        .toSorted();
    const apart = pieces.flatMap((piece) => linesOf([piece]));
    const together = linesOf(pieces);
    expect(edgesOf(together)).toEqual(edgesOf(apart));
    expect(together.length).toBeLessThan(apart.length / 2);
    expect(new Set(together).size).toBe(together.length);
  });
});
