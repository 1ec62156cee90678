import { staffingConflict } from "#core/patrols/staffing.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { planStaffing } from "#server/patrols/known.ts";
import { shiftsOf } from "#server/patrols/moved-window.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";

/** Why a window's unit cannot go as the staffing stands; null when it can, or where nobody said. */
export type AskStaffing = (window: PatrolWindow) => string | null;

export async function askStaffing(
  tx: Transaction,
  zone: Zone,
  {
    startsOn,
    days,
    options,
    shifts: texts,
  }: Pick<PlanRow, "startsOn" | "days" | "options" | "shifts">,
): Promise<AskStaffing> {
  // A plan that was asked for without staffing goes by its number of units.
  if (options?.useStaffing === false) return () => null;
  const staffing = await planStaffing(tx, zone, { from: startsOn, days });
  const shifts = shiftsOf(zone, { startsOn, days, shifts: texts });
  return (window) => {
    const shift = shifts.find(({ start, end }) => start <= window.start && window.end <= end);
    const isStaffed = shift !== undefined && (staffing?.dates.includes(shift.date) ?? false);
    return isStaffed ? staffingConflict(window, staffing?.duties ?? []) : null;
  };
}
