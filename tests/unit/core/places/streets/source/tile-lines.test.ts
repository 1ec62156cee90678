import { VectorTile } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import { describe, expect, it } from "vitest";
import { metresBetween, type Position } from "#core/geo/cell.ts";
import type { TileSchema } from "#core/geo/tiles/street-tile.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { readTile } from "#core/places/streets/source/read-tile.ts";
import { createLineReader } from "#core/places/streets/source/tile-lines.ts";
import { type SceneOptions, sceneTiles } from "#tests/support/archives.ts";
import { edmonton, metresFrom, sceneStreets } from "#tests/support/street-scene.ts";
import type { TileFeature } from "#tests/support/vector-tile.ts";

/** What becomes of one line of a road layer. */
function drawnAs(schema: TileSchema, properties: Readonly<Record<string, unknown>>) {
  const parts = [
    [
      { x: 0, y: 0 },
      { x: 9, y: 9 },
    ],
  ];
  const feature = () => ({ type: 2, properties, loadGeometry: () => parts });
  const layer = schema === "openmaptiles" ? "transportation" : "roads";
  const tile = { [layer]: { extent: 4_096, length: 1, feature } };
  return readTile(schema, tile, { zoom: 14, maxZoom: 14 })[0];
}

const roadOf = (...given: Parameters<typeof drawnAs>) => drawnAs(...given)?.road ?? null;

function linesOf(schema: TileSchema, options: SceneOptions = {}): readonly StreetLine[] {
  const reader = createLineReader();
  const zoom = options.maxZoom ?? 14;
  for (const { data, ...tile } of sceneTiles({
    ...options,
    schema,
    minZoom: zoom,
    maxZoom: zoom,
  })) {
    const { layers } = new VectorTile(new PbfReader(data));
    reader.add(tile, readTile(schema, layers, { zoom, maxZoom: zoom }));
  }
  return reader.lines();
}

function lengthOf(line: readonly Position[]): number {
  return line.reduce((sum, at, index) => sum + metresBetween(line[index - 1] ?? at, at), 0);
}

