import { describe, expect, test } from "vitest";
import {
  type ControlWeek,
  controlDayEffect,
  controlDaySentence,
  placeDaysOf,
} from "#core/displacement/control-day-effect.ts";
import { controlDayIndexes } from "#core/patrols/control-days.ts";
import { createRandom, type Random } from "#core/random.ts";
import { poisson } from "#tests/support/drawn-doses.ts";
import { runsOf } from "#tests/support/runs.ts";

/** Weeks as the tool draws them; `rate` is the reports to be expected of a place and day. */
function drawnWeeks(
  random: Random,
  weeks: number,
  rate: (isControl: boolean, day: number) => number,
  { places = 24, daysPerPlace = 1 } = {},
): ControlWeek[] {
  return Array.from({ length: weeks }, () => {
    const days = random.shuffle([0, 1, 2, 3, 4, 5, 6]);
    return {
      daysPerPlace,
      places: Array.from({ length: places }, (_, index) => {
        const controlDays = controlDayIndexes(index, daysPerPlace).map((at) => days[at] ?? 0);
        return {
          controlDays,
          reports: days.map((_day, day) => poisson(random, rate(controlDays.includes(day), day))),
        };
      }),
    };
  });
}

describe("what control days tell", () => {
  test("one place, one week: p is the share of days that lie as far from their mean", () => {
    // The seven draws give 20, 2, 2, 2, 2, 2, 2 reports, 32 / 7 on average: Monday lies 15.4 away, all others 2.6.
    const reports = [20, 2, 2, 2, 2, 2, 2];
    const week = (day: number) => [{ daysPerPlace: 1, places: [{ controlDays: [day], reports }] }];
    const seen = controlDayEffect(week(0), 5);
    expect(seen.p).toBeGreaterThan(1 / 7 - 0.015);
    expect(seen.p).toBeLessThan(1 / 7 + 0.015);
    expect(seen.control).toEqual({ days: 1, reports: 20 });
    expect(seen.other).toEqual({ days: 6, reports: 12 });
    expect(seen.ratio).toBeCloseTo(2 / 20, 12);
    expect(controlDayEffect(week(3), 5)).toMatchObject({ verdict: "cannot_tell", p: null });
  });

  test("patrols that halve reports are found, and weekdays that differ are not taken for them", () => {
    const random = createRandom(3);
    const halved = drawnWeeks(random, 20, (isControl) => (isControl ? 0.6 : 0.3));
    const found = controlDayEffect(halved, 1);
    expect(found.verdict).toBe("fall");
    expect(found.p).toBeLessThan(0.001);
    expect(found.low).toBeLessThan(0.5);
    expect(found.high).toBeGreaterThan(0.5);
    const weekends = drawnWeeks(random, 20, (_isControl, day) => (day > 4 ? 1.2 : 0.1));
    expect(controlDayEffect(weekends, 1).verdict).toBe("no_clear_change");
  });

  test("where patrols do nothing, about one answer in twenty is wrong, for whichever days of the week", () => {
    const random = createRandom(11);
    const runs = runsOf(200, 100);
    let wrong = 0;
    let covered = 0;
    for (let run = 0; run < runs; run += 1) {
      const weeks = drawnWeeks(random, 6, (_isControl, day) => (day > 4 ? 0.9 : 0.2), {
        places: 8,
      });
      const { verdict, low, high } = controlDayEffect(weeks, run, 499);
      if (verdict === "rise" || verdict === "fall") wrong += 1;
      if ((low ?? 0) <= 1 && 1 <= (high ?? 9)) covered += 1;
    }
    expect(wrong / runs).toBeLessThan(0.1);
    expect(covered / runs).toBeGreaterThan(0.9);
  });

  test("equal weeks and seed give an equal answer; two days of a place are both left out", () => {
    const weeks = drawnWeeks(createRandom(2), 8, () => 0.5, { daysPerPlace: 2 });
    expect(controlDayEffect(weeks, 4)).toEqual(controlDayEffect(weeks, 4));
    expect(placeDaysOf(weeks).control.days).toBe(8 * 24 * 2);
    expect(placeDaysOf(weeks).other.days).toBe(8 * 24 * 5);
  });

  test("too few reports, none at all, no week: cannot tell, in words", () => {
    const place = { controlDays: [2], reports: [3, 3, 9, 3, 3, 3, 3] };
    const few = controlDayEffect([{ daysPerPlace: 1, places: [place] }], 1);
    expect(few).toMatchObject({ verdict: "cannot_tell", ratio: null, p: null, low: null });
    expect(controlDaySentence(few)).toContain(
      "Not enough reports to tell: 9 reports on comparison days and 18",
    );
    const none = { controlDays: [2], reports: [0, 0, 0, 0, 0, 0, 0] };
    expect(controlDayEffect([{ daysPerPlace: 1, places: [none] }], 1).verdict).toBe("cannot_tell");
    expect(controlDaySentence(controlDayEffect([], 1))).toContain("No week with comparison days");
  });

  test("the sentence says the interval before the best estimate", () => {
    const days = { control: { days: 24, reports: 30 }, other: { days: 144, reports: 140 } };
    expect(
      controlDaySentence({
        ...days,
        ratio: 0.78,
        low: 0.5,
        high: 1.2,
        p: 0.2,
        verdict: "no_clear_change",
      }),
    ).toBe(
      "50% fewer to 20% more reports per place and day with patrols than on comparison days (best estimate 22% fewer): no significant difference.",
    );
    expect(
      controlDaySentence({ ...days, ratio: 0.6, low: 0.4, high: 0.9, p: 0.01, verdict: "fall" }),
    ).toContain(": significantly fewer with patrols.");
  });
});
