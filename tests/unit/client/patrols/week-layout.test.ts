import { expect, test } from "vitest";
import { neighbourBlock } from "#client/patrols/week/use-board-keys.ts";
import {
  clockChangeOn,
  datesFrom,
  rowsOf,
  slotOf,
  slotsOf,
  spanOf,
  type Week,
  type WeekBlock,
  weekScale,
  wholeSlotsOf,
} from "#client/patrols/week/week-layout.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const late = { startMinute: 14 * 60, endMinute: 22 * 60 };
const night = { startMinute: 22 * 60, endMinute: 2 * 60 };
const week = (from: string, days = 7): Week => ({
  zone,
  dates: datesFrom(from, days),
  scale: weekScale([late, night]),
});
const at = (text: string) => Date.parse(text);

test("rows run from the first shift's start to the last one's end, past midnight", () => {
  expect(weekScale([late, night])).toEqual({ firstMinute: 840, lastMinute: 1560 });
  expect(rowsOf(weekScale([late, night]))).toHaveLength(24);
  expect(weekScale([{ startMinute: 0, endMinute: 0 }])).toEqual({
    firstMinute: 0,
    lastMinute: 1440,
  });
});

test("a window after midnight stays in the column of its shift's date", () => {
  const slot = slotOf(week("2021-11-29"), at("2021-11-30T00:30Z"), at("2021-11-30T01:45Z"));
  expect(slot).toEqual({ column: 0, fromMinute: 1470, toMinute: 1545 });
});

test("a window outside the week has no slot", () => {
  expect(slotOf(week("2021-11-29"), at("2021-12-06T15:00Z"), at("2021-12-06T16:00Z"))).toBeNull();
  expect(slotOf(week("2021-11-29"), at("2021-11-29T10:00Z"), at("2021-11-29T11:00Z"))).toBeNull();
});

test("in summer time slots follow the wall clock", () => {
  const slot = slotOf(week("2021-07-05"), at("2021-07-05T20:00Z"), at("2021-07-05T21:30Z"));
  expect(slot).toEqual({ column: 0, fromMinute: 21 * 60, toMinute: 22 * 60 + 30 });
});

test("a window in autumn's doubled hour keeps a height", () => {
  const start = at("2021-10-31T00:45Z"); // 01:45, the first time
  const slot = slotOf(week("2021-10-30"), start, start + 30 * 60_000); // 01:15, the second time
  expect(slot?.toMinute).toBeGreaterThan(slot?.fromMinute ?? Number.POSITIVE_INFINITY);
});

test("keep-clear stretches are clipped to the rows and overlapping ones become one", () => {
  const slots = slotsOf(week("2021-11-29", 2), [
    { from: at("2021-11-29T10:00Z"), to: at("2021-11-29T15:00Z") },
    { from: at("2021-11-29T14:30Z"), to: at("2021-11-29T16:00Z") },
    { from: at("2021-11-30T01:00Z"), to: at("2021-11-30T05:00Z") },
  ]);
  expect(slots).toEqual([
    { column: 0, fromMinute: 840, toMinute: 960 },
    { column: 0, fromMinute: 1500, toMinute: 1560 },
  ]);
});

test("hours that are kept clear are told whole, on the date they begin, also outside the rows", () => {
  const slots = wholeSlotsOf(week("2021-11-29", 2), [
    { from: at("2021-11-28T23:00Z"), to: at("2021-11-29T01:30Z") },
    { from: at("2021-11-29T09:00Z"), to: at("2021-11-29T11:30Z") },
    { from: at("2021-11-29T11:00Z"), to: at("2021-11-29T12:00Z") },
    { from: at("2021-11-30T22:00Z"), to: at("2021-12-01T03:30Z") },
    { from: at("2021-12-01T09:00Z"), to: at("2021-12-01T10:00Z") },
  ]);
  expect(slots).toEqual([
    { column: 0, fromMinute: 0, toMinute: 90 },
    { column: 0, fromMinute: 540, toMinute: 720 },
    { column: 1, fromMinute: 1320, toMinute: 1650 },
  ]);
});

test("the days on screen end with the last row of the last column", () => {
  expect(spanOf(week("2021-11-29"))).toEqual({
    from: at("2021-11-29T00:00Z"),
    to: at("2021-12-06T02:00Z"),
  });
});

test("a date on which the clocks change says so", () => {
  expect(clockChangeOn(zone, "2021-10-31")).toBe("Clocks go back");
  expect(clockChangeOn(zone, "2022-03-27")).toBe("Clocks go forward");
  expect(clockChangeOn(zone, "2021-10-30")).toBeNull();
  expect(clockChangeOn(zone, "2021-11-01")).toBeNull();
});

test("arrow keys go through a day, and to the nearest time of the next day", () => {
  const block = (id: string, column: number, fromMinute: number, unit = 1): WeekBlock => ({
    id,
    unit,
    slot: { column, fromMinute, toMinute: fromMinute + 60 },
  });
  const blocks = [
    block("a", 0, 900),
    block("b", 0, 1200),
    block("c", 2, 930),
    block("d", 2, 1260),
    block("e", 2, 1260, 2),
  ];
  const go = (id: string, key: string) => {
    const from = blocks.find((each) => each.id === id);
    return from ? neighbourBlock(blocks, from, key)?.id : undefined;
  };
  expect(go("a", "ArrowDown")).toBe("b");
  expect(go("a", "ArrowUp")).toBe("a");
  expect(go("a", "ArrowRight")).toBe("c");
  expect(go("b", "ArrowRight")).toBe("d");
  expect(go("e", "ArrowLeft")).toBe("b");
  expect(go("d", "ArrowDown")).toBe("e");
  expect(go("a", "End")).toBe("e");
  expect(go("a", "x")).toBeUndefined();
});
