import { expect, test } from "vitest";
import type { BoardDesk } from "#client/patrols/board-desk.ts";
import { blockedTimes, cappedCells, cappedDays } from "#client/patrols/capped.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(Date.parse(`${local}:00Z`), "earlier");
const [full, other, third] = disk(cellAt([-0.0634, 51.6255], 10), 1) as [H3Cell, H3Cell, H3Cell];

function standing(id: string | null, cell: H3Cell, local: string) {
  const start = at(local);
  const stops = [{ cell, arrive: start, depart: start + 15 * minuteMs }];
  return { id, zone: cell, unit: 1, start, end: start + 60 * minuteMs, stops };
}

function deskOf(windows: readonly ReturnType<typeof standing>[]): BoardDesk {
  const plan = { from: "2021-11-29", days: 7 };
  return { zone, plan, standing: windows, logged: () => [] } as unknown as BoardDesk;
}

const day = (date: string) => ({
  from: zone.startOfDate(date),
  to: zone.startOfDate(date) + 24 * 60 * minuteMs,
});
const times = ["08:00", "11:00", "14:00", "17:00"];

test("a place with its four visits of a day is hatched on that day, and open on the next", () => {
  const desk = deskOf([
    ...times.map((time) => standing(null, full, `2021-11-30T${time}`)),
    standing("w1", full, "2021-12-02T15:00"),
    standing("w2", other, "2021-11-30T15:00"),
  ]);
  expect(cappedCells(desk, day("2021-11-30"), null)).toEqual([full]);
  expect(cappedCells(desk, day("2021-12-01"), null)).toEqual([]);
  expect(cappedDays(desk, "w1")).toEqual([day("2021-11-30")]);
  expect(cappedDays(desk, "w2")).toEqual([]);
});

test("a window's own visit goes with it: its day stays open to it while three others stand", () => {
  const desk = deskOf([
    ...times.slice(1).map((time) => standing(null, full, `2021-11-30T${time}`)),
    standing("w1", full, "2021-11-30T08:00"),
  ]);
  expect(cappedDays(desk, "w1")).toEqual([]);
  expect(cappedCells(desk, day("2021-11-30"), "w1")).toEqual([]);
  expect(cappedCells(desk, day("2021-11-30"), null)).toEqual([full]);
});

test("sixteen visits close a place for its whole week, Monday to Sunday", () => {
  const dates = ["2021-11-29", "2021-11-30", "2021-12-01", "2021-12-02"];
  const visits = dates.flatMap((date) =>
    times.map((time) => standing(null, full, `${date}T${time}`)),
  );
  const desk = deskOf([...visits, standing("w1", full, "2021-12-08T15:00")]);
  expect(cappedCells(desk, day("2021-12-05"), "w1")).toEqual([full]);
  expect(cappedCells(desk, day("2021-12-06"), "w1")).toEqual([]);
  expect(cappedDays(desk, "w1")).toHaveLength(7);
});

const keepClear = (stretches: readonly object[]) => ({ stretches }) as unknown as KeepClear;

test("a patrol is blocked by what is kept clear at any of its own stops, and by nothing elsewhere", () => {
  const window = standing("w1", full, "2021-12-01T15:00");
  const [own] = window.stops;
  const second = standing("w1", other, "2021-12-01T15:30").stops;
  const desk = deskOf([{ ...window, stops: own ? [own, ...second] : second }]);
  const stretch = (local: string, cells: readonly H3Cell[]) => ({
    from: at(local),
    to: at(local) + 120 * minuteMs,
    cells,
  });
  const atOne = stretch("2021-12-01T19:00", [third, other]);
  const elsewhere = stretch("2021-12-02T19:00", [third]);
  expect(blockedTimes(desk, keepClear([atOne, elsewhere]), "w1")).toEqual([atOne]);
  expect(blockedTimes(desk, keepClear([atOne]), "of another plan")).toEqual([]);
});

test("days on which a stop has all its visits block it too", () => {
  const visits = times.map((time) => standing(null, full, `2021-12-03T${time}`));
  const desk = deskOf([standing("w1", full, "2021-12-01T15:00"), ...visits]);
  expect(blockedTimes(desk, keepClear([]), "w1")).toEqual([day("2021-12-03")]);
});
