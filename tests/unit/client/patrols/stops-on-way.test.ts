import { expect, test } from "vitest";
import { stopsOnWay } from "#client/patrols/stops-on-way.ts";
import { cellAt, cellCentre, type Position } from "#core/geo/cell.ts";

const near = (at: Position, metresEast: number): Position => [at[0] + metresEast / 69_000, at[1]];
const stops = ([-0.0631, -0.0605, -0.058] as const).map((lng) => {
  const cell = cellAt([lng, 51.6179], 10);
  return { cell, centre: cellCentre(cell) };
});
const [first, second, third] = stops.map(({ centre }) => centre) as [Position, Position, Position];

test("a stop stands where its way touches its cell, the first at the start of its own", () => {
  const [from, on] = [near(first, 20), near(second, -15)];
  const legs = [{ line: [from, on] }, { line: [on, near(third, 30)] }];
  expect(stopsOnWay({ stops, legs })).toEqual([
    { at: from, wayEnd: null },
    { at: on, wayEnd: null },
    { at: near(third, 30), wayEnd: null },
  ]);
});

test("a stop whose cell no way touches stands in its middle and knows where the way ends; without a way it has none", () => {
  const off = near(third, -130);
  expect(cellAt(off, 10)).not.toBe(stops[2]?.cell);
  const legs = [{ line: null }, { line: [second, off] }];
  expect(stopsOnWay({ stops, legs })).toEqual([
    { at: first, wayEnd: null },
    { at: second, wayEnd: null },
    { at: third, wayEnd: off },
  ]);
  expect(stopsOnWay({ stops }).map(({ at }) => at)).toEqual([first, second, third]);
  expect(stopsOnWay({ stops }).map(({ wayEnd }) => wayEnd)).toEqual([null, null, null]);
});
