import { describe, expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { createFloor, createMeanHour, leastWorth } from "#core/patrols/candidates/floor.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { finishPlan } from "#core/patrols/plan/finish.ts";
import { refusedShifts } from "#core/patrols/plan/refusal.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createZone, minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { scenarioEvents, scenarioInput, scenarioStudy } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";
import { complaintAt } from "#tests/support/reports.ts";

const zone = createZone("Europe/London");
const input = scenarioInput(zone, { days: 3, units: 4 });
const noFloor = { ...patrolDefaults, leastExpected: 0, leastTimesMeanHour: 0 };

describe("what a window must be worth", () => {
  const prepared = preparePlan(input, zone);
  const without = preparePlan(input, zone, noFloor);
  const candidates = prepared.options.map(({ candidate }) => candidate);
  const least = leastWorth(candidates, patrolDefaults);
  const meanHour = createMeanHour(prepared.demand, zone);
  const times = ({ candidate }: (typeof prepared.options)[number]) =>
    meanHour.times(
      candidate.stops.map((stop) => stop.cell),
      candidate.start,
      candidate.end,
    );

  test("every candidate reaches what the floor asks, at no quieter time than usual", () => {
    expect(prepared.options.length).toBeGreaterThan(100);
    expect(least).toBeGreaterThan(0);
    expect(least).toBeLessThanOrEqual(1 / 52);
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
    const key = ({ candidate, crew }: (typeof prepared.options)[number]) =>
      JSON.stringify([candidate.zone, candidate.start, candidate.end, candidate.value, crew.units]);
    const all = new Set(without.options.map(key));
    expect(prepared.options.length).toBeLessThan(without.options.length);
    expect(prepared.options.every((option) => all.has(key(option)))).toBe(true);
    const floor = createFloor(prepared.demand, zone, patrolDefaults, least);
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
    const most = preparePlan(input, zone, {
      ...patrolDefaults,
      leastExpected: 100,
      leastOfBest: 2,
    });
    expect(most.options).toEqual([]);
    const reasons = refusedShifts(most, [], input, patrolDefaults).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(["too little is expected there"]));
  });

  test("a window needs a report a year, or a quarter of the best where that is less", () => {
    const ofBest = (value: number) => leastWorth([{ value: 0.001 }, { value }], patrolDefaults);
    expect(ofBest(0.5)).toBe(1 / 52);
    expect(ofBest(0.0096)).toBeCloseTo(0.0024, 12);
    expect(leastWorth([], patrolDefaults)).toBe(0);
  });
});

describe("few reports, and of a month alone", () => {
  const events = scenarioEvents(zone, { seed: 7, count: 2_500, asAt: input.asAt });
  const cells = scenarioStudy().cells;
  const windowsOf = (given: readonly PoliceEvent[]) => {
    const prepared = preparePlan({ ...input, columns: columnsFromEvents(given) }, zone);
    return finishPlan(prepared, prepared.greedy, zone).windows.length;
  };

  const monthly = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const month = String(1 + (at % 10)).padStart(2, "0");
      const [first, last] = ["01", "28"].map((day) => zone.startOfDate(`2021-${month}-${day}`));
      const cell = cells[(at * 37) % cells.length] as H3Cell;
      return complaintAt(cell, first as number, { category: "other", endsAt: last as number });
    });

  test("all over the command they take away hardly a window", () => {
    const before = windowsOf(events);
    expect(before).toBeGreaterThan(20);
    expect(windowsOf([...events, ...monthly(6_000)])).toBeGreaterThan(0.8 * before);
  });

  test("where they are all there is, the best of them make a plan, which says that no hour is known", () => {
    const few = { ...input, columns: columnsFromEvents(monthly(20)) };
    const prepared = preparePlan(few, zone);
    const { windows } = finishPlan(prepared, prepared.greedy, zone);
    expect(windows.length).toBeGreaterThan(20);
    const worth = windows.map(({ expected }) => expected);
    expect(Math.max(...worth)).toBeLessThan(1 / 52);
    expect(Math.min(...worth)).toBeGreaterThanOrEqual(Math.max(...worth) / 4);
    expect(prepared.demand.method.timed).toBe(0);
    expect(preparePlan(input, zone).demand.method.timed).toBeGreaterThan(0.9);
  });
});

test("hours that are all alike are no quieter than the mean hour", () => {
  const { demand } = preparePlan(scenarioInput(zone, { days: 1 }), zone);
  const flat = { ...demand, rates: demand.rates.map((_, at) => 0.1 / (1 + Math.floor(at / 168))) };
  const floor = createFloor(flat, zone, patrolDefaults);
  const start = zone.startOfDate("2021-11-29");
  for (let hour = 0; hour < 168; hour += 1) {
    const from = start + hour * 60 * minuteMs;
    const stops = flat.cells.slice(0, 3).map((cell) => ({ cell, arrive: from, depart: from }));
    expect(floor.passes({ start: from, end: from + 75 * minuteMs, stops }, 1)).toBe(true);
  }
});

test("the mean hour of the week is once the mean hour", () => {
  const { demand } = preparePlan(scenarioInput(zone, { days: 1 }), zone);
  const { times } = createMeanHour(demand, zone);
  const cells = demand.cells.slice(0, 4);
  const week = zone.startOfDate("2021-11-29");
  expect(times(cells, week, week + 7 * 24 * 60 * minuteMs)).toBeCloseTo(1, 9);
  expect(times([], week, week + 60 * minuteMs)).toBe(0);
});
