import { staffingConflict } from "#core/patrols/staffing.ts";
import type { PatrolWindow } from "#core/patrols/window.ts";
import type { Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { planStaffing, withoutTitle } from "#server/patrols/known.ts";
import { shiftsOf } from "#server/patrols/moved-window.ts";
import type { PlanRow } from "#server/patrols/queries/plans.ts";
import { periodOf } from "#server/patrols/stored.ts";
import { Problem } from "#server/problem.ts";
import { calendarState } from "#server/protected-time/calendars.ts";

type Clocks = Pick<Services, "zone" | "asAt">;

/** Why a plan may not be worked with now, in words for police; null when the calendars are known. */
export async function calendarFault(
  tx: Transaction,
  { zone, asAt }: Clocks,
  plan: Pick<PlanRow, "startsOn" | "days">,
): Promise<string | null> {
  const calendars = await calendarState(tx, { zone, now: asAt.now(), ...periodOf(zone, plan) });
  return calendars.ok ? null : withoutTitle(calendars.reason);
}

/** Agreeing, moving, printing: each needs calendars as well known as a suggestion does (SAFEGUARDS 3). */
export async function refuseUnlessCalendarsKnown(
  tx: Transaction,
  clocks: Clocks,
  plan: Pick<PlanRow, "startsOn" | "days">,
  title: string,
): Promise<void> {
  const fault = await calendarFault(tx, clocks, plan);
  if (fault !== null) throw new Problem(409, title, fault);
}

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
