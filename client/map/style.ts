import notoSansUrl from "@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2?url";
import type { StyleSpecification } from "maplibre-gl";
import { cssColour, type Palette } from "#client/map/palette.ts";
import { type BaseMap, placeFeatures } from "#client/map/place-features.ts";

/** Hexagons and hatch go under this layer: borders and names stay readable over them. */
export const dataSlot = "border";
/** Outlines and stops go under the names but over borders. */
export const markSlot = "station";

const font = "Noto Sans Regular";

/** The built-in basemap: our own boundaries, roads and names, drawn without any outside request. */
export function mapStyle(places: BaseMap, palette: Palette): StyleSpecification {
  const colour = (name: keyof Palette) => cssColour(palette[name]);
  const label = {
    "text-color": colour("map-label"),
    "text-halo-color": colour("map-halo"),
    "text-halo-width": 1.5,
  };
  return {
    version: 8,
    "font-faces": { [font]: new URL(notoSansUrl, document.baseURI).href },
    sources: sourcesOf(places),
    layers: [
      { id: "background", type: "background", paint: { "background-color": colour("map-water") } },
      {
        id: "beyond",
        type: "fill",
        source: "areas",
        filter: ["!", ["get", "inCommand"]],
        paint: { "fill-color": colour("map-beyond") },
      },
      {
        id: "command",
        type: "fill",
        source: "areas",
        filter: ["get", "inCommand"],
        paint: { "fill-color": colour("map-command") },
      },
      {
        id: "road",
        type: "line",
        source: "roads",
        layout: { "line-cap": "round", "line-join": "round" },
        paint: {
          "line-color": ["case", ["get", "isMain"], colour("map-road-main"), colour("map-road")],
          "line-width": [
            "interpolate",
            ["exponential", 1.6],
            ["zoom"],
            10,
            ["case", ["get", "isMain"], 1, 0.5],
            16,
            ["case", ["get", "isMain"], 9, 6],
          ],
        },
      },
      {
        id: "border",
        type: "line",
        source: "areas",
        paint: { "line-color": colour("map-border"), "line-width": 1 },
      },
      {
        id: "outline",
        type: "line",
        source: "areas",
        filter: ["get", "inCommand"],
        paint: { "line-color": colour("map-outline"), "line-width": 1.5 },
      },
      {
        id: "station",
        type: "circle",
        source: "stations",
        minzoom: 11.5,
        paint: {
          "circle-radius": 3.5,
          "circle-color": colour("map-halo"),
          "circle-stroke-color": colour("map-station"),
          "circle-stroke-width": 1.5,
        },
      },
      {
        id: "road-name",
        type: "symbol",
        source: "roads",
        minzoom: 12.5,
        layout: {
          "symbol-placement": "line",
          "text-field": ["get", "name"],
          "text-font": [font],
          "text-size": 11,
          "symbol-spacing": 320,
        },
        paint: label,
      },
      {
        id: "street-name",
        type: "symbol",
        source: "streets",
        minzoom: 14.5,
        layout: { "text-field": ["get", "name"], "text-font": [font], "text-size": 10 },
        paint: { ...label, "text-opacity": 0.8 },
      },
      {
        id: "station-name",
        type: "symbol",
        source: "stations",
        minzoom: 13,
        layout: {
          "text-field": ["get", "name"],
          "text-font": [font],
          "text-size": 11,
          "text-anchor": "left",
          "text-offset": [0.7, 0],
        },
        paint: label,
      },
      {
        id: "area-name",
        type: "symbol",
        source: "area-names",
        maxzoom: 13,
        layout: {
          "text-field": ["get", "name"],
          "text-font": [font],
          "text-size": 14,
          "text-letter-spacing": 0.08,
        },
        paint: label,
      },
      {
        id: "neighbourhood-name",
        type: "symbol",
        source: "neighbourhoods",
        minzoom: 11.5,
        layout: { "text-field": ["get", "name"], "text-font": [font], "text-size": 12 },
        paint: label,
      },
    ],
  };
}

function sourcesOf(places: BaseMap): StyleSpecification["sources"] {
  const features = placeFeatures(places);
  return {
    areas: { type: "geojson", data: features.areas },
    "area-names": { type: "geojson", data: features.areaNames },
    roads: { type: "geojson", data: features.roads },
    streets: { type: "geojson", data: features.streets },
    stations: { type: "geojson", data: features.stations },
    neighbourhoods: { type: "geojson", data: features.neighbourhoods },
  };
}
