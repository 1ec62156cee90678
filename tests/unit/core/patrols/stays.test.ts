import { expect, test } from "vitest";
import { cellAt, type H3Cell } from "#core/geo/cell.ts";
import { endedStays, type Stay, timeAt, visitsBeside, visitsIn } from "#core/patrols/duty/stays.ts";
import { minuteMs } from "#core/time/zone.ts";
import { at, beside, corner } from "#tests/support/outreach.ts";

const here = cellAt(corner, 10);
const there = cellAt(beside, 10);
const minute = (n: number) => at("2021-10-20T20:00") + n * minuteMs;
const stop = (n: number, cell: H3Cell = here) => ({
  cell,
  arrive: minute(n),
  depart: minute(n + 15),
});
const stay = (arrive: number, leave: number | null, over: Partial<Stay> = {}): Stay => ({
  windowId: "1",
  unit: 1,
  patrolPartner: null,
  stop: stop(0),
  arrive: minute(arrive),
  leave: leave === null ? null : minute(leave),
  ...over,
});
const span = (from: number, to: number) => ({ from: minute(from), to: minute(to) });
const ended = (...stays: Stay[]) => endedStays(stays, minute(300));
const other = { windowId: "2", unit: 2 };

test("two phones of a unit at a stop are one time, of every minute once", () => {
  expect(timeAt(ended(stay(2, 12), stay(4, 15)))).toEqual([span(2, 15)]);
  expect(timeAt(ended(stay(2, 12), stay(30, 36)))).toEqual([span(2, 12), span(30, 36)]);
});

test("without Leave a stay has no minutes; as a visit it ends at the next stop, and is no longer than planned", () => {
  const next = { windowId: "1", stop: stop(20, there) };
  const times = (...stays: Stay[]) =>
    ended(...stays)
      .slice(0, 1)
      .map(({ from, to }) => ({ from, to }));
  expect(timeAt(ended(stay(2, null)))).toEqual([]);
  expect(times(stay(2, null))).toEqual([span(2, 17)]);
  expect(times(stay(2, null), stay(10, null, next))).toEqual([span(2, 10)]);
  // Another phone at the same stop is not the next stop, nor is another unit's arrival elsewhere.
  expect(times(stay(2, null), stay(5, 14))).toEqual([span(2, 17)]);
  expect(times(stay(2, null), stay(10, null, { ...next, ...other }))).toEqual([span(2, 17)]);
  expect(endedStays([stay(2, null)], minute(9))).toMatchObject([span(2, 9)]);
});

test("two units at one place at once are one visit, and each has its own minutes", () => {
  const both = ended(stay(2, 12), stay(8, 20, other));
  expect(visitsIn(both)).toBe(1);
  expect(both.map(({ from, to }) => (to - from) / minuteMs)).toEqual([10, 12]);
  expect(visitsIn(ended(stay(2, 12), stay(13, 20, other)))).toBe(2);
});

test("SAFEGUARDS 10: a stop that was walked counts once, whenever that was, and what is beyond it by itself", () => {
  const windows = [{ id: "1", stops: [stop(0), stop(20, there)] }];
  const counted = (...stays: Stay[]) => visitsBeside(windows, ended(...stays));
  expect(counted(stay(2, 12))).toEqual([]);
  // Two hours late it is still that stop, and no visit beside it.
  expect(counted(stay(125, 140))).toEqual([]);
  expect(counted(stay(2, 12), stay(60, 70))).toEqual([
    { cell: here, arrive: minute(60), depart: minute(70) },
  ]);
  // Of a patrol that was lost before its time, the stay is a visit of its own, once for two units.
  expect(counted(stay(100, 110, { windowId: "9" }), stay(105, 120, { windowId: "8" }))).toEqual([
    { cell: here, arrive: minute(100), depart: minute(120) },
  ]);
  // With a unit whose stop is planned it is that visit.
  expect(counted(stay(2, 12), stay(10, 20, { windowId: "9" }))).toEqual([]);
});
