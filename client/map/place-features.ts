import { bbox } from "@turf/bbox";
import { multiPoint } from "@turf/helpers";
import type { Position } from "#core/geo/cell.ts";

export function placeFeatures(places: BaseMap): {
  readonly areas: FeatureCollection;
  readonly areaNames: FeatureCollection;
  readonly roads: FeatureCollection;
  readonly streets: FeatureCollection;
  readonly stations: FeatureCollection;
  readonly neighbourhoods: FeatureCollection;
} {
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
    areaNames: collect(shown.map((area) => pointFeature(area.name, labelPoint(area)))),
    roads: collect(
      roads.map((road) => ({
        type: "Feature",
        properties: { name: road.name, isMain: mainRoad.test(road.name) },
        geometry: { type: "LineString", coordinates: road.line },
      })),
    ),
    streets: collect(streets.map(({ name, at }) => pointFeature(name, at))),
    stations: collect(stations.map(({ name, at }) => pointFeature(name, at))),
    neighbourhoods: collect(neighbourhoods.map(({ name, at }) => pointFeature(name, at))),
  };
}

/** What the map draws under everything: the reply of GET /api/places is one. */
export interface BaseMap {
  readonly areas: readonly BaseArea[];
  readonly gazetteer: {
    readonly roads: readonly { readonly name: string; readonly line: [number, number][] }[];
    readonly streets: readonly NamedPoint[];
    readonly stations: readonly NamedPoint[];
    readonly neighbourhoods: readonly NamedPoint[];
  };
  /** Licence lines to show on every map. */
  readonly attributions: readonly string[];
}

/** One area of the ground that is drawn under everything. */
interface BaseArea {
  readonly name: string;
  readonly kind: string;
  readonly inCommand: boolean;
  readonly polygons: [number, number][][][];
}

interface NamedPoint {
  readonly name: string;
  readonly at: [number, number];
}

/** Enough of GeoJSON for the map's own sources. */
export interface Feature {
  readonly type: "Feature";
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  readonly geometry:
    | { readonly type: "Point"; readonly coordinates: [number, number] }
    | { readonly type: "LineString"; readonly coordinates: [number, number][] }
    | { readonly type: "MultiPolygon"; readonly coordinates: [number, number][][][] };
}

export interface FeatureCollection {
  readonly type: "FeatureCollection";
  readonly features: Feature[];
}

/** West, south, east, north of some rings. */
export type Bounds = readonly [number, number, number, number];

export function boundsOf(positions: Iterable<Position>): Bounds | null {
  const points = Array.from(positions, ([lng, lat]) => [lng, lat]);
  if (points.length === 0) return null;
  const [west, south, east, north] = bbox(multiPoint(points));
  return [west, south, east, north];
}

/** The bounds of the command's boroughs, or of the named areas of it. */
export function commandBounds(places: BaseMap, name?: string): Bounds | null {
  const chosen = places.areas.filter((area) => area.inCommand && (!name || area.name === name));
  return boundsOf(chosen.flatMap((area) => area.polygons.flatMap((rings) => rings.flat())));
}

/** The middle of the largest part's bounds: good enough for a name over a borough. */
function labelPoint(area: BaseArea): [number, number] {
  const largest = [...area.polygons].sort((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0))[0];
  const bounds = boundsOf(largest?.[0] ?? []);
  if (!bounds) return [0, 0];
  return [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}

function pointFeature(name: string, at: [number, number]): Feature {
  return { type: "Feature", properties: { name }, geometry: { type: "Point", coordinates: at } };
}

function collect(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** Roads drawn stronger: those with a number or the high road itself. */
const mainRoad =
  /^(A\d|M\d|North Circular|Fore Street|High Road|Tottenham High Road|Hertford Road)/;
