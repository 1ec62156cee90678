import type { Position } from "#core/geo/cell.ts";
import { formatCount } from "#core/text/numbers.ts";

/**
 * Metres east and north of an origin, by the WGS84 ellipsoid's radii of curvature there: within 25
 * km, distances are right to 0.1% for two multiplications.
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

/** "250 m north-east". */
export function offsetWords(from: PlanePoint, to: PlanePoint): string {
  return `${metresWords(planeDistance(from, to))} ${compass(from, to)}`;
}

/** "1,250 m": to 50 m, never 0; from 10 km on "340 km". */
export function metresWords(metres: number): string {
  if (metres >= 10_000) return `${formatCount(Math.round(metres / 1_000))} km`;
  return `${formatCount(Math.max(50, Math.round(metres / 50) * 50))} m`;
}

/** One of eight directions from one point to the other. */
export function compass([ax, ay]: PlanePoint, [bx, by]: PlanePoint): string {
  const eighth = Math.round(Math.atan2(by - ay, bx - ax) / (Math.PI / 4));
  return directions[(eighth + 8) % 8] ?? "east";
}

const directions = "east north-east north north-west west south-west south south-east".split(" ");

/**
 * The item at the least distance under some metres; of two equally near the one listed first.
 *
 * @param metresTo may say anything from `least` on of what is no nearer than that
 */
export function nearestOf<Item>(
  items: readonly Item[],
  metresTo: (item: Item, least: number) => number,
  within = Infinity,
): Item | null {
  let [best, least]: [Item | null, number] = [null, within];
  for (const item of items) {
    const metres = metresTo(item, least);
    if (metres < least) [best, least] = [item, metres];
  }
  return best;
}

export interface LinePosition {
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

export type PlaneBounds = readonly [west: number, south: number, east: number, north: number];

export function planeBounds(points: readonly PlanePoint[]): PlaneBounds {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
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
