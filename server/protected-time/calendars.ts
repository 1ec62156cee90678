import {
  type CalendarKnowledge,
  type CalendarState,
  judgeCalendars,
  type PlanPeriod,
} from "#core/protected-time/freshness.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { horizonWeeks } from "#core/protected-time/settings.ts";
import { addDays, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import {
  type CalendarRow,
  insertCalendarReport,
  loadCalendars,
} from "#server/protected-time/queries/partners.ts";
import { dayWords } from "#server/protected-time/words.ts";

/** Whether a plan may be made for this period, knowing what was known on the day of `now`. */
export async function calendarState(
  tx: Transaction,
  { zone, ...period }: PlanPeriod & { readonly zone: Zone },
): Promise<CalendarState> {
  const calendars = await tx.through("keeper", (keeper) =>
    knownCalendars(keeper, { zone, now: period.now }),
  );
  return judgeCalendars(zone, [...calendars.values()], period);
}

/** By partner. */
export async function knownCalendars(
  tx: Transaction,
  moment: Moment,
): Promise<Map<string, CalendarKnowledge>> {
  const rows = await loadCalendars(tx, { before: endOfDay(moment) });
  return new Map(rows.map((row) => [row.partnerId, knowledgeOf(row)]));
}

export async function calendarOf(
  tx: Transaction,
  moment: Moment,
  partnerId: string,
): Promise<CalendarKnowledge> {
  const [row] = await loadCalendars(tx, { before: endOfDay(moment), partnerId });
  return row === undefined ? { report: null, knownUntil: null } : knowledgeOf(row);
}

/**
 * The partner says that its calendar is complete, and perhaps that nothing will change until a
 * date; not beyond the horizon, for a plan there would be refused anyway.
 */
export async function confirmCalendar(
  tx: Transaction,
  { zone, now }: Moment,
  confirmation: { readonly partnerId: string; readonly pausedUntil?: string | null },
): Promise<void> {
  const pausedUntil = confirmation.pausedUntil ?? null;
  if (pausedUntil !== null) {
    const last = zone.dateOf(horizonOf(now));
    if (pausedUntil < zone.dateOf(now) || pausedUntil > last) {
      throw new Problem(
        422,
        "Not confirmed",
        `Choose a day from today to ${dayWords(last)}: protected time is known ${horizonWeeks} weeks ahead.`,
      );
    }
  }
  await insertCalendarReport(tx, {
    partnerId: confirmation.partnerId,
    now,
    state: "confirmed",
    detail: null,
    pausedUntil,
  });
}

/** No plan until the partner confirms again or a readable calendar comes in. */
export function reportUnreadable(
  tx: Transaction,
  report: { readonly partnerId: string; readonly now: number; readonly detail: string },
): Promise<void> {
  return insertCalendarReport(tx, { ...report, state: "unreadable", pausedUntil: null });
}

/** A confirmation made later on the as-at day counts: the demonstration repeats its day. */
function endOfDay({ zone, now }: Moment): number {
  return zone.startOfDate(addDays(zone.dateOf(now), 1));
}

function knowledgeOf(row: CalendarRow): CalendarKnowledge {
  const { state, reportedAt: at, knownUntil, pausedUntil } = row;
  if (state === null || at === null) return { report: null, knownUntil };
  const report = state === "confirmed" ? { state, at, pausedUntil } : { state, at };
  return { report, knownUntil };
}
