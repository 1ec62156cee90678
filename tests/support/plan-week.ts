import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import type { PreparedPlan } from "#core/patrols/plan/plan.ts";
import { createZone, dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import { fewOf } from "#tests/support/plan-part.ts";
import { scenarioCells, scenarioInput } from "#tests/support/plan-scenario.ts";
import { preparePlan } from "#tests/support/prepared-plan.ts";

const zone = createZone("Europe/London");
/** What a window must be worth is another rule. */
export const noFloor = { ...patrolDefaults, leastExpected: 0, leastTimesMeanHour: 0 };

/** So many visits of every place on the Monday and Tuesday before: the week's cap is near. */
function visitsBefore(count: number): Visit[] {
  const monday = zone.startOfDate("2021-11-29");
  return scenarioCells().flatMap((cell) =>
    Array.from({ length: count }, (_, at): Visit => {
      const arrive = monday + (at % 8) * 2.5 * hourMs + Math.floor(at / 8) * dayMs;
      return { cell, arrive, depart: arrive + 15 * minuteMs };
    }),
  );
}

/** Three days that share the week's caps, of so many options. */
export function tinyWeek(seed: number, count = 13): PreparedPlan {
  const input = scenarioInput(zone, {
    from: "2021-12-01",
    days: 3,
    units: 1 + (seed % 2),
    shifts: [{ startMinute: 21 * 60, endMinute: 60 }],
    seed,
    count: 60,
    dataSeed: seed,
    closed: [],
  });
  const visits = visitsBefore(14 + (seed % 2));
  return fewOf(preparePlan({ ...input, visits }, zone, noFloor), count, seed);
}
