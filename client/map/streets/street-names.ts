import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
} from "maplibre-gl";
import { cssColour, type Palette } from "#client/map/palette.ts";
import type { StreetTiles } from "#client/map/streets/street-tiles.ts";
import {
  type LineKind,
  namesFrom,
  type TileLayer,
  type TileNames,
} from "#core/geo/tiles/street-tile.ts";

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

export function stationLayer(input: StreetLayersInput): LayerSpecification | null {
  const { tiles, source, palette } = input;
  if (!tiles.names.includes("stations")) return null;
  return {
    id: "tile-station",
    type: "circle",
    source,
    "source-layer": "stations",
    minzoom: 12,
    paint: stationPaint(palette),
  };
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

/** As a street of which nothing is known is drawn: as easy to see as the large ones, for there is nothing else to go by. */
const bareKind = "secondary";

const kind: ExpressionSpecification = ["coalesce", ["get", "kind"], bareKind];
export const isBare: ExpressionSpecification = ["!", ["has", "kind"]];

/** Pixels of a street's paper at three zooms, least first; powers of two between them. */
const widths: Readonly<Record<LineKind, readonly [at11: number, at14: number, at17: number]>> = {
  motorway: [1.6, 4.6, 20],
  main: [1.3, 4.2, 18],
  secondary: [0.9, 3.2, 15],
  street: [0.35, 2, 11],
  service: [0, 1, 6],
  path: [0, 0.7, 1.4],
  cycleway: [0, 0.7, 1.4],
  rail: [0.6, 0.9, 1.6],
};

export function among(kinds: readonly LineKind[]): FilterSpecification {
  return ["match", kind, [...kinds], true, false] as unknown as FilterSpecification;
}

/** Larger streets lie over smaller ones. */
export const rank = [
  "match",
  kind,
  "motorway",
  5,
  "main",
  4,
  "secondary",
  3,
  "street",
  2,
  1,
] as unknown as ExpressionSpecification;

/** As wide as its kind, and so much wider on either side. */
export function widthOf(kinds: readonly LineKind[], edge = 0) {
  const at = (index: 0 | 1 | 2) => [
    "match",
    kind,
    ...kinds.flatMap((one) => [one, widths[one][index] + 2 * edge]),
    0,
  ];
  return [
    "interpolate",
    ["exponential", 1.6],
    ["zoom"],
    11,
    at(0),
    14,
    at(1),
    17,
    at(2),
  ] as unknown as DataDrivenPropertyValueSpecification<number>;
}

export function byZoom(...stops: readonly (readonly [zoom: number, value: number])[]) {
  return ["interpolate", ["linear"], ["zoom"], ...stops.flat()] as ExpressionSpecification;
}
