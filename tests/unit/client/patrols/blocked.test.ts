import { expect, test } from "vitest";
import type { BoardDesk } from "#client/patrols/board-desk.ts";
import { blockedTimes } from "#client/patrols/capped.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const at = (local: string) => zone.toInstant(Date.parse(`${local}:00Z`), "earlier");
const [own, second, other] = disk(cellAt([-0.0634, 51.6255], 10), 1) as [H3Cell, H3Cell, H3Cell];

const start = at("2021-12-01T15:00");
const stops = [own, second].map((cell, index) => ({
  cell,
  arrive: start + index * 30 * minuteMs,
  depart: start + (index * 30 + 15) * minuteMs,
}));
const window = { id: "w1", zone: own, unit: 1, start, end: start + 60 * minuteMs, stops };
const desk = {
  zone,
  plan: { from: "2021-11-29", days: 7 },
  standing: [window],
  logged: () => [],
} as unknown as BoardDesk;

const stretch = (local: string, cells: readonly H3Cell[]) => ({
  from: at(local),
  to: at(local) + 120 * minuteMs,
  cells,
});

test("a patrol is blocked by what is kept clear at any of its own stops, and by nothing elsewhere", () => {
  const atOne = stretch("2021-12-01T19:00", [other, second]);
  const elsewhere = stretch("2021-12-02T19:00", [other]);
  const keepClear = { stretches: [atOne, elsewhere] } as unknown as KeepClear;
  expect(blockedTimes(desk, keepClear, "w1")).toEqual([atOne]);
  expect(blockedTimes(desk, keepClear, "of another plan")).toEqual([]);
});

test("days on which a stop has all its visits block it too", () => {
  const times = ["08:00", "10:00", "12:00", "18:00"];
  const visits = times.map((time) => {
    const arrive = at(`2021-12-03T${time}`);
    return { ...window, id: null, stops: [{ cell: own, arrive, depart: arrive + 15 * minuteMs }] };
  });
  const full = { ...desk, standing: [window, ...visits] } as unknown as BoardDesk;
  const none = { stretches: [] } as unknown as KeepClear;
  const from = zone.startOfDate("2021-12-03");
  expect(blockedTimes(full, none, "w1")).toEqual([{ from, to: from + 24 * 60 * minuteMs }]);
});
