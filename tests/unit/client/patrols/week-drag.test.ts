import { describe, expect, test } from "vitest";
import { boardKey } from "#client/patrols/week/use-board-keys.ts";
import { draggedTimes, drawnTimes, pointIn } from "#client/patrols/week/use-week-drag.ts";
import { datesFrom, slotOf, type Week } from "#client/patrols/week/week-layout.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const week: Week = {
  zone,
  dates: datesFrom("2021-10-29", 3),
  scale: { firstMinute: 14 * 60, lastMinute: 26 * 60 },
};
const columns = [0, 1, 2].map((at) => ({ from: at / 3, width: 1 / 3, leastPx: 72 }));
const at = (local: string) => zone.toInstant(Date.parse(`${local}:00Z`), "earlier");
const local = (instant: number) => new Date(zone.toLocal(instant)).toISOString().slice(0, 16);
const times = { start: at("2021-10-29T18:10"), end: at("2021-10-29T19:40") };
const slot = slotOf(week, times.start, times.end) ?? { column: 0, fromMinute: 0, toMinute: 0 };
const drag = (grip: "move" | "start" | "end", columnBy: number, minuteBy: number) => {
  const from = { column: 0, minute: 1120 };
  const to = { column: columnBy, minute: 1120 + minuteBy };
  const { start, end } = draggedTimes(week, { grip, slot, times, from, to });
  return `${local(start)} to ${local(end)}`;
};

describe("a window in the hand", () => {
  test("moves on five minutes of the wall clock and keeps its length, from day to day as well", () => {
    expect(drag("move", 0, 33)).toBe("2021-10-29T18:45 to 2021-10-29T20:15");
    expect(drag("move", 1, -7)).toBe("2021-10-30T18:05 to 2021-10-30T19:35");
    // Sunday is the day on which the clocks go back: the same hours are there as well.
    expect(drag("move", 2, 0)).toBe("2021-10-31T18:10 to 2021-10-31T19:40");
    expect(drag("move", 9, 0)).toBe("2021-10-31T18:10 to 2021-10-31T19:40");
  });

  test("is stretched by one end while the other stays, and never turned inside out", () => {
    expect(drag("end", 0, 20)).toBe("2021-10-29T18:10 to 2021-10-29T20:00");
    expect(drag("start", 0, -20)).toBe("2021-10-29T17:50 to 2021-10-29T19:40");
    expect(drag("end", 0, -400)).toBe("2021-10-29T18:10 to 2021-10-29T18:15");
    expect(drag("start", 0, 400)).toBe("2021-10-29T19:35 to 2021-10-29T19:40");
  });

  test("a new one is drawn downwards or upwards within its day, over midnight too", () => {
    const from = { column: 1, minute: 23 * 60 + 2 };
    const to = { column: 2, minute: 25 * 60 };
    const drawn = drawnTimes(week, from, to);
    expect(`${local(drawn.start)} ${local(drawn.end)}`).toBe("2021-10-30T23:00 2021-10-31T01:00");
    expect(drawnTimes(week, { ...from, minute: to.minute }, from)).toEqual(drawn);
  });

  test("a pointer is in the day and at the minute under it", () => {
    expect(pointIn(week, columns, { x: 0.5, y: 0.5 })).toEqual({ column: 1, minute: 20 * 60 });
    expect(pointIn(week, columns, { x: 1.2, y: 0 })).toEqual({ column: 2, minute: 14 * 60 });
  });
});

test("keys: each act has one, and a key that means something to the browser is left alone", () => {
  const key = (name: string, over: object = {}) =>
    boardKey({
      key: name,
      altKey: false,
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
      ...over,
    });
  expect(key("ArrowDown", { altKey: true })).toEqual({ act: "stretch", startBy: 15, endBy: 15 });
  expect(key("ArrowUp", { altKey: true, shiftKey: true })).toEqual({
    act: "stretch",
    startBy: 0,
    endBy: -15,
  });
  expect(key("ArrowLeft", { altKey: true })).toEqual({ act: "day", by: -1 });
  expect(key("3")).toEqual({ act: "unit", unit: 3 });
  for (const [name, act] of [
    ["Delete", "remove"],
    ["s", "split"],
    ["L", "lock"],
    ["n", "add"],
    ["Insert", "add"],
  ] as const) {
    expect(key(name)).toEqual({ act });
  }
  expect(key("ArrowDown")).toBeNull();
  expect(key("Enter")).toBeNull();
  expect(key("s", { ctrlKey: true })).toBeNull();
});
