import type { Highs } from "highs";
import { beforeAll, expect, test } from "vitest";
import { splitPacking } from "#core/patrols/solve/split.ts";
import { createRandom } from "#core/random.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { tightRelaxation } from "#server/patrols/solver/tight-relaxation.ts";
import { bestAllowed } from "#tests/support/plan-part.ts";
import { tinyWeek } from "#tests/support/plan-week.ts";
import { runsOf } from "#tests/support/runs.ts";

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

test("no look, at the whole or day by day, puts the bound below the best plan there is", () => {
  let nearer = 0;
  let priced = 0;
  const seeds = runsOf(30, 5);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const week = tinyWeek(seed);
    const random = createRandom(seed);
    // Worth alike, so that options are taken in part and rows between days have a price.
    const values = week.packing.values.map(() => 0.5 + random.integer(100) / 1000);
    const packing = { ...week.packing, values };
    const groupOf = (option: number) => week.options[option]?.candidate.shift.date;
    const told: number[] = [];
    const tight = tightRelaxation(highs, {
      packing,
      crewPlan: week.crewPlan,
      groupOf,
      seconds: () => 20,
      isEnough: () => false,
      isOver: () => false,
      tell: (bound) => told.push(bound),
    });
    const best = bestAllowed({ ...week, packing });
    expect(Math.min(...told)).toBeGreaterThanOrEqual(best - 1e-6);
    expect(tight?.bound).toBe(Math.min(...told));
    expect(tight?.isWhole).toBe(true);
    const { joint } = splitPacking(packing, groupOf);
    priced += joint.some((row) => (tight?.prices[row] ?? 0) > 1e-6) ? 1 : 0;
    nearer += (tight?.bound ?? 0) < (told[0] ?? 0) - 1e-6 ? 1 : 0;
  }
  // A test of weeks in which nothing is shared, or nothing gets nearer, would say little.
  expect(priced).toBeGreaterThan(seeds / 6);
  expect(nearer).toBeGreaterThan(seeds / 6);
});
