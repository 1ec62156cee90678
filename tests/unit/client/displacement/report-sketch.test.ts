import { expect, test } from "vitest";
import { roadsOn, sketchOf } from "#client/displacement/report/report-sketch.ts";
import type { Position } from "#core/geo/cell.ts";

const sketch = sketchOf(
  [
    [-0.07, 51.61],
    [-0.05, 51.63],
  ],
  { width: 700, height: 1000, margin: 40 },
);
if (!sketch) throw new Error("Nothing to draw");
const upright = (lng: number, from: number, to: number): Position[] => [
  [lng, from],
  [lng, (from + to) / 2],
  [lng, to],
];

test("a road in pieces has its name once, at the middle of all of them", () => {
  const pieces = [0, 1, 2, 3].map((piece) => ({
    name: "Fore Street",
    line: upright(-0.06, 51.61 + piece * 0.005, 51.615 + piece * 0.005),
  }));
  const { names, paths } = roadsOn(sketch, pieces, 5);
  expect(paths).toHaveLength(4);
  expect(names.map(({ name }) => name)).toEqual(["Fore Street"]);
  const [, middle] = sketch.point([-0.06, 51.62]);
  expect(Math.abs((names[0]?.at[1] ?? 0) - middle)).toBeLessThan(60);
});

test("a name stands whole on the sheet and clear of the arrow, or not at all", () => {
  const edge = { name: "Edge Lane", line: upright(-0.0502, 51.612, 51.628) };
  const [, corner] = [0, sketch.point([-0.052, 51.6299])];
  expect(corner[0]).toBeGreaterThan(sketch.width - 130);
  const top = { name: "Hertford Road", line: upright(-0.052, 51.6297, 51.6299) };
  const road = { name: "Town Road", line: upright(-0.065, 51.612, 51.628) };
  expect(roadsOn(sketch, [edge, top, road], 5).names.map(({ name }) => name)).toEqual([
    "Town Road",
  ]);
});
