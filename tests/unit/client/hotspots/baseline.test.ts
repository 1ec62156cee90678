import { describe, expect, test } from "vitest";
import {
  baselineRange,
  formatBaseline,
  parseBaseline,
} from "#client/hotspots/measures/baseline.ts";

const within = { from: "2020-08-01", to: "2021-11-26" };
const range = { from: "2021-10-02", to: "2021-11-26" };

describe("the dates of a baseline", () => {
  test("as many days just before, or the same weekdays a year before", () => {
    expect(baselineRange(range, "before", within)).toEqual({
      from: "2021-08-07",
      to: "2021-10-01",
    });
    expect(baselineRange(range, "year", within)).toEqual({ from: "2020-10-03", to: "2020-11-27" });
  });

  test("of more than a year lie two years back, and never share a day with the period", () => {
    const long = { from: "2021-01-01", to: "2022-02-01" };
    const found = baselineRange(long, "year", { from: "2015-01-01", to: "2022-02-01" });
    expect(found).toEqual({ from: "2019-01-04", to: "2020-02-04" });
  });

  test("are cut to the records: what was not recorded is no baseline of zero", () => {
    const early = { from: "2020-09-01", to: "2020-11-30" };
    expect(baselineRange(early, "before", within)).toEqual({
      from: "2020-08-01",
      to: "2020-08-31",
    });
    expect(
      baselineRange({ from: "2020-08-03", to: "2020-11-30" }, "before", within),
    ).toHaveProperty("fault", expect.stringContaining("No records that early"));
  });

  test("that share days with the period are refused in words", () => {
    expect(baselineRange(range, { from: "2021-09-01", to: "2021-10-02" }, within)).toEqual({
      fault: "The two periods overlap. Choose other dates.",
    });
  });

  test("come back from an address as they went in; nonsense is none", () => {
    for (const baseline of ["before", "year", { from: "2021-01-01", to: "2021-02-01" }] as const) {
      expect(parseBaseline(formatBaseline(baseline))).toEqual(baseline);
    }
    for (const text of [
      "",
      "later",
      "2021-02-01_2021-01-01",
      "2021-02-30_2021-03-01",
      "a_b",
      "x_y_z",
    ]) {
      expect(parseBaseline(text)).toBeNull();
    }
  });
});
