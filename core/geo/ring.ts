import type { PlanePoint } from "#core/geo/plane.ts";
import { doCross, type Segment } from "#core/geo/segments.ts";

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
