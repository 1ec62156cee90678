import type { ClosedTime } from "#core/patrols/closed-time.ts";
import { createCredit } from "#core/patrols/credit.ts";
import { createReachDoubt, reachedBy } from "#core/patrols/demand/reach-interval.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { windowFacts } from "#core/patrols/finish.ts";
import { createMeanHour } from "#core/patrols/floor.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import { whyHere, whyNow } from "#core/patrols/reasons.ts";
import { patrolDefaults } from "#core/patrols/settings.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import { lightAt } from "#server/patrols/light.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

/** What a changed window is worth, and why, as the planner would say it. */
export async function judgedWindow(
  tx: Transaction,
  services: Pick<Services, "db" | "zone" | "asAt"> & { readonly study: Neighbourhood },
  given: {
    readonly plan: Pick<PlanRow, "asAt">;
    readonly window: WindowRow;
    readonly closed: ClosedTime;
  },
): Promise<WindowRow> {
  const { zone, asAt } = services;
  const { plan, window, closed } = given;
  const demand = await knownDemand(tx, services, zone.startOfDate(plan.asAt));
  const { start, end, stops } = window;
  const { reachMinutes } = patrolDefaults;
  const credit = createCredit(demand, { zone, closed, start, end, reachMinutes });
  const reached = reachedBy(stops, credit.reachedFrom);
  const expected = [...reached.values()].reduce((all, each) => all + each, 0);
  const facts = windowFacts(demand, window, createMeanHour(demand, zone));
  const light = lightAt(window.zone, start, end);
  return {
    ...window,
    expected: Math.round(expected * 1e6) / 1e6,
    range: createReachDoubt(demand).intervalOf(reached, 1),
    whyHere: whyHere(facts, demandDefaults.recentDays / 7),
    whyNow: whyNow(facts, window, { zone, light, knownWeeks: demandDefaults.knownDays / 7 }),
    checkedAt: asAt.now(),
    checkedOk: true,
  };
}
