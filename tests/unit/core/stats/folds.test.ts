import { describe, expect, test } from "vitest";
import { foldsBefore, foldsBetween } from "#core/stats/folds.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const dates = (folds: readonly { from: string; to: string }[]) =>
  folds.map(({ from, to }) => `${from} ${to}`);

describe("folds", () => {
  test("are the whole months of the calendar inside the dates", () => {
    expect(dates(foldsBetween(zone, "2019-12-31", "2020-03-30", "month"))).toEqual([
      "2020-01-01 2020-01-31",
      "2020-02-01 2020-02-29",
    ]);
  });

  test("are so many days one after another, and none that would end later", () => {
    expect(dates(foldsBetween(zone, "2021-11-01", "2021-11-27", 14))).toEqual([
      "2021-11-01 2021-11-14",
    ]);
    expect(foldsBetween(zone, "2021-11-10", "2021-11-01", 7)).toEqual([]);
  });

  test("begin and end at London midnight on both sides of a change of clocks", () => {
    const [march] = foldsBetween(zone, "2021-03-01", "2021-03-31", "month");
    expect(march?.start).toBe(Date.parse("2021-03-01T00:00Z"));
    expect(march?.end).toBe(Date.parse("2021-03-31T23:00Z"));
  });

  test("before one are all over when it begins", () => {
    const [fold] = foldsBetween(zone, "2020-03-01", "2020-03-31", "month");
    if (!fold) throw new Error("There is a March");
    const before = foldsBefore(zone, fold, "month", 3);
    expect(dates(before)).toEqual([
      "2019-12-01 2019-12-31",
      "2020-01-01 2020-01-31",
      "2020-02-01 2020-02-29",
    ]);
    expect(before.every(({ end }) => end <= fold.start)).toBe(true);
    expect(dates(foldsBefore(zone, fold, 10, 2))).toEqual([
      "2020-02-10 2020-02-19",
      "2020-02-20 2020-02-29",
    ]);
  });
});
