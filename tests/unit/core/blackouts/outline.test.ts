import { expect, test } from "vitest";
import { drawOutline, outlineFault } from "#core/blackouts/outline.ts";
import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { createPlane, type PlanePoint } from "#core/geo/plane.ts";
import { createRandom } from "#core/random.ts";

const plane = createPlane([-0.0644, 51.6147]);
const side = 2_000;

test("the largest area is closed in its midst too, far from every edge", () => {
  const square: PlanePoint[] = [
    [0, 0],
    [side, 0],
    [side, side],
    [0, side],
  ];
  const area = { kind: "area" as const, corners: square.map(plane.toPosition) };
  expect(outlineFault(area)).toBeNull();
  const held = new Set(drawOutline(area, createRandom(3).next));
  const open: PlanePoint[] = [];
  for (let x = 0; x <= side; x += 50) {
    for (let y = 0; y <= side; y += 50) {
      if (!held.has(cellAt(plane.toPosition([x, y]), eventResolution))) open.push([x, y]);
    }
  }
  expect(open).toEqual([]);
});
