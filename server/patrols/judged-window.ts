import { getPosition } from "suncalc";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { createCredit } from "#core/patrols/candidates/credit.ts";
import { createMeanHour } from "#core/patrols/candidates/floor.ts";
import { createReachDoubt, reachedBy } from "#core/patrols/demand/reach-interval.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import type { Neighbourhood } from "#core/patrols/forecast/cell-shares.ts";
import type { ClosedTime } from "#core/patrols/ground/closed-time.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { windowFacts } from "#core/patrols/plan/finish.ts";
import { type Light, whyHere, whyNow } from "#core/patrols/plan/reasons.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { knownDemand } from "#server/patrols/demand-known.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

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

/** The sun's centre when its upper edge is on the horizon, and at the end of civil dusk. */
const horizonDegrees = -0.833;
const duskDegrees = -6;
const stepMs = 10 * minuteMs;

/** Light while the sun is up, dark after civil dusk; a summer night without one is light or in between. */
export function lightAt(cell: H3Cell, start: number, end: number): Light {
  const [lng, lat] = cellCentre(cell);
  let isAllLight = true;
  let isAllDark = true;
  for (let at = start; at <= end; at += stepMs) {
    const { altitude } = getPosition(new Date(at), lat, lng);
    if (altitude < horizonDegrees) isAllLight = false;
    if (altitude > duskDegrees) isAllDark = false;
  }
  if (isAllLight) return "light";
  return isAllDark ? "dark" : "partly dark";
}
