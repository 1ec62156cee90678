import { describe, expect, test } from "vitest";
import { parentCell } from "#core/geo/cell.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { finishPlan } from "#core/patrols/plan/finish.ts";
import type { PlanInput } from "#core/patrols/plan/plan.ts";
import { busiestZones } from "#core/patrols/plan/plan-ground.ts";
import type { EdgeCells } from "#core/patrols/plan/watch.ts";
import { createZone } from "#core/time/zone.ts";
import { brokenRules } from "#tests/support/plan-rules.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

const zone = createZone("Europe/London");
const days = 3;
const quiet = scenarioInput(zone, { days, closed: [] });

/** The twelfth busiest place of the command as an edge under alert: nobody goes there for its own sake first. */
const edge: EdgeCells = (() => {
  const { demand } = preparePlan(quiet, zone);
  const place = busiestZones(demand)[11];
  const cells = demand.cells.filter((cell) => parentCell(cell, 9) === place);
  return { neighbour: "The next borough", isInternal: false, cells, since: null };
})();

function planned(input: PlanInput) {
  const prepared = preparePlan(input, zone, {
    ...patrolDefaults,
    leastExpected: 1,
    leastOfBest: 2,
  });
  return finishPlan(prepared, prepared.greedy, zone);
}

describe("an edge zone under alert", () => {
  test("is looked at once a day, whatever it is worth, and by every other rule", () => {
    expect(edge.cells.length).toBeGreaterThan(1);
    // With a floor that no window reaches, only what is watched is left.
    expect(planned(quiet).windows).toEqual([]);
    const { windows, objective } = planned({ ...quiet, watch: [edge] });
    expect(windows.map(({ purpose }) => purpose)).toEqual(["watch", "watch", "watch"]);
    expect(new Set(windows.map(({ shiftStart }) => zone.dateOf(shiftStart))).size).toBe(days);
    for (const { stops } of windows) {
      for (const { cell } of stops) expect(edge.cells).toContain(cell);
    }
    expect(brokenRules(windows, { zone, units: quiet.request.units })).toEqual([]);
    const reached = windows.reduce((all, { expected }) => all + expected, 0);
    expect(objective).toBeCloseTo(reached, 6);
  });

  test("is not looked at while it is closed, and two edges that share it are one visit", () => {
    const first = zone.startOfDate(quiet.request.from);
    const closed = [{ from: first, to: first + 5 * 86_400_000, cells: edge.cells }];
    expect(planned({ ...quiet, closed, watch: [edge] }).windows).toEqual([]);
    const twice = planned({ ...quiet, watch: [edge, { ...edge, neighbour: "Another borough" }] });
    const seen = twice.windows.flatMap(({ stops, shiftStart }) =>
      stops.map(({ cell }) => `${zone.dateOf(shiftStart)} ${cell}`),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });
});
