import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { addHoursOfWeek, aoristicWeights } from "#core/stats/aoristic.ts";
import { createZone, dayMs, minuteMs } from "#core/time/zone.ts";
import { someTries } from "#tests/support/runs.ts";

const zones = ["Europe/London", "UTC", "America/New_York", "Australia/Lord_Howe"].map(createZone);
const zone = fc.constantFrom(...zones);
const day = (date: string) => Date.parse(`${date}T00:00Z`) / minuteMs;

/** Starts in 2020 to 2022; one in three within two days of a London clock change. */
const start = fc
  .oneof(
    fc.integer({ min: day("2020-01-01"), max: day("2022-12-31") }),
    fc.integer({ min: day("2021-03-26"), max: day("2021-03-30") }),
    fc.integer({ min: day("2021-10-29"), max: day("2021-11-02") }),
  )
  .map((minute) => minute * minuteMs);
const length = fc
  .oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 30 * 1440 }))
  .map((minutes) => minutes * minuteMs);

describe("aoristic weights", () => {
  test.prop([zone, start, length], someTries)(
    "sum to 1, in ascending bins, none of them empty",
    (where, from, span) => {
      const shares = aoristicWeights(where, from, from + span);
      let total = 0;
      let last = -1;
      for (const [bin, weight] of shares) {
        expect(bin).toBeGreaterThan(last);
        expect(weight).toBeGreaterThan(0);
        last = bin;
        total += weight;
      }
      expect(last).toBeLessThan(168);
      expect(Math.abs(total - 1)).toBeLessThan(1e-12);
    },
  );

  test.prop([zone, start, fc.integer({ min: 1, max: 4 * 1440 })], someTries)(
    "are the count of minutes, one by one",
    (where, from, minutes) => {
      const counted = new Float64Array(168);
      for (let minute = 0; minute < minutes; minute += 1) {
        const bin = where.hourOfWeek(from + minute * minuteMs);
        counted[bin] = (counted[bin] ?? 0) + 1;
      }
      for (const [bin, weight] of aoristicWeights(where, from, from + minutes * minuteMs)) {
        expect(weight * minutes).toBeCloseTo(counted[bin] ?? Number.NaN, 8);
        counted[bin] = 0;
      }
      expect(counted.every((rest) => rest === 0)).toBe(true);
    },
  );

  test.prop([zone, start, length, length], someTries)(
    "add up when a span is cut in two",
    (where, from, one, two) => {
      const whole = new Float64Array(168);
      const parts = new Float64Array(168);
      addHoursOfWeek(where, from, from + one + two, whole);
      addHoursOfWeek(where, from, from + one, parts);
      addHoursOfWeek(where, from + one, from + one + two, parts);
      expect(parts).toEqual(whole);
    },
  );

  test.prop([start, length], someTries)(
    "do not change from one week to the next without a clock change",
    (from, span) => {
      const [utc] = zones.slice(1);
      if (!utc) throw new RangeError("UTC is the second zone");
      expect(aoristicWeights(utc, from + 7 * dayMs, from + 7 * dayMs + span)).toEqual(
        aoristicWeights(utc, from, from + span),
      );
    },
  );
});
