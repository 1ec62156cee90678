import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { gapOf } from "#core/patrols/solve/split.ts";
import { createZone } from "#core/time/zone.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";
import { isWhole } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const noFloor = { ...patrolDefaults, leastExpected: 0, leastTimesMeanHour: 0 };
const quiet = () => undefined;
let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

describe("why the search ended", () => {
  const prepared = (of: Parameters<typeof scenarioInput>[1], settings = patrolDefaults) =>
    preparePlan(scenarioInput(zone, of), zone, settings);
  const late = [{ startMinute: 20 * 60, endMinute: 24 * 60 }];

  const large = prepared({ days: 1, units: 3, count: 900 }, noFloor);

  test("a plan that is good enough at once did not run out of time", () => {
    const night = { days: 1, units: 1, count: 100, seed: 4, dataSeed: 4, shifts: late };
    const limits = { gap: 0.1, seconds: 10 };
    const solved = solvePlan(
      highs,
      prepared({ ...night, from: "2021-12-03" }),
      limits,
      quiet,
      () => 0,
    );
    expect(gapOf(solved.objective, solved.bound)).toBeLessThanOrEqual(limits.gap);
    expect(solved.stopped).toBe("gap");
  });

  test.runIf(isWhole)(
    "rounds that are used up are no lack of time, and make the same plan again",
    () => {
      expect(large.options.length).toBeGreaterThan(2_500);
      const limits = { gap: 0, seconds: 600 };
      const solve = (of: typeof large) => solvePlan(highs, of, limits, quiet, () => 0);
      const one = solve(large);
      expect(one.bound).toBeGreaterThan(one.objective);
      expect(one.stopped).toBe("gap");
      expect(solve(large)).toEqual(one);
    },
  );

  test("a clock that runs out before the plan is good enough is named, in each step", () => {
    const limits = { gap: 0, seconds: 10 };
    for (const calls of [1, 8, 40]) {
      let asked = 0;
      const clock = () => {
        asked += 1;
        return asked > calls ? 60_000 : 0;
      };
      const solved = solvePlan(highs, large, limits, quiet, clock);
      expect(solved.stopped, `after ${calls} looks`).toBe("time");
    }
  });
});
