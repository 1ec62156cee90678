import notoSansUrl from "@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url";
import type {
  FilterSpecification,
  LayerSpecification,
  MapLibreMap,
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

const roadNamesFrom = 12.5;

const font = "Noto Sans Regular";

/** Relative to fills without streets; the legend fades equally. */
const fillStrengthOverStreets = 0.5;

export function fillStrength({ basemap }: BaseMap): number {
  return basemap ? fillStrengthOverStreets : 1;
}

/**
 * The base map, without outside requests: our own boundaries, roads and names, under streets from
 * this server's tiles where it has some. Roads come from the tiles then, but for those that
 * they lack, and so do the names that they carry.
 */
export function mapStyle(
  places: BaseMap,
  palette: Palette,
  { hasRoutes = false }: { readonly hasRoutes?: boolean | undefined } = {},
): StyleSpecification {
  const tiles = places.basemap ?? null;
  const names = tiles?.names ?? [];
  const streets = tiles && streetLayers({ tiles, source: streetsSource, palette, font, hasRoutes });
  return {
    version: 8,
    // A new theme applies at once, for print too.
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
      // Hidden under streets, until a tile of these fails.
      roadLayer("secondary", cssColour(palette["map-road"]), [0.5, 6], tiles === null),
      roadLayer("main", cssColour(palette["map-road-main"]), [1, 9], tiles === null),
      ...(streets ? [...streets.lines, edgeLayer(tiles.maxZoom, palette)] : []),
      ...borderLayers(palette),
      slot(markSlot),
      streets?.station ?? {
        id: "station",
        type: "circle",
        source: "stations",
        minzoom: 11.5,
        paint: stationPaint(palette),
      },
      ...nameLayers(palette, names, streets?.names ?? []),
    ],
  };
}

function slot(id: string): LayerSpecification {
  return { id, type: "background", layout: { visibility: "none" } };
}

function groundLayers(palette: Palette, hasTiles: boolean): LayerSpecification[] {
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  const beyond = colour(hasTiles ? "map-land-beyond" : "map-beyond");
  const fill = (id: string, filter: FilterSpecification, tint: string): LayerSpecification => ({
    id,
    type: "fill",
    source: "areas",
    filter,
    paint: { "fill-color": tint },
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

/** At lower zooms the tiles reach further. */
function edgeLayer(minzoom: number, palette: Palette): LayerSpecification {
  const colour = cssColour(palette["map-border"]);
  return {
    id: "tile-edge",
    type: "line",
    source: "tile-edge",
    minzoom,
    paint: { "line-color": colour, "line-width": 1, "line-dasharray": [2, 4] },
  };
}

/** Of the style: the built-in roads come back where a tile of streets does not come. */
export function showBuiltInRoads(map: MapLibreMap): void {
  for (const id of ["road-secondary", "road-main"]) {
    map.setLayoutProperty(id, "visibility", "visible");
  }
  map.setLayerZoomRange("road-name", roadNamesFrom, map.getMaxZoom());
}

/** One colour each: data-driven colours go through a worker, which printing does not wait for. */
function roadLayer(
  kind: "main" | "secondary",
  colour: string,
  [far, near]: readonly [number, number],
  isShown: boolean,
): LayerSpecification {
  return {
    id: `road-${kind}`,
    type: "line",
    source: "roads",
    filter: ["==", ["get", "kind"], kind],
    layout: {
      "line-cap": "round",
      "line-join": "round",
      visibility: isShown ? "visible" : "none",
    },
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
      id: "outline",
      type: "line",
      source: "areas",
      filter: ["get", "inCommand"],
      paint: line("map-outline", 1.5),
    },
  ];
}

/** Later layers get room first. Names that the tiles carry are theirs. */
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
    id: `${id}-name`,
    type: "symbol",
    source,
    paint,
    layout: { "text-field": ["get", "name"], "text-font": [font], "text-size": size, ...layout },
  });
  const along = { "symbol-placement": "line", "symbol-spacing": 320 } as const;
  const unless = (kind: TileNames, layer: LayerSpecification) =>
    names.includes(kind) ? [] : [layer];
  return [
    ...unless("streets", {
      ...name("street", "streets", 10),
      minzoom: namesFrom,
      paint: { ...paint, "text-opacity": 0.8 },
    }),
    ...(names.includes("streets")
      ? [
          { ...name("road", "roads", 11, along), minzoom: roadNamesFrom, maxzoom: namesFrom },
          { ...name("lacked-road", "lacked-roads", 11, along), minzoom: namesFrom },
        ]
      : [{ ...name("road", "roads", 11, along), minzoom: roadNamesFrom }]),
    ...unless("stations", {
      ...name("station", "stations", 11, { "text-anchor": "left", "text-offset": [0.7, 0] }),
      minzoom: 13,
    }),
    ...fromTiles,
    ...unless("places", {
      ...name("neighbourhood", "neighbourhoods", 12),
      minzoom: placesFrom,
    }),
    { ...name("area", "area-names", 14, { "text-letter-spacing": 0.08 }), maxzoom: 13 },
  ];
}
