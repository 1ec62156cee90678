import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import { cssColour, type Palette } from "#client/map/palette.ts";
import {
  among,
  bareExpression,
  byZoom,
  filterOf,
  lineKindExpression,
  rankOf,
  widthOf,
} from "#client/map/streets/street-expressions.ts";
import {
  nameLayers,
  type StreetLayersInput,
  stationLayers,
} from "#client/map/streets/street-names.ts";
import { type LineKind, type LineTable, translations } from "#core/geo/tiles/translation.ts";

/** In the order in which they are drawn; fills of cells go between ground and lines. */
export interface StreetLayers {
  readonly ground: readonly LayerSpecification[];
  readonly lines: readonly LayerSpecification[];
  readonly stations: readonly LayerSpecification[];
  readonly names: readonly LayerSpecification[];
}

export const buildingsFrom = 15;
const pathsFrom = 14;

/** From here on streets are two edges with paper between them; before they are single lines. */
const openFrom = 13.5;

const wide: readonly LineKind[] = ["motorway", "main", "secondary", "street", "service"];
const narrow: readonly LineKind[] = ["path", "cycleway"];
/** As wide as this is a street of which nothing is known. */
const drawnBare: LineKind = "secondary";
const large: readonly LineKind[] = ["motorway", "main"];

/** All that is drawn of streets: the same for every schema, in the tokens of the page. */
export function streetLayers(input: StreetLayersInput): StreetLayers {
  return {
    ground: groundLayers(input),
    lines: lineLayers(input),
    stations: stationLayers(input),
    names: nameLayers(input),
  };
}

function groundLayers({ tiles, source, palette }: StreetLayersInput): LayerSpecification[] {
  const { green, water, streams, buildings } = translations[tiles.schema];
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  return [
    ...green.map(
      (table): LayerSpecification => ({
        id: `green-${table.layer}`,
        type: "fill",
        source,
        "source-layer": table.layer,
        filter: filterOf(table, "Polygon"),
        paint: { "fill-color": colour("map-green") },
      }),
    ),
    ...streams.map(
      (table): LayerSpecification => ({
        id: `stream-${table.layer}`,
        type: "line",
        source,
        "source-layer": table.layer,
        filter: filterOf(table, "LineString"),
        paint: { "line-color": colour("map-lake"), "line-width": byZoom([11, 0.6], [17, 5]) },
      }),
    ),
    ...water.map(
      (table): LayerSpecification => ({
        id: `water-${table.layer}`,
        type: "fill",
        source,
        "source-layer": table.layer,
        filter: filterOf(table, "Polygon"),
        paint: { "fill-color": colour("map-lake") },
      }),
    ),
    ...buildings.map(
      (table): LayerSpecification => ({
        id: `building-${table.layer}`,
        type: "fill",
        source,
        "source-layer": table.layer,
        minzoom: buildingsFrom,
        filter: filterOf(table, "Polygon"),
        paint: {
          "fill-color": colour("map-building"),
          "fill-opacity": byZoom([buildingsFrom, 0], [buildingsFrom + 0.5, 1]),
        },
      }),
    ),
  ];
}

/** Railways below streets; casings of all streets below all streets, so that crossings are open. */
function lineLayers({ tiles, source, palette }: StreetLayersInput): LayerSpecification[] {
  const { roads, rail } = translations[tiles.schema];
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  const lines = ({ layer }: LineTable) =>
    ({ type: "line", source, "source-layer": layer }) as const;
  // Where no line says what it is, all are as easy to see as the large ones: there is nothing else to go by.
  const bySize = (table: LineTable, kind: ExpressionSpecification): ExpressionSpecification => [
    "case",
    bareExpression(table),
    colour("map-road-main"),
    ["match", kind, [...large], colour("map-road-main"), colour("map-road")],
  ];
  const isRail = lineKindExpression(rail);
  return [
    {
      ...lines(rail),
      id: "rail",
      minzoom: 11,
      filter: among(isRail, ["rail"]),
      layout: { "line-join": "round" },
      paint: { "line-color": colour("map-rail"), "line-width": widthOf(isRail, ["rail"]) },
    },
    ...roads.map((table): LayerSpecification => {
      const kind = lineKindExpression(table);
      return {
        ...lines(table),
        id: `path-${table.layer}`,
        minzoom: pathsFrom,
        filter: among(kind, narrow),
        layout: { "line-join": "round" },
        paint: {
          "line-color": colour("map-road-main"),
          "line-width": widthOf(kind, narrow),
          "line-dasharray": [3, 2],
        },
      };
    }),
    ...roads.map((table): LayerSpecification => {
      const kind = lineKindExpression(table);
      return {
        ...lines(table),
        id: `casing-${table.layer}`,
        minzoom: openFrom,
        filter: among(kind, wide),
        layout: { "line-cap": "round", "line-join": "round" },
        paint: {
          "line-color": bySize(table, kind),
          "line-width": widthOf(lineKindExpression(table, drawnBare), wide, 1),
          "line-opacity": byZoom([openFrom, 0], [openFrom + 1, 1]),
        },
      };
    }),
    ...roads.map((table): LayerSpecification => {
      const kind = lineKindExpression(table);
      return {
        ...lines(table),
        id: `street-${table.layer}`,
        filter: among(kind, wide),
        layout: {
          // Nobody sees the ends of single lines, and to round thousands of them takes long.
          "line-cap": ["step", ["zoom"], "butt", openFrom, "round"],
          "line-join": ["step", ["zoom"], "miter", openFrom, "round"],
          "line-sort-key": rankOf(kind),
        },
        paint: {
          "line-color": [
            "interpolate",
            ["linear"],
            ["zoom"],
            openFrom,
            bySize(table, kind),
            openFrom + 1,
            colour("map-street"),
          ],
          "line-width": widthOf(lineKindExpression(table, drawnBare), wide),
        },
      };
    }),
  ];
}