describe("what a road is", () => {
  it.each([
    [{ kind: "highway", kind_detail: "motorway_link" }, "motorway"],
    [{ kind: "major_road", kind_detail: "trunk" }, "main"],
    [{ kind: "major_road", kind_detail: "primary" }, "main"],
    [{ kind: "major_road", kind_detail: "tertiary_link" }, "secondary"],
    [{ kind: "minor_road", kind_detail: "residential" }, "street"],
    [{ kind: "minor_road", kind_detail: "driveway" }, "service"],
    [{ kind: "path", kind_detail: "steps" }, "path"],
    [{ kind: "path", kind_detail: "cycleway" }, "cycleway"],
    [{ kind: "path", kind_detail: "something new" }, "path"],
    [{ kind: "other", kind_detail: "living_street" }, "street"],
    [{ "pmap:kind": "medium_road" }, "secondary"],
    [{}, "street"],
  ] as const)("Protomaps %j is a %s", (properties, kind) => {
    expect(roadOf("protomaps", properties)?.class).toBe(kind);
  });

  it.each([
    { kind: "rail", kind_detail: "rail" },
    { kind: "ferry" },
    { kind: "aeroway", kind_detail: "taxiway" },
    { kind: "other", kind_detail: "raceway_pit" },
    { kind: "minor_road", kind_detail: "service", access: "private" },
    { kind: "constructor", kind_detail: "toString" },
  ])("Protomaps %j is no street", (properties) => {
    expect(roadOf("protomaps", properties)).toBeNull();
  });

  it.each([
    ["Motorway", "motorway"],
    ["Primary", "main"],
    ["A Road", "main"],
    ["A Road, Collapsed Dual Carriageway", "main"],
    ["B Road", "secondary"],
    ["Minor", "secondary"],
    ["Local", "street"],
    ["Local Access Road", "street"],
    ["Restricted", "service"],
    ["Restricted Local Access Road", "service"],
    ["Shared Use Carriageway", "path"],
  ])("Zoomstack %s is a %s", (type, kind) => {
    expect(roadOf("zoomstack", { type })?.class).toBe(kind);
  });

  it.each([
    [{ class: "trunk" }, "main"],
    [{ class: "secondary", ramp: 1 }, "secondary"],
    [{ class: "minor" }, "street"],
    [{ class: "track" }, "service"],
    [{ class: "path", subclass: "cycleway" }, "cycleway"],
    [{ class: "path", subclass: "steps" }, "path"],
    [{ class: "rail", subclass: "rail" }, "rail"],
    [{ class: "transit", subclass: "subway" }, null],
    [{ class: "ferry" }, null],
    [{ class: "minor_construction" }, null],
  ] as const)(
    "OpenMapTiles %j is drawn as %s, and gone along unless it is a railway",
    (properties, kind) => {
      expect(drawnAs("openmaptiles", properties)?.tags["kind"] ?? null).toBe(kind);
      expect(roadOf("openmaptiles", properties)?.class).toBe(
        kind === "rail" ? undefined : (kind ?? undefined),
      );
    },
  );

  it("Zoomstack's guided busway is none", () => {
    expect(roadOf("zoomstack", { type: "Guided Busway" })).toBeNull();
  });

  it.each([
    ["protomaps", { kind: "path", is_bridge: true }, 1],
    ["protomaps", { kind: "path", is_tunnel: true }, -1],
    ["protomaps", { "pmap:kind": "path", "pmap:level": 1 }, 1],
    ["protomaps", { kind: "path" }, undefined],
    ["zoomstack", { type: "Local", level: 2 }, 2],
    ["zoomstack", { type: "Local", level: 0 }, undefined],
    ["openmaptiles", { class: "minor", brunnel: "tunnel" }, -1],
    ["openmaptiles", { class: "minor", brunnel: "bridge", layer: 2 }, 2],
  ] as const)("%s %j is at level %s", (schema, properties, level) => {
    expect(roadOf(schema, properties)?.level).toBe(level);
  });

  it.each([
    ["yes", 1],
    ["1", 1],
    [true, 1],
    ["-1", -1],
    ["reverse", -1],
    ["no", 0],
    ["reversible", 0],
    [undefined, 0],
  ] as const)("oneway %s is %d", (oneway, way) => {
    const properties = { kind: "minor_road", ...(oneway === undefined ? {} : { oneway }) };
    expect(roadOf("protomaps", properties)?.oneWay).toBe(way);
  });
});

describe.each(["openmaptiles", "protomaps", "zoomstack"] as const)(
  "the streets of %s tiles",
  (schema) => {
    const there = sceneStreets.filter(({ zoomstack }) => schema !== "zoomstack" || zoomstack);

    it("are those that were drawn, by name and length, and no railway", () => {
      const lines = linesOf(schema);
      expect(new Set(lines.map(({ name }) => name))).toEqual(
        new Set(there.map(({ name }) => name)),
      );
      for (const { name, line } of there.filter((one) => one.name !== null)) {
        const drawn = lengthOf(line.map(([east, north]) => metresFrom(edmonton, east, north)));
        const own = lines.filter((one) => one.name === name);
        const read = own.reduce((sum, one) => sum + lengthOf(one.line), 0);
        expect(Math.abs(read - drawn) / drawn).toBeLessThan(0.01);
      }
    });

    it("keep class and direction", () => {
      const byName = new Map(linesOf(schema).map((one) => [one.name, one]));
      expect(byName.get("Fore Street")?.class).toBe("main");
      expect(byName.get("Church Street")?.class).toBe("secondary");
      expect(byName.get("Great Cambridge Road")?.class).toBe("motorway");
      const oneWays = ["Gilpin Crescent", "Plevna Road"].map((name) => byName.get(name)?.oneWay);
      expect(oneWays).toEqual(schema === "zoomstack" ? [0, 0] : [1, -1]);
    });
  },
);

