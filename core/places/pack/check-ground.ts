import type { Position } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint } from "#core/geo/plane.ts";
import type { Boundary } from "#core/places/boundaries.ts";
import { FileFault } from "#core/table/file-fault.ts";

/** Degrees of WGS84. */
export interface Box {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** One police command hardly has parts further from one another. */
const furthestApartKm = 300;
/** Nearer than this nobody needs to be told: a river, a bay. */
const toldApartKm = 5;
/** Beyond it a degree of longitude is too short for a plane. */
const northernmost = 80;

export function boxOf({ polygons }: Pick<Boundary, "polygons">): Box {
  const box = { west: 180, south: 90, east: -180, north: -90 };
  for (const [lng, lat] of polygons.flat(2)) {
    box.west = Math.min(box.west, lng);
    box.east = Math.max(box.east, lng);
    box.south = Math.min(box.south, lat);
    box.north = Math.max(box.north, lat);
  }
  return box;
}

export function boxAround(boxes: readonly Box[]): Box {
  return {
    west: Math.min(...boxes.map((box) => box.west)),
    south: Math.min(...boxes.map((box) => box.south)),
    east: Math.max(...boxes.map((box) => box.east)),
    north: Math.max(...boxes.map((box) => box.north)),
  };
}

export function widened({ west, south, east, north }: Box, metres: number): Box {
  const up = metres / 111_200;
  const across = up / Math.cos((((south + north) / 2) * Math.PI) / 180);
  return { west: west - across, south: south - up, east: east + across, north: north + up };
}

export function meets(one: Box, other: Box): boolean {
  return (
    one.west <= other.east &&
    one.east >= other.west &&
    one.south <= other.north &&
    one.north >= other.south
  );
}

/**
 * Refuses a command over the date line, about a pole or with parts at two ends of a country, by a `FileFault`; says in
 * kilometres how far its pieces lie from one another where that is worth a word, null otherwise.
 */
export function checkGround(parts: readonly Boundary[]): number | null {
  for (const part of parts) refuseEndsOfMap(part);
  const apart = furthestApart(parts.flatMap(piecesOf));
  if (apart <= furthestApartKm) return apart > toldApartKm ? Math.round(apart) : null;
  throw new FileFault(
    `its parts lie ${Math.round(apart)} km apart, and at most ${furthestApartKm} km can be taken; name fewer with --parts, or check for swapped coordinates`,
  );
}

/** Whether its points lie at both ends of the map. */
export function isOverDateLine(area: Boundary): boolean {
  const { west, east } = boxOf(area);
  return east - west > 180 || west < -180 || east > 180;
}

function refuseEndsOfMap(part: Boundary): void {
  const { south, north } = boxOf(part);
  if (isOverDateLine(part)) {
    throw new FileFault(
      `"${part.name}" reaches over the date line (longitude 180), and Boxster's maps end there: cut it at the line, and take one side`,
    );
  }
  if (Math.max(-south, north) > northernmost) {
    throw new FileFault(
      `"${part.name}" reaches latitude ${Math.max(-south, north).toFixed(1)}, and Boxster's maps end at ${northernmost}; look whether longitude and latitude are swapped`,
    );
  }
}

function piecesOf({ polygons }: Boundary): Box[] {
  return polygons.map((rings) => boxOf({ polygons: [rings] }));
}

/** Kilometres of the widest gap on the shortest way that joins all boxes (Prim's tree). */
function furthestApart(boxes: readonly Box[]): number {
  const whole = boxAround(boxes);
  const middle: Position = [(whole.west + whole.east) / 2, (whole.south + whole.north) / 2];
  const { toPlane } = createPlane(middle);
  const corners = boxes.map(({ west, south, east, north }) => ({
    low: toPlane([west, south]),
    high: toPlane([east, north]),
  }));
  const [first, ...rest] = corners;
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
  const [across, up] = ([0, 1] as const).map((axis) =>
    Math.max(0, one.low[axis] - other.high[axis], other.low[axis] - one.high[axis]),
  ) as [number, number];
  return Math.hypot(across, up);
}
