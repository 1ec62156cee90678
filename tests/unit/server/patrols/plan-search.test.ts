import type { Highs } from "highs";
import { beforeAll, describe, expect, test } from "vitest";
import type { PreparedPlan } from "#core/patrols/plan/plan.ts";
import { mostOf } from "#core/patrols/solve/packing.ts";
import { splitPacking } from "#core/patrols/solve/split.ts";
import { createZone, hourMs, type Zone } from "#core/time/zone.ts";
import { loadHighs, type SolveProgress } from "#server/patrols/solver/highs.ts";
import { solvePlan } from "#server/patrols/solver/solve-plan.ts";
import { bestAllowed, fewOf } from "#tests/support/plan-part.ts";
import { brokenRules, type RuleWindow } from "#tests/support/plan-rules.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { noFloor, tinyWeek } from "#tests/support/plan-week.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

interface Worth extends RuleWindow {
  readonly value: number;
  readonly shift: { readonly start: number; readonly end: number };
}

/**
 * The best plan of a tiny instance by trying every set of its options against the rules themselves:
 * it knows nothing of rows, cliques or LP text.
 */
function bestByForce(prepared: PreparedPlan, given: { zone: Zone; units: number }): number {
  const windows = prepared.options.map(
    ({ candidate }): Worth => ({
      zone: candidate.zone,
      unit: 0,
      start: candidate.start,
      end: candidate.end,
      stops: candidate.stops,
      value: candidate.value,
      shift: candidate.shift,
    }),
  );
  const fits = (chosen: readonly RuleWindow[]) =>
    brokenRules(chosen, { ...given, anyUnit: true }).length === 0;
  const search = (index: number, chosen: readonly Worth[]): number => {
    const window = windows[index];
    if (!window) return worthOf(chosen, prepared);
    const without = search(index + 1, chosen);
    const grown = [...chosen, window];
    return fits(grown) ? Math.max(without, search(index + 1, grown)) : without;
  };
  return search(0, []);
}

/**
 * A second visit of a place in one shift loses a quarter of what two hours there bring in that shift on
 * average, a third one half, a fourth three quarters.
 */
function worthOf(chosen: readonly Worth[], { credit }: PreparedPlan): number {
  let worth = chosen.reduce((all, { value }) => all + value, 0);
  const visits = chosen.flatMap(({ stops, shift }) => stops.map(({ cell }) => ({ cell, shift })));
  const seen = new Map<string, number>();
  for (const { cell, shift } of visits) {
    const key = `${cell} ${shift.start}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const hours = (shift.end - shift.start) / hourMs;
    worth -=
      (Math.min(before, 3) / 4) * credit.expectedIn(cell, shift.start, shift.end) * (2 / hours);
  }
  return worth;
}

const zone = createZone("Europe/London");
const exact = { gap: 0, seconds: 20 };
const quiet = () => undefined;
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
    const tell = (one: SolveProgress) => told.push(one);
    let asked = 0;
    const clock = () => {
      asked += 1;
      return asked;
    };
    const tiny = tinyWeek(3);
    const solved = solvePlan(highs, tiny, exact, tell, clock);
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

  test("a search that is out of time keeps what it has, within its bound", () => {
    const tiny = tinyWeek(2);
    for (const looks of [1, 2, 4, 7, 13]) {
      let asked = 0;
      const clock = () => {
        asked += 1;
        return asked > looks ? 1e9 : 0;
      };
      const solved = solvePlan(highs, tiny, exact, quiet, clock);
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
