import { bbox } from "@turf/bbox";
import { multiPoint } from "@turf/helpers";
import type { BaseArea, BaseMap } from "#client/map/base-map.ts";
import type { Position } from "#core/geo/cell.ts";

export function placeFeatures(places: BaseMap) {
  const isMain = (name: string) =>
    numbered.test(name) || places.mainRoads.some((main) => name.startsWith(main));
  const { roads, streets, stations, neighbourhoods } = places.gazetteer;
  const shown = places.areas.filter(({ kind }) => kind === "borough" || kind === "neighbour");
  return {
    areas: collect(
      shown.map((area) => ({
        type: "Feature",
        properties: { name: area.name, inCommand: area.inCommand },
        geometry: { type: "MultiPolygon", coordinates: area.polygons },
      })),
    ),
    "area-names": collect(shown.map((area) => pointFeature({ ...area, at: labelPoint(area) }))),
    roads: collect(
      roads.map(({ name, line }) => lineFeature(name, line, isMain(name) ? "main" : "secondary")),
    ),
    "lacked-roads": collect(
      (places.basemap?.roads ?? []).map(({ name, line }) => lineFeature(name, line, "main")),
    ),
    "tile-edge": collect(endOfStreets(places).map((line) => lineFeature("", line, "edge"))),
    streets: collect(streets.map(pointFeature)),
    stations: collect(stations.map(pointFeature)),
    neighbourhoods: collect(neighbourhoods.map(pointFeature)),
  };
}

interface Feature {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, string | boolean>>;
  readonly geometry:
    | { readonly type: "Point"; readonly coordinates: [number, number] }
    | { readonly type: "LineString"; readonly coordinates: [number, number][] }
    | { readonly type: "MultiPolygon"; readonly coordinates: [number, number][][][] };
}

interface FeatureCollection {
  readonly type: "FeatureCollection";
  readonly features: Feature[];
}

/** West, south, east, north. */
export type Bounds = readonly [number, number, number, number];

export function boundsOf(positions: Iterable<Position>): Bounds | null {
  const points = Array.from(positions, ([lng, lat]) => [lng, lat]);
  if (points.length === 0) return null;
  const [west, south, east, north] = bbox(multiPoint(points));
  return [west, south, east, north];
}

export function commandBounds(places: BaseMap, name?: string): Bounds | null {
  const own = places.areas.filter((area) => area.inCommand && (!name || area.name === name));
  return boundsOf(own.flatMap((area) => area.polygons.flat(2)));
}

/** The middle of the largest part's bounds: good enough for a name over a borough. */
function labelPoint(area: BaseArea): [number, number] {
  const largest = [...area.polygons].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0];
  const bounds = boundsOf(largest?.[0] ?? []);
  if (!bounds) return [0, 0];
  return [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}

export function isWithin([west, south, east, north]: Bounds): (at: Position) => boolean {
  return ([lng, lat]) => lng >= west && lng <= east && lat >= south && lat <= north;
}

/** A line around the streets; none where they reach beyond the command. */
function endOfStreets(places: BaseMap): [number, number][][] {
  const command = commandBounds(places);
  if (!places.basemap || !command) return [];
  const [west, south, east, north] = places.basemap.bounds;
  const isInside = isWithin(places.basemap.bounds);
  if (isInside([command[0], command[1]]) && isInside([command[2], command[3]])) return [];
  return [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ];
}

function lineFeature(name: string, line: [number, number][], kind: string): Feature {
  const geometry = { type: "LineString", coordinates: line } as const;
  return { type: "Feature", properties: { name, kind }, geometry };
}

function pointFeature({ name, at }: BaseMap["gazetteer"]["streets"][number]): Feature {
  return { type: "Feature", properties: { name }, geometry: { type: "Point", coordinates: at } };
}

function collect(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** A road with a number is drawn stronger everywhere. */
const numbered = /^[AEM]\d/;
