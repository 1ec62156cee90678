import { bbox } from "@turf/bbox";
import { multiPolygon } from "@turf/helpers";
import type { Position } from "#core/geo/cell.ts";

/** Degrees of WGS84. */
export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** Around all rings; without polygons it holds nothing. */
export function boundsOfPolygons(polygons: readonly (readonly (readonly Position[])[])[]): Bounds {
  const [west, south, east, north] = bbox(multiPolygon(polygons as [number, number][][][]));
  return { west, south, east, north };
}

export function boundsAround(all: readonly Bounds[]): Bounds {
  return {
    west: Math.min(...all.map(({ west }) => west)),
    south: Math.min(...all.map(({ south }) => south)),
    east: Math.max(...all.map(({ east }) => east)),
    north: Math.max(...all.map(({ north }) => north)),
  };
}

export function boundsWithin(one: Bounds, other: Bounds): Bounds {
  return {
    west: Math.max(one.west, other.west),
    south: Math.max(one.south, other.south),
    east: Math.min(one.east, other.east),
    north: Math.min(one.north, other.north),
  };
}

export function widenedBounds({ west, south, east, north }: Bounds, metres: number): Bounds {
  const up = metres / 111_200;
  const across = up / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return { west: west - across, south: south - up, east: east + across, north: north + up };
}

export function boundsMeet(one: Bounds, other: Bounds): boolean {
  return (
    one.west <= other.east &&
    one.east >= other.west &&
    one.south <= other.north &&
    one.north >= other.south
  );
}

export function isWithin({ west, south, east, north }: Bounds, [lng, lat]: Position): boolean {
  return lng >= west && lng <= east && lat >= south && lat <= north;
}
