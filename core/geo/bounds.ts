import { bbox } from "@turf/bbox";
import { multiPolygon } from "@turf/helpers";

export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Around all rings of some polygons; without any it holds nothing. */
export function boundsOfPolygons(polygons: [number, number][][][]): Bounds {
  const [west, south, east, north] = bbox(multiPolygon(polygons));
  return { west, south, east, north };
}
