import { expect, test } from "vitest";
import {
  dragBrush,
  keyBrush,
  monthTicks,
  niceCeiling,
  weeklyBars,
} from "#client/hotspots/clock/weekly-bars.ts";
import { shiftRange } from "#client/hotspots/measures/presets.ts";
import { daysIn } from "#core/time/zone.ts";

const within = { from: "2020-08-01", to: "2021-11-26" };
const range = { from: "2021-10-04", to: "2021-10-31" };

test("a drag over bare weeks chooses whole weeks, in either direction", () => {
  const drag = { part: "outside", range, day: "2021-06-16" } as const;
  const weeks = { from: "2021-06-14", to: "2021-07-04" };
  expect(dragBrush(drag, "2021-06-29", within)).toEqual(weeks);
  expect(dragBrush({ ...drag, day: "2021-06-29" }, "2021-06-16", within)).toEqual(weeks);
});

test("moving the window keeps its length and stops at the ends of the records", () => {
  const drag = { part: "window", range, day: "2021-10-10" } as const;
  const later = dragBrush(drag, "2023-01-01", within);
  expect(later).toEqual({ from: "2021-10-30", to: "2021-11-26" });
  expect(daysIn(later)).toBe(daysIn(range));
  expect(dragBrush(drag, "2001-01-01", within).from).toBe(within.from);
});

test("an edge dragged past the other one turns the range round", () => {
  const drag = { part: "start", range, day: "2021-10-04" } as const;
  expect(dragBrush(drag, "2021-11-10", within)).toEqual({ from: "2021-10-25", to: "2021-11-14" });
});

test("keys move an edge by a week, the window by a week, and never cross", () => {
  expect(keyBrush("start", range, "ArrowRight", within)).toEqual({ ...range, from: "2021-10-11" });
  expect(keyBrush("end", range, "ArrowLeft", within)).toEqual({ ...range, to: "2021-10-24" });
  expect(keyBrush("start", range, "End", within)).toEqual({ from: range.to, to: range.to });
  expect(keyBrush("window", range, "Home", within)?.from).toBe(within.from);
  expect(keyBrush("window", range, "Tab", within)).toBeNull();
});

test("stepping by a week keeps the length exactly", () => {
  let moving = { from: "2020-08-01", to: "2020-09-25" };
  const length = daysIn(moving);
  for (let step = 0; step < 100; step += 1) {
    moving = shiftRange(moving, 7, within);
    expect(daysIn(moving)).toBe(length);
  }
  expect(moving.to).toBe(within.to);
});

test("weekly bars hold every day of the records once", () => {
  const firstDay = Math.floor(Date.parse("2020-08-01") / 86_400_000);
  const counts = Int32Array.from({ length: 483 }, (_, day) => (day % 5) + 1);
  const bars = weeklyBars({ firstDay, counts }, within);
  expect(bars[0]).toEqual({ monday: "2020-07-27", count: 3 });
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(total);
  expect(bars.at(-1)?.monday).toBe("2021-11-22");
});

test("the axis ends on a round number at or above the highest bar", () => {
  expect([0, 5, 6, 23, 26, 51, 101].map(niceCeiling)).toEqual([5, 5, 10, 25, 50, 100, 200]);
});

test("months are thinned so that they fit, and fall on firsts of months", () => {
  expect(monthTicks(within, 100)).toHaveLength(15);
  const few = monthTicks(within, 6);
  expect(few.length).toBeLessThanOrEqual(6);
  expect(few.every((date) => date.endsWith("-01"))).toBe(true);
});
