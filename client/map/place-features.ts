import { bbox } from "@turf/bbox";
import { multiPoint } from "@turf/helpers";
import type { BaseArea, BaseMap } from "#client/map/base-map.ts";
import type { Position } from "#core/geo/cell.ts";

export function placeFeatures(places: BaseMap) {
  const isMain = (name: string) =>
    numbered.test(name) || places.mainRoads.some((main) => name.startsWith(main));
  const { roads, streets, stations, neighbourhoods } = places.gazetteer;
  // Roads that the tiles have are shown only if a tile fails.
  const lacked = places.basemap?.roads ?? [];
  const road = (isUnderTiles: boolean) => (one: (typeof roads)[number]) =>
    lineFeature(one.line, {
      name: one.name,
      kind: isMain(one.name) ? "main" : "secondary",
      isUnderTiles,
    });
  const isUnder = places.basemap ? isWithin(places.basemap.bounds) : () => false;
  const point = ({ name, at }: { readonly name: string; readonly at: [number, number] }) =>
    pointFeature(name, at, isUnder(at));
  const shown = places.areas.filter(({ kind }) => kind === "borough" || kind === "neighbour");
  return {
    areas: collect(
      shown.map((area) => ({
        type: "Feature",
        properties: { name: area.name, inCommand: area.inCommand },
        geometry: { type: "MultiPolygon", coordinates: area.polygons },
      })),
    ),
    "area-names": collect(shown.map((area) => pointFeature(area.name, labelPoint(area), false))),
    roads: collect([...roads.map(road(Boolean(places.basemap))), ...lacked.map(road(false))]),
    streets: collect(streets.map(point)),
    stations: collect(stations.map(point)),
    neighbourhoods: collect(neighbourhoods.map(point)),
    "tile-edge": collect(
      places.basemap
        ? edgesOf(places.basemap.bounds, boundsOfAreas(shown)).map((line) => lineFeature(line, {}))
        : [],
    ),
  };
}

interface Feature {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, string | number | boolean>>;
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
  return boundsOfAreas(
    places.areas.filter((area) => area.inCommand && (!name || area.name === name)),
  );
}

function boundsOfAreas(areas: readonly BaseArea[]): Bounds | null {
  return boundsOf(areas.flatMap((area) => area.polygons.flatMap((rings) => rings.flat())));
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

function edgesOf([west, south, east, north]: Bounds, around: Bounds | null): [number, number][][] {
  const [left, bottom, right, top] = around ?? [0, 0, 0, 0];
  const [from, to] = [Math.max(west, left), Math.min(east, right)];
  const [low, high] = [Math.max(south, bottom), Math.min(north, top)];
  if (from >= to || low >= high) return [];
  const across = [south, north].filter((lat) => lat > bottom && lat < top);
  const up = [west, east].filter((lng) => lng > left && lng < right);
  const line = (...ends: [number, number][]) => ends;
  return [
    ...across.map((lat) => line([from, lat], [to, lat])),
    ...up.map((lng) => line([lng, low], [lng, high])),
  ];
}

function lineFeature(line: [number, number][], properties: Feature["properties"]): Feature {
  return { type: "Feature", properties, geometry: { type: "LineString", coordinates: line } };
}

function pointFeature(name: string, at: [number, number], isUnderTiles: boolean): Feature {
  return {
    type: "Feature",
    properties: { name, isUnderTiles },
    geometry: { type: "Point", coordinates: at },
  };
}

function collect(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** A road with a number is drawn stronger everywhere. */
const numbered = /^[AEM]\d/;
