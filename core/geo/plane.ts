import type { Position } from "#core/geo/cell.ts";

/**
 * Metres east and north of an origin. Radii of curvature of the WGS84 ellipsoid at the origin:
 * within 25 km of it a distance is right to 0.1%, and it costs two multiplications.
 */
export interface Plane {
  readonly toPlane: (position: Position) => PlanePoint;
  readonly toPosition: (point: PlanePoint) => Position;
}
export type PlanePoint = readonly [east: number, north: number];

const semiMajorM = 6_378_137;
const eccentricitySquared = 0.006_694_379_990_14;

export function createPlane([originLng, originLat]: Position): Plane {
  const radians = Math.PI / 180;
  const sine = Math.sin(originLat * radians);
  const root = Math.sqrt(1 - eccentricitySquared * sine * sine);
  const metresPerLat = ((semiMajorM * (1 - eccentricitySquared)) / root ** 3) * radians;
  const metresPerLng = (semiMajorM / root) * Math.cos(originLat * radians) * radians;
  return {
    toPlane: ([lng, lat]) => [(lng - originLng) * metresPerLng, (lat - originLat) * metresPerLat],
    toPosition: ([east, north]) => [
      originLng + east / metresPerLng,
      originLat + north / metresPerLat,
    ],
  };
}

export function planeDistance([ax, ay]: PlanePoint, [bx, by]: PlanePoint): number {
  return Math.hypot(ax - bx, ay - by);
}

export interface LinePosition {
  /** Metres from the point to the line. */
  readonly distance: number;
  /** Metres along the line to the nearest point of it. */
  readonly along: number;
  readonly nearest: PlanePoint;
}

/** The nearest point of a line; a line of one point is that point. */
export function locateOnLine(point: PlanePoint, line: readonly PlanePoint[]): LinePosition {
  const first = line[0];
  if (!first) throw new RangeError("A line needs at least one point");
  let best: LinePosition = { distance: planeDistance(point, first), along: 0, nearest: first };
  let travelled = 0;
  for (let index = 0; index + 1 < line.length; index += 1) {
    const from = line[index] as PlanePoint;
    const to = line[index + 1] as PlanePoint;
    const length = planeDistance(from, to);
    const nearest = nearestOnSegment(point, from, to, length);
    const distance = planeDistance(point, nearest);
    if (distance < best.distance) {
      best = { distance, along: travelled + planeDistance(from, nearest), nearest };
    }
    travelled += length;
  }
  return best;
}

export function lineLength(line: readonly PlanePoint[]): number {
  let length = 0;
  for (let index = 0; index + 1 < line.length; index += 1) {
    length += planeDistance(line[index] as PlanePoint, line[index + 1] as PlanePoint);
  }
  return length;
}

/** The corners of a line, and points between them in equal steps of at most so many metres. */
export function pointsAlong(line: readonly PlanePoint[], metres: number): PlanePoint[] {
  return line.flatMap((to, index) => {
    const from = line[index - 1];
    if (!from) return [to];
    const steps = Math.max(1, Math.ceil(planeDistance(from, to) / metres));
    return Array.from({ length: steps }, (_, step): PlanePoint => {
      const share = (step + 1) / steps;
      return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
    });
  });
}

function nearestOnSegment(
  [px, py]: PlanePoint,
  [ax, ay]: PlanePoint,
  [bx, by]: PlanePoint,
  length: number,
): PlanePoint {
  if (length === 0) return [ax, ay];
  const share = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / (length * length);
  const inside = Math.min(1, Math.max(0, share));
  return [ax + inside * (bx - ax), ay + inside * (by - ay)];
}
