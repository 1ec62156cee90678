import { describe, expect, test } from "vitest";
import { createScoreLedger } from "#core/patrols/arrival-times/score-ledger.ts";
import {
  type Arrival,
  type ArrivalHistory,
  arrivalScore,
  halfHoursOfTexts,
} from "#core/patrols/arrival-times/unpredictability.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { windowCells } from "#core/patrols/ground/leg.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { type AssignedPlan, assignUnits, describeAssigned } from "#core/patrols/plan/finish.ts";
import type { PlanInput, PreparedPlan } from "#core/patrols/plan/plan.ts";
import { type VariationGoal, varyArrivals } from "#core/patrols/plan/vary.ts";
import { createVisitLedger } from "#core/patrols/plan/visit-ledger.ts";
import { createZone, dayMs } from "#core/time/zone.ts";
import { brokenRules } from "#tests/support/plan-rules.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

const zone = createZone("Europe/London");
const units = 2;
const shifts = ["18:00-22:00", "22:00-01:00"];

function inputOf(seed: number): PlanInput {
  return scenarioInput(zone, {
    days: 4,
    units,
    seed,
    count: 400,
    shifts: [
      { startMinute: 18 * 60, endMinute: 22 * 60 },
      { startMinute: 22 * 60, endMinute: 60 },
    ],
  });
}

function preparedWith(input: PlanInput, history: ArrivalHistory | null): PreparedPlan {
  return preparePlan({ ...input, history }, zone);
}

const nothingBefore: ArrivalHistory = { arrivals: [], halfHours: [] };

/** The same arrivals in each of the weeks before: whoever watches knows when to expect a patrol. */
function sameEveryWeek(plan: AssignedPlan, weeks: number): ArrivalHistory {
  const arrivals = arrivalsOf(plan);
  return {
    arrivals: Array.from({ length: weeks }, (_, week) =>
      arrivals.map(({ cell, arrive }) => ({ cell, arrive: arrive - 7 * (week + 1) * dayMs })),
    ).flat(),
    halfHours: halfHoursOfTexts(shifts),
  };
}

function arrivalsOf({ windows }: AssignedPlan): Arrival[] {
  return windows.flatMap(({ candidate }) =>
    candidate.stops.map(({ cell, arrive }) => ({ cell, arrive })),
  );
}

/** What is varied: the plan of a seed, after so many weeks that were all like it. */
function prepared(seed: number, weeks: number) {
  const input = inputOf(seed);
  const before = preparedWith(input, null);
  const plan = assignUnits(before, before.greedy);
  const history = weeks > 0 ? sameEveryWeek(plan, weeks) : nothingBefore;
  return { input, plan, history, prepared: preparedWith(input, history) };
}

/** To prepare a plan takes far longer than to vary it, which changes nothing of it. */
const known = new Map<string, ReturnType<typeof prepared>>();
function preparedOnce(seed: number, weeks: number) {
  const key = `${seed} ${weeks}`;
  const one = known.get(key) ?? prepared(seed, weeks);
  known.set(key, one);
  return one;
}

function varied(seed: number, weeks = 3, goal?: VariationGoal, from = preparedOnce(seed, weeks)) {
  const { plan, history } = from;
  const { variation, travel } = from.prepared;
  if (!variation) throw new Error("A history asks for a variation");
  const told = (one: AssignedPlan) =>
    arrivalScore(
      [...history.arrivals, ...arrivalsOf(one)],
      new Set(arrivalsOf(one).map(({ cell }) => cell)),
      variation.permitted,
      zone,
    );
  const scoreOf = (one: AssignedPlan) => told(one).score ?? -1;
  const made = varyArrivals(plan, variation, travel, goal);
  return { ...from, variation, made, told, scoreOf };
}

