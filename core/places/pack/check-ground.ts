import { type Bounds, boundsAround, boundsOfPolygons } from "#core/geo/bounds.ts";
import type { Position } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint } from "#core/geo/plane.ts";
import type { Boundary } from "#core/places/boundaries.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** One police command hardly has parts further from one another. */
const furthestApartKm = 300;
/** Nearer than this nobody needs to be told: a river, a bay. */
const toldApartKm = 5;
/** Beyond it a degree of longitude is too short for a plane. */
const northernmost = 80;

/**
 * Refuses a command over the date line, about a pole or with parts at two ends of a country, by a `FileFault`; says in
 * kilometres how far its pieces lie from one another where that is worth a word, null otherwise.
 */
export function checkGround(parts: readonly Boundary[]): number | null {
  for (const part of parts) refuseEndsOfMap(part);
  const pieces = parts.flatMap(({ polygons }) => polygons.map((rings) => [rings]));
  const apart = furthestApart(pieces.map(boundsOfPolygons));
  if (apart <= furthestApartKm) return apart > toldApartKm ? Math.round(apart) : null;
  throw new FileFault(
    `its parts lie ${Math.round(apart)} km apart, and at most ${furthestApartKm} km can be taken; name fewer with --parts, or check for swapped coordinates`,
  );
}

/** Whether its points lie at both ends of the map. */
export function isOverDateLine({ polygons }: Pick<Boundary, "polygons">): boolean {
  const { west, east } = boundsOfPolygons(polygons);
  return east - west > 180 || west < -180 || east > 180;
}

function refuseEndsOfMap(part: Boundary): void {
  if (isOverDateLine(part)) {
    throw new FileFault(
      `"${part.name}" reaches over the date line (longitude 180), and Boxster's maps end there: cut it at the line, and take one side`,
    );
  }
  const { south, north } = boundsOfPolygons(part.polygons);
  const furthest = Math.max(-south, north);
  if (furthest > northernmost) {
    throw new FileFault(
      `"${part.name}" reaches latitude ${furthest.toFixed(1)}, and Boxster's maps end at ${northernmost}; look whether longitude and latitude are swapped`,
    );
  }
}

/** Kilometres of the widest gap on the shortest way that joins all pieces (Prim's tree). */
function furthestApart(pieces: readonly Bounds[]): number {
  const whole = boundsAround(pieces);
  const middle: Position = [(whole.west + whole.east) / 2, (whole.south + whole.north) / 2];
  const { toPlane } = createPlane(middle);
  const [first, ...rest] = pieces.map(({ west, south, east, north }) => ({
    low: toPlane([west, south]),
    high: toPlane([east, north]),
  }));
  if (!first) return 0;
  let left = rest.map((box) => ({ box, metres: gapBetween(first, box) }));
  let widest = 0;
  while (left.length > 0) {
    const next = left.reduce((best, one) => (one.metres < best.metres ? one : best));
    widest = Math.max(widest, next.metres);
    left = left
      .filter((one) => one !== next)
      .map(({ box, metres }) => ({ box, metres: Math.min(metres, gapBetween(next.box, box)) }));
  }
  return widest / 1_000;
}

interface PlaneBox {
  readonly low: PlanePoint;
  readonly high: PlanePoint;
}

function gapBetween(one: PlaneBox, other: PlaneBox): number {
  const gap = (axis: 0 | 1) =>
    Math.max(0, one.low[axis] - other.high[axis], other.low[axis] - one.high[axis]);
  return Math.hypot(gap(0), gap(1));
}
