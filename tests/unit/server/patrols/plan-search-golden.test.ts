import type { Highs } from "highs";
import { beforeAll, expect, test } from "vitest";
import { loadHighs, type SolveProgress } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { tinyWeek } from "#tests/support/plan-week.ts";
import { runsOf } from "#tests/support/runs.ts";

/**
 * Equal inputs and seed give an equal plan (DEFINITIONS, Plan), by the same steps: what the search told of and came to,
 * whole, near enough, and hurried by a clock that runs fast. After a change that is meant
 * it is written again with `npx vitest run -u`, and read: a plan may only be better and a bound nearer.
 */
let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

// Weeks for which the relaxation alone is not enough, so that branch and bound goes on.
const weeks = [
  [24, 3],
  [40, 9],
  [40, 2],
  [40, 5],
  [40, 19],
] as const;

// `npm run test:slow` goes through all of them.
test.each(weeks.slice(0, runsOf(weeks.length, 2)))(
  "the search goes the way that it went (%i options, seed %i)",
  async (count, seed) => {
    const week = tinyWeek(seed, count);
    const walk = (name: string, { gap = 0, seconds = 20, tick = 0, by = 1 }): string => {
      const told: SolveProgress[] = [];
      let at = 0;
      const tell = (one: SolveProgress) => told.push(one);
      const solved = solvePlan(highs, week, { gap, seconds }, tell, () => {
        at += tick;
        return at;
      });
      const steps = told.map((one) =>
        [one.seconds / by, one.objective, one.bound].map((value) => rounded(value)).join("/"),
      );
      const { chosen, objective, bound, stopped } = solved;
      const end = `${stopped} ${rounded(objective)} of ${rounded(bound)}: ${chosen.join()}`;
      return `${name}\n${end}\n${steps.join(" ")}`;
    };
    const lines = [
      walk("whole", {}),
      ...[0.005, 0.05, 0.3].map((gap) => walk(`gap ${gap}`, { gap })),
      ...[10, 40, 160, 700].map((tick) =>
        walk(`clock by ${tick} ms`, { tick: slower * tick, seconds: slower * 3, by: slower }),
      ),
    ];
    await expect(`${lines.join("\n\n")}\n`).toMatchFileSnapshot(
      `../../../golden/patrol/search-${seed}.txt`,
    );
  },
);

/**
 * A clock that runs fast leaves the solver little of its real time, and a busy machine may need it: so the clock and its
 * limit are both as many times as long.
 */
const slower = 1_000;

function rounded(value: number | null | undefined): string {
  return value === null || value === undefined ? "-" : String(Math.round(value * 1e5) / 1e5);
}