describe.each([1, 2, 3])("arrival times that are varied on purpose (seed %i)", (seed) => {
  const { input, prepared: model, plan, variation, made, told, scoreOf } = varied(seed);

  test("are harder to predict, by the score that is told", () => {
    expect(scoreOf(made)).toBeGreaterThan(scoreOf(plan) + 0.03);
    for (const one of [plan, made]) {
      const ledger = createScoreLedger(variation);
      for (const { candidate } of one.windows) ledger.add(ledger.marksOf(candidate.stops));
      const { score, possible } = ledger.sums();
      expect(score).toBeCloseTo(scoreOf(one) * told(one).arrivals, 6);
      expect(score).toBeLessThanOrEqual(possible + 1e-9);
    }
  });

  test("cost at most 1% of what the plan covers", () => {
    expect(made.value).toBeGreaterThanOrEqual(0.99 * plan.value);
    const ledger = createVisitLedger(variation.context);
    for (const { candidate } of made.windows) ledger.take(ledger.entryOf(candidate));
    expect(ledger.millionths() / 1e6).toBeCloseTo(made.value, 9);
  });

  test("keep every rule of a plan, protected time first", () => {
    const { windows } = describeAssigned(model, made, zone);
    const closed = createClosedTime(input.closed);
    expect(windows).toHaveLength(plan.windows.length);
    for (const window of windows) {
      for (const cell of windowCells(window)) {
        expect(closed.isClear(cell, window.start, window.end)).toBe(true);
      }
    }
    expect(brokenRules(windows, { zone, units })).toEqual([]);
    for (const { candidate, crew, unit } of made.windows) {
      const { start, end, shift, stops, value } = candidate;
      expect(crew.units).toContain(unit);
      expect([start >= shift.start, end <= shift.end]).toEqual([true, true]);
      const idle = (end - start) / 60_000 - stops.length * patrolDefaults.dwellMinutes;
      expect(idle).toBeGreaterThanOrEqual(0);
      expect(variation.context.floor.passes({ start, end, stops }, value)).toBe(true);
    }
  });

  test("are the same again for the same seed", () => {
    const anew = varied(seed, 3, undefined, prepared(seed, 3));
    expect(arrivalsOf(anew.made)).toEqual(arrivalsOf(made));
  });
});

test("the model's own value is what the ledger says: less for each repeat, rule for rule", () => {
  const { plan, variation } = varied(4);
  const ledger = createVisitLedger(variation.context);
  for (const { candidate } of plan.windows) {
    expect(ledger.fits(ledger.entryOf(candidate))).toBe(true);
    ledger.take(ledger.entryOf(candidate));
  }
  expect(ledger.millionths() / 1e6).toBe(plan.value);
  // A window that is in already is too near to itself.
  const [first] = plan.windows;
  if (!first) throw new Error("The plan has no window");
  const entry = ledger.entryOf(first.candidate);
  expect(ledger.fits(entry)).toBe(false);
  const before = ledger.millionths();
  const worth = ledger.worthOf(entry);
  ledger.take(entry);
  expect(ledger.millionths() - before).toBe(worth);
  ledger.drop(entry);
  expect(ledger.millionths()).toBe(before);
});

test("SAFEGUARDS 5: what a score calls permitted is the same whatever is closed", () => {
  const input = inputOf(1);
  const evening = {
    from: zone.startOfDate(input.request.from),
    to: zone.startOfDate("2021-12-20"),
  };
  const permittedWith = (closed: PlanInput["closed"]) =>
    preparedWith({ ...input, closed }, nothingBefore).variation?.permitted;
  const cells = input.study.cells;
  expect(permittedWith([])).toEqual(halfHoursOfTexts(shifts));
  expect(permittedWith(input.closed)).toEqual(permittedWith([]));
  expect(permittedWith([{ ...evening, cells }])).toEqual(permittedWith([]));
});

test("nothing is varied where nobody asked, and nothing given up where it is hard enough to predict", () => {
  expect(preparedWith(inputOf(1), null).variation).toBeNull();
  const { plan, made } = varied(1, 3, { mostLoss: 0.01, enough: 0 });
  expect(made.value).toBeGreaterThanOrEqual(plan.value);
});

test("where no value may be given up, none is; where all may, the score comes nearer to what is possible", () => {
  const strict = varied(1, 3, { mostLoss: 0, enough: 1 });
  expect(strict.made.value).toBeGreaterThanOrEqual(strict.plan.value);
  const free = varied(1, 3, { mostLoss: 1, enough: 1 });
  expect(free.scoreOf(free.made)).toBeGreaterThanOrEqual(strict.scoreOf(strict.made));
});

test("without visits in the weeks before a plan is varied against itself", () => {
  const { made, plan, told, scoreOf } = varied(1, 0, { mostLoss: 0.01, enough: 1 });
  expect(told(plan).score).not.toBeNull();
  expect(scoreOf(made)).toBeGreaterThanOrEqual(scoreOf(plan));
  expect(made.value).toBeGreaterThanOrEqual(0.99 * plan.value);
});
