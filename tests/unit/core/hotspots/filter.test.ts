import { expect, test } from "vitest";
import { hourMask, parseDays, parseHours } from "#core/hotspots/filter.ts";

const hoursOf = (mask: Uint8Array | null) =>
  [...(mask ?? [])].flatMap((on, hour) => (on ? [hour] : []));

test("days name the day on which hours that cross midnight start", () => {
  expect(hoursOf(hourMask(["fri"], { from: 22, to: 2 }))).toEqual([118, 119, 120, 121]);
});

test("hours on Sunday night run into Monday", () => {
  expect(hoursOf(hourMask(["sun"], { from: 23, to: 1 }))).toEqual([0, 167]);
});

test("without days or hours nothing is filtered; days alone are whole days", () => {
  expect(hourMask(null, null)).toBeNull();
  expect(hoursOf(hourMask(["mon"], null))).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
  expect(hoursOf(hourMask(null, { from: 23, to: 24 }))).toHaveLength(7);
});

test.each(["20-20", "25-26", "20", "8-9pm", "-1-4"])("%s is refused as hours", (text) => {
  expect(parseHours(text).ok).toBe(false);
});

test("hours and days are read", () => {
  expect(parseHours("20-02")).toEqual({ ok: true, value: { from: 20, to: 2 } });
  expect(parseDays("Fri, saturday")).toEqual({ ok: true, value: ["fri", "sat"] });
  expect(parseDays("fri,someday").ok).toBe(false);
});

test("hours and days that leave nothing out are no filter", () => {
  expect(hourMask(null, { from: 0, to: 24 })).toBeNull();
  expect(hourMask(["mon", "tue", "wed", "thu", "fri", "sat", "sun"], null)).toBeNull();
  expect(hourMask(null, { from: 6, to: 6 })).toBeNull();
});

test("hours that end at midnight may be written either way", () => {
  expect(hourMask(["sat"], { from: 20, to: 0 })).toEqual(hourMask(["sat"], { from: 20, to: 24 }));
});

test.each(["monkey", "m", "", "fri;sat", "fri,,sat"])("%j is refused as days", (text) => {
  expect(parseDays(text).ok).toBe(false);
});

test("a day named twice counts once", () => {
  expect(parseDays("sat,saturday")).toEqual({ ok: true, value: ["sat"] });
});
