import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
} from "maplibre-gl";
import { cssColour, type Palette } from "#client/map/palette.ts";
import {
  among,
  byZoom,
  isBare,
  nameLayers,
  rank,
  type StreetLayersInput,
  stationLayer,
  widthOf,
} from "#client/map/streets/street-names.ts";
import {
  buildingsFrom,
  drawnFrom,
  type LineKind,
  type TileLayer,
} from "#core/geo/tiles/street-tile.ts";

/** From here on streets are two edges with paper between them; before they are single lines. */
const openFrom = 13.5;

const wide: readonly LineKind[] = ["motorway", "main", "secondary", "street", "service"];
const narrow: readonly LineKind[] = ["path", "cycleway"];
const large: readonly LineKind[] = ["motorway", "main"];

/** In the order in which they are drawn; fills of cells go between ground and lines. */
export function streetLayers(input: StreetLayersInput) {
  return {
    ground: groundLayers(input),
    /** Those of the built-in roads that the tiles lack lie over those that they have. */
    lines: [
      ...lineLayers(input),
      ...openLayers({ source: "lacked-roads" }, input.palette, "lacked-"),
    ],
    /** Null where the tiles have none. */
    station: stationLayer(input),
    names: nameLayers(input),
  };
}

function groundLayers({ source, palette }: StreetLayersInput): LayerSpecification[] {
  const area = (layer: TileLayer, token: keyof Palette): LayerSpecification => ({
    id: layer,
    type: "fill",
    source,
    "source-layer": layer,
    paint: { "fill-color": cssColour(palette[token]) },
  });
  const buildings = area("buildings", "map-building");
  return [
    area("green", "map-green"),
    {
      id: "streams",
      type: "line",
      source,
      "source-layer": "streams",
      paint: {
        "line-color": cssColour(palette["map-lake"]),
        "line-width": byZoom([11, 0.6], [17, 5]),
      },
    },
    area("water", "map-lake"),
    {
      ...buildings,
      minzoom: buildingsFrom,
      paint: {
        ...buildings.paint,
        "fill-opacity": byZoom([buildingsFrom, 0], [buildingsFrom + 0.5, 1]),
      },
    } as LayerSpecification,
  ];
}

/** Railways below streets; casings of all streets below all streets, so that crossings are open. */
function lineLayers({ source, palette }: StreetLayersInput): LayerSpecification[] {
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  const lines = { type: "line", source, "source-layer": "roads" } as const;
  return [
    {
      ...lines,
      id: "rail",
      minzoom: 11,
      filter: among(["rail"]),
      layout: { "line-join": "round" },
      paint: { "line-color": colour("map-rail"), "line-width": widthOf(["rail"]) },
    },
    {
      ...lines,
      id: "path",
      minzoom: drawnFrom.path,
      filter: among(narrow),
      layout: { "line-join": "round" },
      paint: {
        "line-color": colour("map-road-main"),
        "line-width": widthOf(narrow),
        "line-dasharray": [3, 2],
      },
    },
    ...openLayers({ source, "source-layer": "roads" }, palette),
  ];
}

/** Single lines far off, closer two edges with paper between. */
function openLayers(
  from: Pick<LineLayerSpecification, "source" | "source-layer">,
  palette: Palette,
  prefix = "",
): LayerSpecification[] {
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  const open = { ...from, type: "line", filter: among(wide) } as const;
  const bySize: ExpressionSpecification = [
    "case",
    isBare,
    colour("map-road-main"),
    ["match", ["get", "kind"], [...large], colour("map-road-main"), colour("map-road")],
  ];
  return [
    {
      ...open,
      id: `${prefix}casing`,
      minzoom: openFrom,
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": bySize,
        "line-width": widthOf(wide, 1),
        "line-opacity": byZoom([openFrom, 0], [openFrom + 1, 1]),
      },
    },
    {
      ...open,
      id: `${prefix}street`,
      layout: {
        // Zoomed out, line ends are invisible, and rounding thousands is slow.
        "line-cap": ["step", ["zoom"], "butt", openFrom, "round"],
        "line-join": ["step", ["zoom"], "miter", openFrom, "round"],
        "line-sort-key": rank,
      },
      paint: {
        "line-color": [
          "interpolate",
          ["linear"],
          ["zoom"],
          openFrom,
          bySize,
          openFrom + 1,
          colour("map-street"),
        ],
        "line-width": widthOf(wide),
      },
    },
  ];
}
