import { expect, test } from "vitest";
import type { H3Cell } from "#core/geo/cell.ts";
import { routeCells } from "#core/patrols/ground/leg.ts";
import { formatLocal } from "#core/time/zone.ts";
import type { PlanSolver } from "#server/patrols/solver/solver.ts";
import type { Suggestion } from "#server/patrols/stored.ts";
import { suggestPlan } from "#server/patrols/suggest.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/outreach.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk } from "#tests/support/plan-desk.ts";

onEachEngine(
  "a calendar that changes while the planner runs",
  ({ db }) => {
    const desk = planDesk(db);

    test("what the new session takes is left out of the plan, with no other word than that it is gone", async () => {
      const held = new Set<H3Cell>(desk.partner().place.cells);
      // The same request makes the same plan: a session over one of its windows takes that and perhaps others.
      const before = desk.meeting(await desk.suggest({ from: "2021-12-09" }));
      const [from, to] = [Date.parse(before.start), Date.parse(before.end)];
      const clock = (at: number) => formatLocal(london.toLocal(at)).slice(0, 16);
      const meets = ({ windows }: Suggestion) =>
        windows.filter(
          ({ start, end, stops }) =>
            start < to &&
            end > from &&
            routeCells(stops.map(({ cell }) => cell)).some((cell) => held.has(cell)),
        );
      const { solver } = desk.services();
      const slow: PlanSolver = {
        ...solver,
        solve: async (job) => {
          const solved = await solver.solve(job);
          await desk.closeDuring(clock(from), clock(to));
          return solved;
        },
      };
      const first: Suggestion[] = [];
      const { signal } = new AbortController();
      const request = { from: "2021-12-09", days: 1, units: 2, seed: 1 };
      const made = await suggestPlan({ ...desk.services(), solver: slow }, request, {
        signal,
        onFirst: (suggestion) => first.push(suggestion),
      });
      // Before it was saved the planner went there.
      expect(first.flatMap(meets).length).toBeGreaterThan(0);
      expect(meets(made)).toEqual([]);
      expect(made.plan.refused.map(({ reason }) => reason)).toContain("no longer available");
    });
  },
  fillManyReports,
);
