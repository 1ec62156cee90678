import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "#core/random.ts";
import { balancedDays, doseResponse, type TrialWeek } from "#core/stats/dose-response.ts";
import { drawnDoses, poisson } from "#tests/support/drawn-doses.ts";
import { isWhole, runsOf } from "#tests/support/runs.ts";

/** Weeks as they are drawn; `rate` is the reports to be expected of a place and day. */
function drawnWeeks(
  random: Random,
  weeks: number,
  rate: (isControl: boolean, day: number) => number,
  { places = 24, daysPerPlace = 1 } = {},
): TrialWeek[] {
  return Array.from({ length: weeks }, () => {
    const days = random.shuffle([0, 1, 2, 3, 4, 5, 6]);
    return {
      daysPerPlace,
      places: Array.from({ length: places }, (_, index) => {
        const controlDays = balancedDays(index, daysPerPlace).map((at) => days[at] ?? 0);
        return {
          controlDays,
          reports: days.map((_day, day) => poisson(random, rate(controlDays.includes(day), day))),
        };
      }),
    };
  });
}

const nothing = { ratio: null, low: null, high: null };

describe("days with patrols against days without", () => {
  test("one place, one week: p is the share of days that lie as far from their mean", () => {
    // The seven draws give 20, 2, 2, 2, 2, 2, 2 reports, 32 / 7 on average: Monday lies 15.4 away, all others 2.6.
    const reports = [20, 2, 2, 2, 2, 2, 2];
    const week = (day: number) => [{ daysPerPlace: 1, places: [{ controlDays: [day], reports }] }];
    const seen = doseResponse(week(0), 5);
    expect(seen.patrol.p).toBeGreaterThan(1 / 7 - 0.015);
    expect(seen.patrol.p).toBeLessThan(1 / 7 + 0.015);
    expect(seen.control).toEqual({ days: 1, reports: 20, hours: null });
    expect(seen.other).toEqual({ days: 6, reports: 12, hours: null });
    expect(seen.patrol.ratio).toBeCloseTo(2 / 20, 12);
    expect(doseResponse(week(3), 5).patrol).toEqual({ ...nothing, p: null });
  });

  test("patrols that halve reports are found, and weekdays that differ are not taken for them", () => {
    const random = createRandom(3);
    const halved = drawnWeeks(random, 20, (isControl) => (isControl ? 0.6 : 0.3));
    const { patrol, hour } = doseResponse(halved, 1);
    expect(patrol.p).toBeLessThan(0.001);
    expect(patrol.low).toBeLessThan(0.5);
    expect(patrol.high).toBeGreaterThan(0.5);
    expect(hour).toEqual(nothing);
    const weekends = drawnWeeks(random, 20, (_isControl, day) => (day > 4 ? 1.2 : 0.1));
    expect(doseResponse(weekends, 1).patrol.p).toBeGreaterThan(0.05);
  });

  test("where patrols do nothing, about one answer in twenty is wrong, for whichever days of the week", () => {
    const random = createRandom(11);
    const runs = runsOf(200, 100);
    let [wrong, covered] = [0, 0];
    for (let run = 0; run < runs; run += 1) {
      const weeks = drawnWeeks(random, 6, (_isControl, day) => (day > 4 ? 0.9 : 0.2), {
        places: 8,
      });
      const { p, low, high } = doseResponse(weeks, run, 499).patrol;
      if ((p ?? 1) <= 0.05) wrong += 1;
      if ((low ?? 0) <= 1 && 1 <= (high ?? 9)) covered += 1;
    }
    expect(wrong / runs).toBeLessThan(0.1);
    expect(covered / runs).toBeGreaterThan(0.9);
  });

  test("equal weeks and seed give an equal answer; two days of a place are both left out", () => {
    const weeks = drawnWeeks(createRandom(2), 8, () => 0.5, { daysPerPlace: 2 });
    const { control, other } = doseResponse(weeks, 4);
    expect(doseResponse(weeks, 4)).toEqual(doseResponse(weeks, 4));
    expect([control.days, other.days]).toEqual([8 * 24 * 2, 8 * 24 * 5]);
  });

  test("too few reports, none at all, no week: not enough to tell", () => {
    const few = { controlDays: [2], reports: [3, 3, 9, 3, 3, 3, 3] };
    const none = { controlDays: [2], reports: [0, 0, 0, 0, 0, 0, 0] };
    for (const weeks of [[few], [none], []].map((places) => [{ daysPerPlace: 1, places }])) {
      expect(doseResponse(weeks, 1)).toMatchObject({ patrol: nothing, hour: nothing });
    }
    expect(doseResponse([], 1).control).toEqual({ days: 0, reports: 0, hours: null });
  });
});

describe("an hour of patrol", () => {
  test("one that halves reports is found, though patrols go where more is expected", () => {
    const weeks = drawnDoses(createRandom(7), { weeks: 26, log: Math.log(0.5), rate: 0.9 });
    const { low, high } = doseResponse(weeks, 1, 499).hour;
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    expect(high).toBeLessThan(0.9);
  });

  test("two places and two days by hand: the ratio per hour is that of the counts", () => {
    // Twelve on each control day, three in the two hours of each other day: a half for each hour.
    const place = (day: number) => ({
      controlDays: [day],
      reports: Array.from({ length: 7 }, (_, at) => (at === day ? 12 : 3)),
      hours: Array.from({ length: 7 }, (_, at) => (at === day ? 0 : 2)),
    });
    const weeks: TrialWeek[] = [{ daysPerPlace: 1, places: [place(0), place(3)] }];
    const { control, other, hour } = doseResponse(weeks, 1, 99);
    expect([control.hours, other.hours]).toEqual([0, 2]);
    expect(hour.ratio).toBeCloseTo(0.5, 6);
  });

  /** No effect: one report a day with one day a place, two with two. */
  const mixedWeeks: TrialWeek[] = [1, 2].map((daysPerPlace) => ({
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
    const { control, other, patrol, hour } = doseResponse(mixedWeeks, 1, 99);
    expect(hour.ratio).toBeCloseTo(1, 6);
    expect(patrol.ratio).toBeCloseTo(1, 12);
    expect(control).toEqual({ days: 42, reports: 70, hours: 0 });
    expect(other).toEqual({ days: 154, reports: 224, hours: 1 });
  });

  test("it is not told where days hardly differ in dose, or where little was reported", () => {
    const random = createRandom(3);
    const still = drawnDoses(random, { weeks: 20, log: 0, rate: 0.9, hours: 0.02 });
    expect(doseResponse(still, 1, 99).hour).toEqual(nothing);
    const quiet = drawnDoses(random, { weeks: 2, log: 0, rate: 0.02 });
    expect(doseResponse(quiet, 1, 99).hour).toEqual(nothing);
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
        const weeks = drawnDoses(random, { weeks: 16, log, rate: 0.5, busierTwo });
        const { low, high } = doseResponse(weeks, run, 49).hour;
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
});
