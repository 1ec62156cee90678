import { expect, test } from "vitest";
import { columnsOf, lanesOf } from "#client/patrols/week/week-layout.ts";

const block = (unit: number, column: number, fromMinute: number, toMinute: number) => ({
  unit,
  slot: { column, fromMinute, toMinute },
});

test("only windows that are out together share the width of their day", () => {
  const [early, beside, later, alone, nextDay] = [
    block(1, 0, 840, 900),
    block(2, 0, 870, 930),
    block(1, 0, 900, 960),
    block(2, 0, 960, 1020),
    block(2, 1, 840, 900),
  ];
  const lanes = lanesOf([early, beside, later, alone, nextDay]);
  expect(lanes.get(early)).toEqual({ lane: 0, lanes: 2 });
  expect(lanes.get(beside)).toEqual({ lane: 1, lanes: 2 });
  expect(lanes.get(later)).toEqual({ lane: 0, lanes: 2 });
  expect(lanes.get(alone)).toEqual({ lane: 0, lanes: 1 });
  expect(lanes.get(nextDay)).toEqual({ lane: 0, lanes: 1 });
});

test("a full evening widens its own day and no other, and the shares add up", () => {
  const full = Array.from({ length: 6 }, (_, at) => block(at + 1, 1, 1200, 1290));
  const blocks = [block(1, 0, 840, 900), ...full];
  const columns = columnsOf(3, blocks, lanesOf(blocks));
  expect(columns.map(({ leastPx }) => leastPx)).toEqual([72, 456, 72]);
  expect(columns.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(1, 12);
  expect(columns[2]?.from).toBeCloseTo((72 + 456) / 600, 12);
});
