import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { mostOf, packingValue } from "#core/patrols/solve/packing.ts";
import { rerouted } from "#core/patrols/solve/reroute.ts";
import { createRandom } from "#core/random.ts";
import { createZone } from "#core/time/zone.ts";
import { scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";
import { runsOf } from "#tests/support/runs.ts";

const zone = createZone("Europe/London");
const settings = { ...patrolDefaults, leastExpected: 0, leastTimesMeanHour: 0 };

describe("hours of units that are planned again", () => {
  test.prop([fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 3 })], {
    numRuns: runsOf(6, 3),
  })(
    "make no worse a plan, keep every row and every way, and are the same each time",
    (seed, units) => {
      const shifts = [{ startMinute: 17 * 60, endMinute: 25 * 60 - 1440 }];
      const input = scenarioInput(zone, {
        days: 1,
        units,
        shifts,
        seed,
        count: 120,
        dataSeed: seed,
      });
      const prepared = preparePlan(input, zone, settings);
      const { packing, options, travel, greedy, crewPlan } = prepared;
      let turns = 0;
      const run = (roundsInTime = (_done: number) => 40) =>
        rerouted({
          packing,
          options,
          travel,
          reduced: new Float64Array(packing.values.length),
          start: greedy,
          random: createRandom(seed),
          rounds: 40,
          roundsInTime,
          isEnough: () => false,
          isOver: () => {
            turns += 1;
            return false;
          },
        });
      const after = run();
      expect(packingValue(packing, after)).toBeGreaterThanOrEqual(packingValue(packing, greedy));
      for (const row of packing.rows) {
        const held = row.members.filter((member) => after.includes(member));
        expect(held.length).toBeLessThanOrEqual(mostOf(row));
      }
      expect(crewPlan.clash(after)).toBeNull();
      expect(run()).toEqual(after);
      // More than were asked for are never taken; fewer end it, cooled.
      turns = 0;
      expect(run((done) => 100 * done)).toEqual(after);
      expect(turns).toBe(40);
      turns = 0;
      const hurried = run(() => 11);
      expect(turns).toBe(11);
      expect(packingValue(packing, hurried)).toBeGreaterThanOrEqual(packingValue(packing, greedy));
    },
  );
});
