import { expect, test } from "vitest";
import { barOn, roadNamesOn, roadsOn } from "#client/displacement/report/report-sketch.ts";
import { sketchView } from "#client/map/sketch-view.ts";
import type { Position } from "#core/geo/cell.ts";

const view = sketchView(
  [
    [-0.07, 51.61],
    [-0.05, 51.63],
  ],
  { width: 700, height: 1000 },
  { margin: 40 },
);
const upright = (lng: number, from: number, to: number): Position[] => [
  [lng, from],
  [lng, (from + to) / 2],
  [lng, to],
];

test("a road in pieces has its name once, along one of them", () => {
  const pieces = [0, 1, 2, 3].map((piece) => ({
    name: "Fore Street",
    line: upright(-0.06, 51.61 + piece * 0.005, 51.615 + piece * 0.005),
  }));
  expect(roadsOn(view, pieces)).toHaveLength(4);
  const names = roadNamesOn(view, pieces, 5);
  expect(names.map(({ text }) => text)).toEqual(["Fore Street"]);
  expect(names[0]?.at[0]).toBeCloseTo(view.toPoint([-0.06, 51.62])[0], 6);
  expect(Math.abs(names[0]?.turn ?? 0)).toBeCloseTo(90, 6);
});

test("a name stands clear of arrow and scale, or not at all; the longest roads first", () => {
  const arrow = { name: "Top", line: upright(-0.0491, 51.629, 51.6299) };
  const road = { name: "Town Road", line: upright(-0.065, 51.612, 51.628) };
  const short = { name: "Bull Lane", line: upright(-0.06, 51.614, 51.62) };
  const named = (most: number) =>
    roadNamesOn(view, [short, arrow, road], most).map(({ text }) => text);
  expect(named(5)).toEqual(["Town Road", "Bull Lane"]);
  expect(named(1)).toEqual(["Town Road"]);
});

test("the scale is a round length of a quarter of the drawing or less", () => {
  const { metres, length } = barOn(view);
  expect(length).toBeCloseTo(metres * view.scale, 9);
  expect(length).toBeLessThanOrEqual(view.width / 4);
  expect([100, 200, 250, 500]).toContain(metres);
});
