import { expect, test } from "vitest";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { places } from "#tests/support/plan-options.ts";

const [here, beside] = places as readonly [(typeof places)[number], (typeof places)[number]];

test("closures of a cell are by start, and those that meet are one", () => {
  const closed = createClosedTime([
    { from: 50, to: 60, cells: [here] },
    { from: 10, to: 20, cells: [here, beside] },
    { from: 20, to: 30, cells: [here] },
    { from: 12, to: 15, cells: [here] },
    { from: 31, to: 40, cells: [here] },
  ]);
  expect(closed.of(here)).toEqual([
    { from: 10, to: 30 },
    { from: 31, to: 40 },
    { from: 50, to: 60 },
  ]);
  expect(closed.of(beside)).toEqual([{ from: 10, to: 20 }]);
  expect(closed.of(places[5] ?? here)).toEqual([]);
  expect(closed.cells).toEqual([here, beside]);
});

test("touching is allowed, one moment inside is not", () => {
  const closed = createClosedTime([{ from: 10, to: 20, cells: [here] }]);
  const clear = (start: number, end: number) => closed.isClear(here, start, end);
  expect([clear(0, 10), clear(20, 30)]).toEqual([true, true]);
  expect([clear(0, 11), clear(19, 30), clear(0, 30), clear(12, 13)]).toEqual(
    new Array(4).fill(false),
  );
  expect(closed.isClear(beside, 0, 30)).toBe(true);
});