describe("a street over the edge of a tile", () => {
  it.each([12, 14, 15])("goes on in the same position on the other side, at zoom %d", (maxZoom) => {
    const fore = linesOf("protomaps", { maxZoom }).filter(({ name }) => name === "Fore Street");
    const ends = fore.flatMap(({ line }) => [line[0], line.at(-1)]).map(String);
    const single = ends.filter((end) => ends.indexOf(end) === ends.lastIndexOf(end));
    expect(single).toHaveLength(2);
    expect(fore.length).toBeGreaterThan(1);
  });

  it("comes once, though tiles overlap", () => {
    const slanted = Array.from({ length: 40 }, (_, index): TileFeature => {
      const at = [
        metresFrom(edmonton, -3_000, index * 37 - 700),
        metresFrom(edmonton, 3_000, index * -29 + 900),
      ];
      return {
        layer: "roads",
        shape: "line",
        at,
        properties: { name: `Road ${index}`, kind: "minor_road" },
      };
    });
    const lines = linesOf("protomaps", { features: slanted, maxZoom: 15 });
    for (const { at, properties } of slanted) {
      const own = lines.filter(({ name }) => name === properties["name"]);
      const ends = own.flatMap(({ line }) => [line[0], line.at(-1)]).map(String);
      expect(new Set(ends).size).toBe(own.length + 1);
      const read = own.reduce((sum, one) => sum + lengthOf(one.line), 0);
      expect(read).toBeCloseTo(lengthOf(at), -1);
    }
  });

  it("takes the name that both of its ends have, where it has a number alone", () => {
    const line = (from: number, to: number, properties: Record<string, string>) => ({
      type: 2,
      properties: { class: "trunk", ...properties },
      loadGeometry: () => [
        [
          { x: from, y: 100 },
          { x: to, y: 100 },
        ],
      ],
    });
    const layerOf = (...features: ReturnType<typeof line>[]) => ({
      extent: 4096,
      length: features.length,
      feature: (index: number) => features[index] as (typeof features)[number],
    });
    const own = [
      line(100, 900, {}),
      line(900, 1900, {}),
      line(1900, 2900, {}),
      line(2900, 3900, {}),
    ];
    const named = { name: "High Rd." };
    const tile = {
      transportation: layerOf(...own),
      transportation_name: layerOf(
        line(100, 900, named),
        line(900, 1900, { ref: "A10" }),
        line(1900, 2900, named),
      ),
    };
    const reader = createLineReader();
    reader.add({ z: 14, x: 10, y: 5 }, readTile("openmaptiles", tile, { zoom: 14, maxZoom: 14 }));
    expect(reader.lines().map(({ name }) => name)).toEqual([
      "High Road",
      "High Road",
      "High Road",
      null,
    ]);
  });

  it("is left alone where it ends inside a tile", () => {
    const [lane, ...more] = linesOf("protomaps").filter(({ name }) => name === "Lonely Lane");
    expect(more).toEqual([]);
    expect(lane?.line).toHaveLength(2);
  });

  it("along an edge belongs to one of its tiles", () => {
    const lines: StreetLine[] = [];
    const feature = (x: number) => ({
      type: 2,
      properties: {},
      loadGeometry: () => [
        [
          { x, y: 100 },
          { x, y: 900 },
        ],
      ],
    });
    const reader = createLineReader();
    for (const [x, at] of [
      [10, 4096],
      [11, 0],
    ] as const) {
      const roads = { extent: 4096, length: 1, feature: () => feature(at) };
      const features = readTile("protomaps", { roads }, { zoom: 14, maxZoom: 14 });
      reader.add({ z: 14, x, y: 5 }, features);
    }
    lines.push(...reader.lines());
    expect(lines).toHaveLength(1);
  });
});
