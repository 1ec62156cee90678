import type { LayerSpecification, MapLibreMap, StyleSpecification } from "maplibre-gl";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { BaseMap } from "#client/map/base-map.ts";
import { cssColour, type Palette, type Rgba } from "#client/map/palette.ts";
import { commandBounds, placeFeatures } from "#client/map/place-features.ts";
import { dataSlot, fillStrength, mapStyle, markSlot, showBuiltInRoads } from "#client/map/style.ts";
import type { TileLayer } from "#core/geo/tiles/street-tile.ts";
import type { ShownBasemap } from "#core/places/wire/places.ts";
import { readBundledPlaces } from "#tests/support/bundled-places.ts";

/** The fields of each layer of our tiles (`core/geo/tiles/street-tile.ts`). */
const written: Readonly<Record<TileLayer, readonly string[]>> = {
  green: [],
  water: [],
  streams: [],
  buildings: [],
  roads: ["kind", "name"],
  places: ["kind", "name"],
  stations: ["name"],
};

/** Each token another colour, so that a colour names its token. */
const palette = new Proxy({} as Palette, {
  get: (_, name): Rgba => [
    String(name).length,
    sum(String(name)) % 256,
    sum(String(name)) >> 8,
    255,
  ],
});
function sum(text: string): number {
  return [...text].reduce((all, letter, index) => all + letter.charCodeAt(0) * (index + 1), 0);
}

const tiles = (part: Partial<ShownBasemap> = {}): ShownBasemap => ({
  minZoom: 0,
  maxZoom: 15,
  version: "abc",
  attribution: "© OpenStreetMap contributors",
  bounds: [-0.1, 51.6, 0, 51.7],
  names: ["streets", "places", "stations"],
  roads: [],
  segments: 0,
  named: 0,
  ...part,
});

const places = (basemap: ShownBasemap | null): BaseMap => ({
  areas: [],
  gazetteer: { roads: [], streets: [], stations: [], neighbourhoods: [] },
  mainRoads: [],
  attributions: [],
  basemap,
});

const styleOf = (basemap: ShownBasemap | null): StyleSpecification =>
  mapStyle(places(basemap), palette);
const fromTiles = ({ layers }: StyleSpecification) =>
  layers.filter((layer) => "source" in layer && layer.source === "tiles");
const at = ({ layers }: StyleSpecification, id: string) =>
  layers.findIndex((layer) => layer.id === id);

beforeAll(() => {
  vi.stubGlobal("document", { baseURI: "http://here/" });
  vi.stubGlobal("location", { origin: "http://here" });
});
afterAll(() => {
  vi.unstubAllGlobals();
});

