import { metresBetween, type Position } from "#core/geo/cell.ts";
import { createPlane, lineLength } from "#core/geo/plane.ts";
import { crossesItself, ringAreaM2 } from "#core/geo/segments.ts";
import type { PatrolGround } from "#core/protected-time/patrol-ground.ts";
import {
  leastAreaM2,
  leastHalfWidthM,
  mostAcrossM,
  mostCorridorM,
  mostHalfWidthM,
  mostOutlineCorners,
  radiusClassesM,
} from "#core/protected-time/settings.ts";

export type PlaceKind = "circle" | "area" | "corridor";

/** Where a partner meets women, and how far around it. */
export interface Venue {
  readonly kind: "circle";
  readonly at: Position;
  readonly radiusM: number;
}

/** Several streets at once. */
export interface DrawnArea {
  readonly kind: "area";
  /** Corners in order; the last is joined to the first. */
  readonly corners: readonly Position[];
}

/** A route on foot or by car: all of it closes, for the whole session. */
export interface Corridor {
  readonly kind: "corridor";
  readonly corners: readonly Position[];
  readonly halfWidthM: number;
}

export type Outline = DrawnArea | Corridor;
/** Any form of place. Exists only in the partner's browser (or one import). */
export type Ground = Venue | Outline;

/** Why ground is unusable, without repeating it; null if usable. `patrols`: null if unknown. */
export function groundFault(ground: Ground, patrols: PatrolGround | null): string | null {
  return ground.kind === "circle" ? venueFault(ground, patrols) : outlineFault(ground, patrols);
}

function venueFault({ at, radiusM }: Venue, patrols: PatrolGround | null): string | null {
  const [lng, lat] = at;
  if (!(Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lat) <= 90)) {
    return "The place is not a longitude and a latitude: choose it on the map again.";
  }
  if (patrols?.isFar(at)) {
    return "The place lies far outside the area: check that latitude and longitude are not swapped.";
  }
  return radiusFault(radiusM);
}

const mostRadiusM = Math.max(...radiusClassesM);

export function radiusFault(radiusM: number): string | null {
  if (Number.isInteger(radiusM) && radiusM >= 1 && radiusM <= mostRadiusM) return null;
  const range = `The radius must be a whole number of metres up to ${mostRadiusM}.`;
  return radiusM > mostRadiusM
    ? `${range} For more ground draw an area or a route instead.`
    : range;
}

function outlineFault(outline: Outline, patrols: PatrolGround | null): string | null {
  const { kind, corners } = outline;
  if (kind === "area" && corners.length < 3) {
    return "Tap at least three corners of the area on the map.";
  }
  if (corners.length < 2) {
    return "Tap at least the beginning and the end of the route on the map.";
  }
  if (corners.length > mostOutlineCorners) {
    return `It has more than ${mostOutlineCorners} corners: draw it with fewer.`;
  }
  if (corners.some((corner) => !corner.every(Number.isFinite) || patrols?.isFar(corner))) {
    return "It lies far outside the area: check that latitude and longitude are not swapped.";
  }
  return kind === "area" ? areaFault(corners) : corridorFault(outline);
}

function areaFault(corners: readonly Position[]): string | null {
  const points = corners.map(createPlane(corners[0] as Position).toPlane);
  if (crossesItself(points))
    return "The outline crosses itself: undo the last corners and go round.";
  if (ringAreaM2(points) < leastAreaM2) {
    return "The area is smaller than a circle of 25 m: draw it larger, or choose a place instead.";
  }
  const between = corners.flatMap((from) => corners.map((to) => metresBetween(from, to)));
  return Math.max(...between) <= mostAcrossM
    ? null
    : `The area is more than ${mostAcrossM / 1_000} km across: draw it smaller, or as two places.`;
}

function corridorFault({ corners, halfWidthM }: Corridor): string | null {
  const width = halfWidthFault(halfWidthM);
  if (width !== null) return width;
  const lengthM = lineLength(corners.map(createPlane(corners[0] as Position).toPlane));
  if (lengthM < 2 * leastHalfWidthM) {
    return "The route is shorter than 50 m. Make it longer, or choose a place instead.";
  }
  return lengthM <= mostCorridorM
    ? null
    : `The route is longer than ${mostCorridorM / 1_000} km: save it as two places.`;
}

export function halfWidthFault(metres: number): string | null {
  if (Number.isInteger(metres) && metres >= leastHalfWidthM && metres <= mostHalfWidthM)
    return null;
  return `The distance to each side must be a whole number of metres from ${leastHalfWidthM} to ${mostHalfWidthM}.`;
}
