import { expect, test } from "vitest";
import {
  cellAt,
  cellCentre,
  cellRing,
  eventResolution,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { cellRadiusM, nearestStop } from "#core/patrols/duty/near-stop.ts";

const here: Position = [-0.0625, 51.613];
const cell = cellAt(here, eventResolution);
const at = cellCentre(cell);
const stops = [{ at }, { at: cellCentre(cellAt([-0.0625, 51.623], eventResolution)) }];
const north = (metres: number) => createPlane(at).toPosition([0, metres]);
const near = (metres: number, accuracyM = 20) =>
  nearestStop(stops, { at: north(metres), accuracyM });

test("a stop is offered within 60 m of its cell, and its distance said from there on", () => {
  expect(near(0)).toEqual({ stop: stops[0], metres: 0, isHere: true });
  expect(near(cellRadiusM + 60)).toMatchObject({ metres: 60, isHere: true });
  expect(near(cellRadiusM + 62)).toMatchObject({ metres: 62, isHere: false });
  expect(near(900)?.stop).toBe(stops[1]);
});

test("known to worse than 100 m, or with no stop of the plan, nothing is said", () => {
  expect(near(0, 100)?.isHere).toBe(true);
  expect(near(0, 101)).toBeNull();
  expect(nearestStop([], { at: here, accuracyM: 5 })).toBeNull();
});

test("the radius is that of the circle within a cell here, so that nothing further off is offered", () => {
  const ring = cellRing(cell).map(createPlane(at).toPlane);
  const sides = ring.slice(1).map(([x, y], index) => {
    const [px, py] = ring[index] as readonly [number, number];
    return Math.hypot((x + px) / 2, (y + py) / 2);
  });
  expect(Math.min(...sides)).toBeGreaterThanOrEqual(cellRadiusM);
  expect(Math.min(...sides)).toBeLessThan(cellRadiusM + 5);
  expect(metresBetween(at, north(60))).toBeCloseTo(60, 0);
});
