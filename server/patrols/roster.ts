import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import type { PlanStaffing } from "#core/patrols/duty/crew.ts";
import { readStaffing } from "#core/patrols/duty/staffing.ts";
import { shiftsOf } from "#core/patrols/ground/shift.ts";
import type { Ground } from "#core/patrols/plan/judge.ts";
import { addDays, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";
import { loadStaffing, staffedDates } from "#server/patrols/queries/staffing.ts";

/** Patrol partners go by their own hours, whether or not police are planned by theirs. */
export async function planStaffing(
  tx: Transaction,
  zone: Zone,
  { from, days }: PlanDays,
  ofPolice = true,
): Promise<PlanStaffing | null> {
  const dates = ofPolice ? await staffedDates(tx, { from, days }) : [];
  const around = { from: addDays(from, -1), days: days + 1 };
  const { duties } = readStaffing(zone, await loadStaffing(tx, around));
  const known = duties.filter(({ patrolPartner }) => dates.length > 0 || patrolPartner);
  return known.length === 0 ? null : { dates, duties: known };
}

/** By staffing, or by the number of units where asked for without it. */
export async function planRoster(
  tx: Transaction,
  zone: Zone,
  plan: PlanDays & Pick<PlanRow, "options" | "shifts">,
): Promise<Pick<Ground, "shifts" | "staffing">> {
  const staffing = await planStaffing(tx, zone, plan, plan.options?.useStaffing !== false);
  return { shifts: shiftsOf(zone, plan), staffing };
}
