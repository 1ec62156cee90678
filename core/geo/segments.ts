import { locateOnLine, type PlanePoint } from "#core/geo/plane.ts";

export type Segment = readonly [from: PlanePoint, to: PlanePoint];

/** The least distance between two lines in metres: 0 where they meet. A line of one point is that point. */
export function linesApart(one: readonly PlanePoint[], other: readonly PlanePoint[]): number {
  const segments = segmentsOf(other);
  if (segmentsOf(one).some((side) => segments.some((next) => doCross(side, next)))) return 0;
  return Math.min(
    ...one.map((point) => locateOnLine(point, other).distance),
    ...other.map((point) => locateOnLine(point, one).distance),
  );
}

function segmentsOf(line: readonly PlanePoint[]): Segment[] {
  return line.slice(1).map((to, index): Segment => [line[index] as PlanePoint, to]);
}

/** Touching counts, and so does overlap along one line. */
export function doCross([a, b]: Segment, [c, d]: Segment): boolean {
  const [abc, abd, cda, cdb] = [side(a, b, c), side(a, b, d), side(c, d, a), side(c, d, b)];
  if (abc !== abd && cda !== cdb) return true;
  return (
    (abc === 0 && isBetween(a, b, c)) ||
    (abd === 0 && isBetween(a, b, d)) ||
    (cda === 0 && isBetween(c, d, a)) ||
    (cdb === 0 && isBetween(c, d, b))
  );
}

/** 1 left of the line from a to b, -1 right of it, 0 on it. */
function side([ax, ay]: PlanePoint, [bx, by]: PlanePoint, [px, py]: PlanePoint): number {
  return Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
}

function isBetween([ax, ay]: PlanePoint, [bx, by]: PlanePoint, [px, py]: PlanePoint): boolean {
  return (
    px >= Math.min(ax, bx) &&
    px <= Math.max(ax, bx) &&
    py >= Math.min(ay, by) &&
    py <= Math.max(ay, by)
  );
}

/** Whether a closed ring meets itself anywhere but at its corners. */
export function crossesItself(ring: readonly PlanePoint[]): boolean {
  const edges = ring.map((from, index): Segment => {
    return [from, ring[(index + 1) % ring.length] as PlanePoint];
  });
  return edges.some((edge, at) =>
    edges.some((other, index) => {
      const isBeside = index === at + 1 || (at === 0 && index === edges.length - 1);
      return index > at && !isBeside && doCross(edge, other);
    }),
  );
}

/** Square metres inside a ring that does not cross itself. */
export function ringAreaM2(ring: readonly PlanePoint[]): number {
  const twice = ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] as PlanePoint;
    return sum + x * nextY - nextX * y;
  }, 0);
  return Math.abs(twice) / 2;
}
