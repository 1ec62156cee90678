import notoSansUrl from "@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url";
import type {
  ExpressionFilterSpecification,
  FilterSpecification,
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import type { BaseMap } from "#client/map/base-map.ts";
import { cssColour, type Palette } from "#client/map/palette.ts";
import { placeFeatures } from "#client/map/place-features.ts";
import { streetLayers } from "#client/map/streets/street-layers.ts";
import { namePaint, placesFrom, stationPaint } from "#client/map/streets/street-names.ts";
import { streetSource } from "#client/map/streets/street-tiles.ts";
import { namesFrom, type TileNames } from "#core/geo/tiles/street-tile.ts";

/** Fills of cells and the hatch go under this layer: streets, borders and names stay readable over them. */
export const dataSlot = "data";
/** Outlines and stops go under the names but over borders. */
export const markSlot = "marks";
export const streetsSource = "tiles";

const font = "Noto Sans Regular";

/** Where tiles have the ground, what they have is left to them. */
const outsideTiles: ExpressionFilterSpecification = ["!", ["get", "isUnderTiles"]];

/** Of what fills have without streets: they are read through, and the legend fades with them. */
const fillStrengthOverStreets = 0.5;

export function fillStrength({ basemap }: BaseMap): number {
  return basemap ? fillStrengthOverStreets : 1;
}

/** The layers of the built-in map that keep out of the tiles' way by their filter: without it they come back where a tile fails. */
export function givingWay({ layers }: StyleSpecification): readonly string[] {
  return layers
    .filter((layer) => "filter" in layer && JSON.stringify(layer.filter).includes("isUnderTiles"))
    .map(({ id }) => id);
}

/**
 * The map under everything, drawn without any outside request: our own boundaries, roads and names; over them streets
 * from this server's tiles where it has some. Roads and names that tiles have as well are drawn once, from the tiles.
 */
export function mapStyle(
  places: BaseMap,
  palette: Palette,
  { hasRoutes = false }: { readonly hasRoutes?: boolean | undefined } = {},
): StyleSpecification {
  const tiles = places.basemap ?? null;
  const streets =
    tiles &&
    streetLayers(
      { tiles, source: streetsSource, palette, font, hasRoutes },
      { source: "roads", filter: outsideTiles },
    );
  return {
    version: 8,
    // A new theme is there at once, on paper too.
    transition: { duration: 0, delay: 0 },
    "font-faces": { [font]: new URL(notoSansUrl, document.baseURI).href },
    sources: {
      ...Object.fromEntries(
        Object.entries(placeFeatures(places)).map(([id, data]) => [id, { type: "geojson", data }]),
      ),
      ...(tiles ? { [streetsSource]: streetSource(tiles) } : {}),
    },
    layers: [
      ...groundLayers(palette, tiles !== null),
      ...(streets?.ground ?? []),
      slot(dataSlot),
      ...(streets
        ? [...streets.lines, ...streets.lacked, edgeLayer(tiles.maxZoom, palette)]
        : [
            roadLayer("secondary", cssColour(palette["map-road"]), [0.5, 6]),
            roadLayer("main", cssColour(palette["map-road-main"]), [1, 9]),
          ]),
      ...borderLayers(palette),
      slot(markSlot),
      ...(streets?.stations ?? []),
      {
        ...{ id: "station", type: "circle", source: "stations", minzoom: 11.5 },
        ...unless(tiles?.names ?? [], "stations"),
        paint: stationPaint(palette),
      },
      ...nameLayers(palette, tiles?.names ?? [], streets?.names ?? []),
    ],
  };
}

/** Draws nothing; other layers are put under it. */
function slot(id: string): LayerSpecification {
  return { id, type: "background", layout: { visibility: "none" } };
}

function groundLayers(palette: Palette, hasTiles: boolean): LayerSpecification[] {
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  const beyond = colour(hasTiles ? "map-land-beyond" : "map-beyond");
  const fill = (id: string, filter: FilterSpecification, tint: string): LayerSpecification => ({
    ...{ id, type: "fill", source: "areas", filter, paint: { "fill-color": tint } },
  });
  return [
    {
      id: "background",
      type: "background",
      paint: { "background-color": hasTiles ? beyond : colour("map-water") },
    },
    fill("beyond", ["!", ["get", "inCommand"]], beyond),
    fill("command", ["get", "inCommand"], colour(hasTiles ? "map-land" : "map-command")),
  ];
}

/** Where streets end in what the map shows: beyond are main roads alone. */
function edgeLayer(maxZoom: number, palette: Palette): LayerSpecification {
  const dashes = { "line-width": 1, "line-dasharray": [2, 4] };
  return {
    // Tiles of a smaller scale reach further.
    ...{ id: "tile-edge", type: "line", source: "tile-edge", minzoom: maxZoom },
    paint: { "line-color": cssColour(palette["map-border"]), ...dashes },
  };
}

/** Of one colour each: those that differ by road are worked out anew by a worker, and paper does not wait. */
function roadLayer(
  kind: "main" | "secondary",
  colour: string,
  [far, near]: readonly [number, number],
): LayerSpecification {
  return {
    id: `road-${kind}`,
    type: "line",
    source: "roads",
    filter: ["==", ["get", "kind"], kind],
    layout: { "line-cap": "round", "line-join": "round" },
    paint: {
      "line-color": colour,
      "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 10, far, 16, near],
    },
  };
}

function borderLayers(palette: Palette): LayerSpecification[] {
  const line = (colour: keyof Palette, width: number) => ({
    "line-color": cssColour(palette[colour]),
    "line-width": width,
  });
  return [
    { id: "border", type: "line", source: "areas", paint: line("map-border", 1) },
    {
      ...{ id: "outline", type: "line", source: "areas", filter: ["get", "inCommand"] },
      paint: line("map-outline", 1.5),
    },
  ];
}

/** Later ones get room first; those of tiles before those of the built-in map, so that one name stands once. */
function nameLayers(
  palette: Palette,
  names: readonly TileNames[],
  fromTiles: readonly LayerSpecification[],
): LayerSpecification[] {
  const paint = namePaint(palette);
  const name = (
    id: string,
    source: string,
    size: number,
    layout: SymbolLayerSpecification["layout"] = {},
  ): SymbolLayerSpecification => ({
    ...{ id: `${id}-name`, type: "symbol", source, paint },
    layout: { "text-field": ["get", "name"], "text-font": [font], "text-size": size, ...layout },
  });
  const along = { "symbol-placement": "line", "symbol-spacing": 320 } as const;
  return [
    {
      ...name("street", "streets", 10),
      ...unless(names, "streets"),
      minzoom: namesFrom,
      paint: { ...paint, "text-opacity": 0.8 },
    },
    {
      ...name("road", "roads", 11, along),
      ...unless(names, "streets", namesFrom),
      minzoom: 12.5,
    },
    {
      ...name("station", "stations", 11, { "text-anchor": "left", "text-offset": [0.7, 0] }),
      ...unless(names, "stations"),
      minzoom: 13,
    },
    ...fromTiles,
    {
      ...name("neighbourhood", "neighbourhoods", 12),
      ...unless(names, "places"),
      minzoom: placesFrom,
    },
    { ...name("area", "area-names", 14, { "text-letter-spacing": 0.08 }), maxzoom: 13 },
  ];
}

/** Names that the tiles carry are left to them, from a zoom on where one is given. */
function unless(names: readonly TileNames[], kind: TileNames, from?: number) {
  if (!names.includes(kind)) return {};
  if (from === undefined) return { filter: outsideTiles };
  return { filter: ["any", ["<", ["zoom"], from], outsideTiles] as unknown as FilterSpecification };
}
