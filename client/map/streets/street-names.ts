import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { cssColour, type Palette } from "#client/map/palette.ts";
import { byZoom, rank } from "#client/map/streets/street-expressions.ts";
import type { StreetTiles } from "#client/map/streets/street-tiles.ts";
import { namesFrom, type TileLayer, type TileNames } from "#core/geo/tiles/street-tile.ts";

/** The names of the source and of the font are those of the style that the layers are put into. */
export interface StreetLayersInput {
  readonly tiles: StreetTiles;
  readonly source: string;
  readonly palette: Palette;
  readonly font: string;
  /** Names of streets stand beside them, as something is drawn along them. */
  readonly hasRoutes: boolean;
}

/** A whole command fits into a small map at this zoom: what is on it has its names. */
export const placesFrom = 10;

export function stationLayers({ tiles, source, palette }: StreetLayersInput): LayerSpecification[] {
  if (!tiles.names.includes("stations")) return [];
  return [
    {
      ...{ id: "tile-station", type: "circle", source, "source-layer": "stations", minzoom: 12 },
      paint: stationPaint(palette),
    },
  ];
}

/** The same on the built-in map. */
export function stationPaint(palette: Palette) {
  return {
    "circle-radius": 3.5,
    "circle-color": cssColour(palette["map-halo"]),
    "circle-stroke-color": cssColour(palette["map-station"]),
    "circle-stroke-width": 1.5,
  };
}

/** Later ones get room first: places, then stations, then streets. */
export function nameLayers({
  tiles,
  source,
  palette,
  font,
  hasRoutes,
}: StreetLayersInput): LayerSpecification[] {
  const paint = namePaint(palette);
  const text = { "text-field": ["get", "name"] as ExpressionSpecification, "text-font": [font] };
  const layer = (id: string, minzoom: number, from: TileLayer) =>
    ({ id, type: "symbol", source, "source-layer": from, minzoom, paint }) as const;
  const place = (id: string, minzoom: number, kinds: readonly string[], size: number) =>
    ({
      ...layer(id, minzoom, "places"),
      filter: ["in", ["get", "kind"], ["literal", [...kinds]]],
      layout: { ...text, "text-size": size, "text-padding": 8 },
    }) as LayerSpecification;
  const layers: Readonly<Record<TileNames, readonly LayerSpecification[]>> = {
    streets: [
      {
        ...layer("tile-street-name", namesFrom, "roads"),
        filter: ["has", "name"],
        layout: {
          ...text,
          "symbol-placement": "line",
          "symbol-spacing": 260,
          "symbol-sort-key": ["-", 0, rank],
          "text-size": byZoom([namesFrom, 10.5], [17, 13]),
          "text-letter-spacing": 0.02,
          "text-max-angle": 30,
          "text-padding": 6,
          "text-offset": [0, hasRoutes ? 1 : 0],
        },
      },
    ],
    stations: [
      {
        ...layer("tile-station-name", 13, "stations"),
        layout: {
          ...text,
          "text-size": 11,
          "text-anchor": "left",
          "text-offset": [0.7, 0],
          "text-max-width": 8,
          "text-justify": "left",
        },
      },
    ],
    places: [
      place("tile-place-name", placesFrom, ["place"], 12),
      place("tile-town-name", 9, ["town", "city"], 13),
    ],
  };
  return (["streets", "stations", "places"] as const).flatMap((kind) =>
    tiles.names.includes(kind) ? layers[kind] : [],
  );
}

export function namePaint(palette: Palette) {
  return {
    "text-color": cssColour(palette["map-label"]),
    "text-halo-color": cssColour(palette["map-halo"]),
    "text-halo-width": 1.5,
  };
}
