import { describe, expect, test } from "vitest";
import { weeklyTotal } from "#core/demand/demand.ts";
import { finishPlan } from "#core/patrol/finish.ts";
import { createFloor } from "#core/patrol/floor.ts";
import { createMeanHour } from "#core/patrol/mean-hour.ts";
import { preparePlan } from "#core/patrol/plan.ts";
import { refusedShifts } from "#core/patrol/refused.ts";
import { patrolDefaults } from "#core/patrol/settings.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";

const zone = createZone("Europe/London");
const input = scenarioInput(zone, { days: 7, units: 4 });
const noFloor = { ...patrolDefaults, leastShareOfWeek: 0, leastTimesMeanHour: 0 };

describe("what a window must be worth", () => {
  const prepared = preparePlan(input, zone);
  const without = preparePlan(input, zone, noFloor);
  const least = patrolDefaults.leastShareOfWeek * weeklyTotal(prepared.demand);
  const meanHour = createMeanHour(prepared.demand, zone);
  const times = ({ candidate }: (typeof prepared.options)[number]) =>
    meanHour.times(
      candidate.stops.map((stop) => stop.cell),
      candidate.start,
      candidate.end,
    );

  test("every candidate reaches a thousandth of a week's reports, at no quieter time than usual", () => {
    expect(prepared.options.length).toBeGreaterThan(100);
    for (const option of prepared.options) {
      expect(option.candidate.value).toBeGreaterThanOrEqual(least);
      expect(times(option)).toBeGreaterThanOrEqual(1);
    }
    // Each part of the floor has something to do.
    expect(without.options.some(({ candidate }) => candidate.value < least)).toBe(true);
    expect(without.options.some((one) => one.candidate.value >= least && times(one) < 1)).toBe(
      true,
    );
  });

  test("it takes candidates away and leaves the others as they were", () => {
    const key = ({ candidate, unit }: (typeof prepared.options)[number]) =>
      JSON.stringify([candidate.zone, candidate.start, candidate.end, candidate.value, unit]);
    const all = new Set(without.options.map(key));
    expect(prepared.options.length).toBeLessThan(without.options.length);
    expect(prepared.options.every((option) => all.has(key(option)))).toBe(true);
    const floor = createFloor(prepared.demand, zone, patrolDefaults);
    const kept = without.options.filter(({ candidate }) =>
      floor.passes(candidate, candidate.value),
    );
    expect(kept.map(key)).toEqual(prepared.options.map(key));
  });

  test("no window of a plan says that its hours bring fewer reports than others", () => {
    const { windows } = finishPlan(prepared, prepared.greedy, zone);
    expect(windows.length).toBeGreaterThan(10);
    expect(windows.filter(({ facts }) => facts.timesMeanHour < 1)).toEqual([]);
  });

  test("a shift in which nothing is worth a window says so", () => {
    const most = preparePlan(input, zone, { ...patrolDefaults, leastShareOfWeek: 1 });
    expect(most.options).toEqual([]);
    const reasons = refusedShifts(most, [], input, patrolDefaults).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(["too few reports expected to send a patrol"]));
  });
});

test("the mean hour of the week is once the mean hour", () => {
  const { demand } = preparePlan(scenarioInput(zone, { days: 1 }), zone);
  const { times } = createMeanHour(demand, zone);
  const cells = demand.cells.slice(0, 4);
  const week = zone.startOfDate("2021-11-29");
  expect(times(cells, week, week + 7 * 24 * 60 * minuteMs)).toBeCloseTo(1, 9);
  expect(times([], week, week + 60 * minuteMs)).toBe(0);
});
