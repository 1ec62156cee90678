import { parentCell, zoneResolution } from "#core/geo/cell.ts";
import { countedVisits, spentVisits } from "#core/patrols/spent-visits.ts";
import type { PatrolWindow, Visit } from "#core/patrols/window.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { plannedWindows } from "#server/patrols/queries/patrol-windows.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";
import { periodOf } from "#server/patrols/stored.ts";
import { loadLoggedVisits } from "#server/patrols/visits.ts";

/**
 * Logged visits around a plan that no planned stop stands for: caps count agreed and logged
 * (DEFINITIONS, Plan), whether the planner or a sergeant places a window.
 */
export async function loggedBeside(
  tx: Transaction,
  zone: Zone,
  plan: Pick<PlanRow, "startsOn" | "days">,
): Promise<readonly Visit[]> {
  const { planFrom, planTo } = periodOf(zone, plan);
  const span = { from: planFrom - 7 * dayMs, to: planTo + 7 * dayMs };
  const planned = spentVisits(await plannedWindows(tx, span));
  const logged = await loadLoggedVisits(tx, span);
  return countedVisits(planned, logged).slice(planned.length);
}

/** Of no unit that could be in the way: they count towards visits alone. */
export function asStanding(visits: readonly Visit[]): PatrolWindow[] {
  return visits.map((visit) => ({
    zone: parentCell(visit.cell, zoneResolution),
    unit: 0,
    start: visit.arrive,
    end: visit.depart,
    stops: [visit],
  }));
}
