import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { cssColour, type Palette } from "#client/map/palette.ts";
import {
  byZoom,
  filterOf,
  lineKindExpression,
  rankOf,
} from "#client/map/streets/street-expressions.ts";
import type { StreetTiles } from "#client/map/streets/street-tiles.ts";
import { translations } from "#core/geo/tiles/translation.ts";

/** The names of the source and of the font are those of the style that the layers are put into. */
export interface StreetLayersInput {
  readonly tiles: StreetTiles;
  readonly source: string;
  readonly palette: Palette;
  readonly font: string;
}

export const namesFrom = 14;
/** A whole command fits into a small map at this zoom: what is on it has its names. */
export const placesFrom = 10;

export function stationLayers({ tiles, source, palette }: StreetLayersInput): LayerSpecification[] {
  if (!tiles.names.includes("stations")) return [];
  const { stations } = translations[tiles.schema];
  return [
    {
      id: "tile-station",
      type: "circle",
      source,
      "source-layer": stations.layer,
      minzoom: 12,
      filter: filterOf(stations, "Point"),
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
}: StreetLayersInput): LayerSpecification[] {
  const { roads, roadName, places, towns, stations } = translations[tiles.schema];
  const quiet = namePaint(palette);
  const named = (table: { readonly name: string }) => ({
    "text-field": ["get", table.name] as ExpressionSpecification,
    "text-font": [font],
  });
  const layers: LayerSpecification[] = [];
  if (tiles.names.includes("streets")) {
    for (const table of roads) {
      layers.push({
        id: `tile-street-name-${table.layer}`,
        type: "symbol",
        source,
        "source-layer": table.layer,
        minzoom: namesFrom,
        filter: ["has", roadName],
        layout: {
          ...named({ name: roadName }),
          "symbol-placement": "line",
          "symbol-spacing": 260,
          "symbol-sort-key": ["-", 0, rankOf(lineKindExpression(table))],
          "text-size": byZoom([namesFrom, 10.5], [17, 13]),
          "text-letter-spacing": 0.02,
          "text-max-angle": 30,
          "text-padding": 6,
        },
        paint: quiet,
      });
    }
  }
  if (tiles.names.includes("stations")) {
    layers.push({
      id: "tile-station-name",
      type: "symbol",
      source,
      "source-layer": stations.layer,
      minzoom: 13,
      filter: filterOf(stations, "Point"),
      layout: {
        ...named(stations),
        "text-size": 11,
        "text-anchor": "left",
        "text-offset": [0.7, 0],
        "text-max-width": 8,
        "text-justify": "left",
      },
      paint: quiet,
    });
  }
  if (tiles.names.includes("places")) {
    const place = (id: string, table: typeof places, size: number, from: number) => {
      layers.push({
        id,
        type: "symbol",
        source,
        "source-layer": table.layer,
        minzoom: from,
        filter: filterOf(table, "Point"),
        layout: { ...named(table), "text-size": size, "text-padding": 8 },
        paint: quiet,
      });
    };
    place("tile-place-name", places, 12, placesFrom);
    place("tile-town-name", towns, 13, 9);
  }
  return layers;
}

export function namePaint(palette: Palette) {
  return {
    "text-color": cssColour(palette["map-label"]),
    "text-halo-color": cssColour(palette["map-halo"]),
    "text-halo-width": 1.5,
  };
}
