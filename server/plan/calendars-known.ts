import type { Services } from "#server/context.ts";
import type { Transaction } from "#server/db/database.ts";
import { calendarState } from "#server/outreach/calendars.ts";
import { withoutTitle } from "#server/plan/known.ts";
import { periodOf } from "#server/plan/stored.ts";
import { Problem } from "#server/problem.ts";
import type { PlanRow } from "#server/queries/plans.ts";

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
