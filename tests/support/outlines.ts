import type { Position } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint } from "#core/geo/plane.ts";
import type { Outline } from "#core/protected-time/ground.ts";
import { corner } from "#tests/support/outreach.ts";

export const plane = createPlane(corner);
const onMap = (points: readonly PlanePoint[]): Position[] => points.map(plane.toPosition);

/** By metres east and north of a street corner (`corner`). */
export const route = (points: readonly PlanePoint[], halfWidthM = 50): Outline => ({
  kind: "corridor",
  corners: onMap(points),
  halfWidthM,
});
export const area = (points: readonly PlanePoint[]): Outline => ({
  kind: "area",
  corners: onMap(points),
});
export const square = (side: number) =>
  area([
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ]);
