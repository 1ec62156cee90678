import type { Services } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { withoutTitle } from "#server/patrols/known.ts";
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
