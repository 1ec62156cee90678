import { expect, test } from "vitest";
import { controlDayEffect } from "#core/displacement/control-day-effect.ts";
import {
  type DoseWeek,
  doseEffect,
  doseSentence,
  doseWeeks,
} from "#core/displacement/dose-effect.ts";
import { cellAt, parentCell } from "#core/geo/cell.ts";
import { createRandom } from "#core/random.ts";
import { drawnDoses } from "#tests/support/drawn-doses.ts";
import { isWhole, runsOf } from "#tests/support/runs.ts";

test("an hour that halves reports is found, though patrols go where more is expected", () => {
  const weeks = drawnDoses(createRandom(7), { weeks: 26, log: Math.log(0.5), rate: 0.9 });
  const effect = doseEffect(weeks, 1, 499);
  expect(effect.verdict).toBe("fall");
  expect(effect.low).toBeLessThan(0.5);
  expect(effect.high).toBeGreaterThan(0.5);
  expect(effect.high).toBeLessThan(0.9);
  expect(doseSentence(effect)).toMatch(
    /^For each recorded hour \d+% fewer to \d+% fewer reports \(best estimate \d+% fewer\): significantly fewer with more patrol time\.$/,
  );
});

test("two places and two days by hand: the ratio per hour is that of the counts", () => {
  // Twelve on each control day, three in the two hours of each other day: a half for each hour.
  const place = (day: number) => ({
    controlDays: [day],
    reports: Array.from({ length: 7 }, (_, at) => (at === day ? 12 : 3)),
    hours: Array.from({ length: 7 }, (_, at) => (at === day ? 0 : 2)),
  });
  const weeks: DoseWeek[] = [{ daysPerPlace: 1, places: [place(0), place(3)] }];
  const effect = doseEffect(weeks, 1, 99);
  expect(effect).toMatchObject({ weeks: 1, controlHours: 0, otherHours: 2 });
  expect(effect.ratio ?? doseEffect(weeks, 1, 99)).toBeCloseTo(0.5, 6);
});

/** No effect: one report a day with one day a place, two with two. */
const mixedWeeks: DoseWeek[] = [1, 2].map((daysPerPlace) => ({
  daysPerPlace,
  places: Array.from({ length: 14 }, (_, place) => {
    const controlDays = Array.from({ length: daysPerPlace }, (_, at) => (place + at) % 7);
    return {
      controlDays,
      reports: Array.from({ length: 7 }, () => daysPerPlace),
      hours: Array.from({ length: 7 }, (_, day) => (controlDays.includes(day) ? 0 : 1)),
    };
  }),
}));

test("busier weeks with more comparison days make no effect out of none", () => {
  const effect = doseEffect(mixedWeeks, 1, 99);
  expect(effect.ratio).toBeCloseTo(1, 6);
  expect(effect.verdict).toBe("no_clear_change");
  expect(effect).toMatchObject({ controlHours: 0, otherHours: 1 });
  const days = controlDayEffect(mixedWeeks, 1, 99);
  expect(days.ratio).toBeCloseTo(1, 12);
  expect(days).toMatchObject({
    control: { days: 42, reports: 70 },
    other: { days: 154, reports: 224 },
    verdict: "no_clear_change",
  });
});

test("it is not told where days hardly differ in dose, or where little was reported", () => {
  const random = createRandom(3);
  const still = drawnDoses(random, { weeks: 20, log: 0, rate: 0.9, hours: 0.02 });
  const unsure = doseEffect(still, 1, 99);
  expect(unsure).toMatchObject({ ratio: null, low: null, high: null, verdict: "cannot_tell" });
  expect(doseSentence(unsure)).toContain("Not enough to tell what an hour of patrol does");
  const quiet = drawnDoses(random, { weeks: 2, log: 0, rate: 0.02 });
  expect(doseEffect(quiet, 1, 99).verdict).toBe("cannot_tell");
  expect(doseSentence(doseEffect([], 1, 99))).toBe(
    "No week with comparison days was recorded whole by devices.",
  );
});

const truths = [
  ["no effect", 0, null],
  ["a third less for each hour", Math.log(2 / 3), null],
  ["a half more for each hour", Math.log(1.5), null],
  ["no effect and weeks of one day and of two, twice as busy", 0, 2],
  ["a third less and weeks of one day and of two, twice as busy", Math.log(2 / 3), 2],
] as const;

test.each(isWhole ? truths : [truths[1], truths[3]])(
  "200 runs with %s: the interval holds the truth about 19 times in 20",
  (_name, log, busierTwo) => {
    const random = createRandom(20);
    const runs = runsOf(1_000, 200);
    let [held, told] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const { low, high } = doseEffect(
        drawnDoses(random, { weeks: 16, log, rate: 0.5, busierTwo }),
        run,
        49,
      );
      if (low === null || high === null) continue;
      told += 1;
      if (low <= Math.exp(log) && Math.exp(log) <= high) held += 1;
    }
    expect(told / runs).toBeGreaterThan(0.97);
    // Three standard errors around 0.95.
    const reach = 3 * Math.sqrt((0.95 * 0.05) / told);
    expect(held / told).toBeGreaterThan(0.95 - reach);
    expect(held / told).toBeLessThan(0.95 + reach);
  },
);

test("weeks with a day that nobody recorded are left out, and a place has the minutes of all its cells", () => {
  const zone = parentCell(cellAt([-0.0631, 51.6179], 10), 9);
  const dates = Array.from({ length: 7 }, (_, day) => `2021-11-0${day + 1}`);
  const week = {
    daysPerPlace: 1,
    dates,
    zones: [zone],
    places: [{ controlDays: [0], reports: [0, 1, 0, 0, 0, 0, 0] }],
  };
  const minutes = new Map([[`${zone} 2021-11-02`, 90]]);
  expect(doseWeeks([week], { dates: new Set(dates.slice(1)), minutes })).toEqual([]);
  expect(doseWeeks([week], { dates: new Set(dates), minutes })[0]?.places[0]?.hours).toEqual([
    0, 1.5, 0, 0, 0, 0, 0,
  ]);
});
