import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { mostOf } from "#core/patrols/packing.ts";
import { splitPacking } from "#core/patrols/split.ts";
import { createZone } from "#core/time/zone.ts";
import { loadHighs, type SolveProgress } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { bestByForce } from "#tests/support/plan-oracle.ts";
import { bestAllowed, fewOf } from "#tests/support/plan-part.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { noFloor, tinyWeek } from "#tests/support/plan-week.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

const zone = createZone("Europe/London");
const exact = { gap: 0, seconds: 20 };
const quiet = { progress: () => undefined, isCancelled: () => false };
let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

describe("the search for a plan", () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "finds the best plan of a tiny instance by the rules themselves (seed %i)",
    (seed) => {
      const input = scenarioInput(zone, {
        days: 1,
        units: 1 + (seed % 2),
        shifts: [{ startMinute: 20 * 60, endMinute: 23 * 60 + (seed % 3) * 30 }],
        seed,
        count: 30,
        dataSeed: seed,
      });
      // What a window must be worth is another rule; here any set of options will do.
      const prepared = preparePlan(input, zone, noFloor);
      // The rules are tried on every set of options, so each instance keeps a few, from all zones.
      const kept = 13;
      const tiny = fewOf(prepared, kept, seed);
      expect(tiny.options).toHaveLength(kept);
      const solved = solvePlan(highs, tiny, exact, quiet, () => performance.now());
      const best = bestByForce(tiny, { zone, units: input.request.units });
      expect(best).toBeGreaterThan(0);
      expect(solved.objective).toBeCloseTo(best, 6);
    },
  );

  test.each([1, 2, 3, 4, 5, 6])(
    "finds the best of three days that share the week's caps (seed %i)",
    (seed) => {
      const tiny = tinyWeek(seed);
      const { joint } = splitPacking(
        tiny.packing,
        (option) => tiny.options[option]?.candidate.shift.date,
      );
      expect(joint.length).toBeGreaterThan(0);
      const best = bestAllowed(tiny);
      const solved = solvePlan(highs, tiny, exact, quiet, () => 0);
      expect(best).toBeGreaterThan(0);
      expect(solved.objective).toBeCloseTo(best, 6);
      expect(solved.bound).toBeGreaterThanOrEqual(solved.objective - 1e-9);
      for (const row of tiny.packing.rows) {
        const held = row.members.filter((member) => solved.chosen.includes(member));
        expect(held.length).toBeLessThanOrEqual(mostOf(row));
      }
      expect(tiny.crewPlan.clash(solved.chosen)).toBeNull();
      // What is close enough ends sooner and is close enough.
      const near = solvePlan(highs, tiny, { gap: 0.2, seconds: 20 }, quiet, () => 0);
      expect(near.bound).toBeGreaterThanOrEqual(best - 1e-9);
      expect(near.objective).toBeGreaterThanOrEqual(best / 1.2 - 1e-9);
    },
  );

  test("tells of a plan that only gets better and of a bound that only gets nearer", () => {
    const told: SolveProgress[] = [];
    const hooks = { ...quiet, progress: (one: SolveProgress) => told.push(one) };
    let asked = 0;
    const clock = () => {
      asked += 1;
      return asked;
    };
    const tiny = tinyWeek(3);
    const solved = solvePlan(highs, tiny, exact, hooks, clock);
    expect(told.length).toBeGreaterThan(1);
    told.slice(1).forEach((one, at) => {
      const before = told[at];
      expect(one.objective).toBeGreaterThanOrEqual(before?.objective ?? 0);
      expect(one.bound ?? 0).toBeLessThanOrEqual(before?.bound ?? 0);
      expect(one.seconds).toBeGreaterThan(before?.seconds ?? 0);
      expect(one.seconds).toBeLessThan(1);
    });
    expect(told.at(-1)?.objective).toBeLessThanOrEqual(solved.objective);
    expect(told[0]?.bound).toBeLessThanOrEqual(
      tiny.packing.values.reduce((all, value) => all + value, 0),
    );
  });

  test("a cancelled search keeps what it has, within its bound", () => {
    const tiny = tinyWeek(2);
    for (const looks of [0, 1, 3, 6, 12]) {
      let asked = 0;
      const isCancelled = () => {
        asked += 1;
        return asked > looks;
      };
      const solved = solvePlan(highs, tiny, exact, { ...quiet, isCancelled }, () => 0);
      expect(solved.bound).toBeGreaterThanOrEqual(bestAllowed(tiny) - 1e-6);
      expect(tiny.crewPlan.clash(solved.chosen)).toBeNull();
      if (solved.bound > solved.objective + 1e-6) expect(solved.stopped).toBe("time");
    }
  });

  test("nothing to choose from is an empty plan", () => {
    const none = fewOf(tinyWeek(1), 0, 1);
    expect(solvePlan(highs, none, exact, quiet, () => 0)).toEqual({
      chosen: [],
      objective: 0,
      bound: 0,
      stopped: "optimal",
    });
  });
});