describe("streets", () => {
  test("every layer and every field that is asked for is one that our tiles have", () => {
    for (const layer of fromTiles(styleOf(tiles()))) {
      const { "source-layer": source = "" } = layer as { "source-layer"?: string };
      const fields = written[source as TileLayer];
      expect(fields, layer.id).toBeDefined();
      for (const field of fieldsIn(layer)) expect(fields, layer.id).toContain(field);
    }
  });

  test("ground lies under the data, streets over it, then borders, marks and names", () => {
    const style = styleOf(tiles());
    const data = at(style, dataSlot);
    const border = at(style, "border");
    const marks = at(style, markSlot);
    expect(at(style, "command")).toBeLessThan(data);
    expect(data).toBeLessThan(border);
    expect(border).toBeLessThan(marks);
    for (const layer of fromTiles(style)) {
      const where = at(style, layer.id);
      if (layer.type === "symbol" || layer.type === "circle") {
        expect(where, layer.id).toBeGreaterThan(marks);
      } else if (/^(green|water|streams|buildings)/.test(layer.id)) {
        expect(where, layer.id).toBeLessThan(data);
      } else {
        expect(where, layer.id).toBeGreaterThan(data);
        expect(where, layer.id).toBeLessThan(border);
      }
    }
  });

  test("names of streets stand beside them where routes run along them, else on them", () => {
    const offsets = [true, false].map((hasRoutes) => {
      const { layers } = mapStyle(places(tiles()), palette, { hasRoutes });
      const names = layers.find(({ id }) => id === "tile-street-name");
      return (names?.layout as Record<string, unknown> | undefined)?.["text-offset"];
    });
    expect(offsets).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  test("names of streets stand from zoom 14, buildings from zoom 15", () => {
    const builtIn = styleOf(null).layers.find(({ id }) => id === "street-name");
    expect(builtIn).toMatchObject({ minzoom: 14 });
    const layers = fromTiles(styleOf(tiles()));
    const streets = layers.filter(({ id }) => id.startsWith("tile-street-name"));
    const buildings = layers.filter(({ id }) => id === "buildings");
    expect(streets.length).toBeGreaterThan(0);
    expect(buildings.length).toBeGreaterThan(0);
    for (const { minzoom } of streets as { minzoom?: number }[]) expect(minzoom).toBe(14);
    for (const { minzoom } of buildings as { minzoom?: number }[]) expect(minzoom).toBe(15);
  });

  test("every kind of thing is drawn", () => {
    const ids = fromTiles(styleOf(tiles())).map(({ id }) => id.replace(/-.*/, ""));
    for (const part of [
      "green",
      "streams",
      "water",
      "buildings",
      "rail",
      "path",
      "casing",
      "street",
      "tile",
    ]) {
      expect(ids).toContain(part);
    }
  });

  test("every colour is a token", () => {
    const tokens = new Set(
      [
        "land",
        "land-beyond",
        "command",
        "beyond",
        "water",
        "outline",
        "border",
        "road",
        "road-main",
        "street",
        "lake",
        "green",
        "building",
        "rail",
        "station",
        "label",
        "halo",
      ].map((name) => cssColour(palette[`map-${name}` as keyof Palette])),
    );
    const colours = JSON.stringify(styleOf(tiles()).layers).match(
      /rgba?\([^)]*\)|hsla?\([^)]*\)|#[0-9a-f]{3,8}\b/gi,
    );
    expect(colours?.length).toBeGreaterThan(20);
    for (const colour of colours ?? []) expect(tokens).toContain(colour);
  });
});

describe("beside the built-in map", () => {
  test("its roads lie over the fills of cells, and are hidden under streets until a tile fails", () => {
    const alone = styleOf(null);
    expect(at(alone, dataSlot)).toBeGreaterThan(-1);
    for (const road of ["road-secondary", "road-main"]) {
      expect(at(alone, road)).toBeGreaterThan(at(alone, dataSlot));
      expect(at(alone, road)).toBeLessThan(at(alone, "border"));
    }
    // Later names get room first: a main road before the side streets.
    expect(at(alone, "road-name")).toBeGreaterThan(at(alone, "street-name"));
    const style = styleOf(tiles());
    for (const road of ["road-secondary", "road-main"]) {
      expect(alone.layers[at(alone, road)]).toMatchObject({ layout: { visibility: "visible" } });
      expect(style.layers[at(style, road)]).toMatchObject({ layout: { visibility: "none" } });
      expect(at(style, road)).toBeLessThan(at(style, "casing"));
    }
    const map = { setLayoutProperty: vi.fn(), setLayerZoomRange: vi.fn(), getMaxZoom: () => 17 };
    showBuiltInRoads(map as unknown as MapLibreMap);
    expect(map.setLayoutProperty.mock.calls).toEqual([
      ["road-secondary", "visibility", "visible"],
      ["road-main", "visibility", "visible"],
    ]);
    expect(map.setLayerZoomRange).toHaveBeenCalledWith("road-name", 12.5, 17);
  });

  test("main roads that tiles lack lie over streets, look as streets do, and keep their names", () => {
    const lacked = { name: "High Road", line: [[-0.2, 51.65] as [number, number]] };
    const style = styleOf(tiles({ roads: [lacked] }));
    for (const id of ["casing", "street"]) {
      expect(at(style, `lacked-${id}`)).toBeGreaterThan(at(style, "street"));
      const { paint, filter } = style.layers[at(style, id)] as Record<string, unknown>;
      expect(style.layers[at(style, `lacked-${id}`)]).toMatchObject({ paint, filter });
    }
    expect(style.layers[at(style, "lacked-road-name")]).toMatchObject({ minzoom: 14 });
    expect(JSON.stringify(style.sources["lacked-roads"])).toContain("High Road");
    expect(at(style, "border")).toBeGreaterThan(at(style, "tile-edge"));
  });

  test.each([
    ["reach beyond the command", [-1, 51, 1, 52], 0],
    ["end within it", [-0.1, 51, 1, 52], 1],
  ])("a faint line says where streets end: streets that %s", (_, bounds, lines) => {
    const { areas } = readBundledPlaces();
    const [west = 0, south = 0, east = 0, north = 0] = bounds;
    const shown = { ...places(tiles({ bounds: [west, south, east, north] })), areas };
    expect(placeFeatures(shown)["tile-edge"].features).toHaveLength(lines);
  });

  test("without tiles it is all there is, and fills are twice as strong", () => {
    const style = styleOf(null);
    expect(fromTiles(style)).toEqual([]);
    expect(Object.keys(style.sources)).not.toContain("tiles");
    expect(fillStrength(places(null))).toBe(1);
    expect(fillStrength(places(tiles()))).toBe(0.5);
  });

  test("names stay with it that the tiles do not carry", () => {
    const builtIn = ["station", "street-name", "road-name", "station-name", "neighbourhood-name"];
    const kept = (names: ShownBasemap["names"]) =>
      builtIn.filter((id) => at(styleOf(tiles({ names })), id) >= 0);
    expect(kept([])).toEqual(builtIn);
    expect(kept(["streets"])).toEqual(builtIn.filter((id) => id !== "street-name"));
    expect(kept(["stations"])).toEqual(["street-name", "road-name", "neighbourhood-name"]);
    expect(kept(["places"])).toEqual(builtIn.slice(0, -1));
    // Their names of streets begin where those of the main roads end.
    const { layers } = styleOf(tiles());
    expect(layers.find(({ id }) => id === "road-name")).toMatchObject({ maxzoom: 14 });
    const drawn = fromTiles(styleOf(tiles({ names: [] }))).map(({ type }) => type);
    expect(drawn).not.toContain("symbol");
    expect(drawn).not.toContain("circle");
  });

  test.each([
    ["the built-in map", null],
    ["tiles", tiles()],
  ])(
    "%s names neighbourhoods where the command fills the map of a small desk; boroughs get room first",
    (_, basemap) => {
      const [west, south, east, north] = commandBounds({
        ...places(null),
        areas: readBundledPlaces().areas,
      }) ?? [0, 0, 0, 0];
      const northing = (lat: number) => Math.asinh(Math.tan((lat * Math.PI) / 180)) / (2 * Math.PI);
      const [width, height] = [(east - west) / 360, northing(north) - northing(south)];
      // The map at 1280 x 800, less what is kept free around.
      const zoom = Math.log2(Math.min((796 - 48) / width, (390 - 48) / height) / 512);
      const { layers } = styleOf(basemap);
      const named = layers.filter(({ id }) => /^(neighbourhood|tile-place)-name$/.test(id));
      expect(named).toHaveLength(1);
      for (const { minzoom = 0 } of named) expect(minzoom).toBeLessThan(zoom);
      expect(layers.at(-1)?.id).toBe("area-name");
    },
  );

  test("tiles are asked for at this server, by their version, within what they cover", () => {
    expect(styleOf(tiles({ minZoom: 5, maxZoom: 12 })).sources["tiles"]).toEqual({
      type: "vector",
      tiles: ["http://here/api/tiles/{z}/{x}/{y}?v=abc"],
      minzoom: 5,
      maxzoom: 12,
      bounds: [-0.1, 51.6, 0, 51.7],
    });
  });
});

/** What `get` and `has` ask of a feature. */
function fieldsIn(layer: LayerSpecification): readonly string[] {
  const found: string[] = [];
  const walk = (part: unknown): void => {
    if (Array.isArray(part)) {
      const [operator, field] = part as unknown[];
      if ((operator === "get" || operator === "has") && typeof field === "string")
        found.push(field);
      part.forEach(walk);
    } else if (typeof part === "object" && part !== null) Object.values(part).forEach(walk);
  };
  walk(layer);
  return found;
}
