import { z } from "zod";
import {
  type CalendarKnowledge,
  type CalendarState,
  isFresh,
  judgeCalendars,
  type PlanPeriod,
} from "#core/protected-time/freshness.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { horizonWeeks } from "#core/protected-time/settings.ts";
import type { CalendarReply, CalendarStanding } from "#core/protected-time/wire/calendar.ts";
import { isTimeDoubted } from "#core/time/clock-doubt.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { lastDoubt } from "#server/db/clock.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import { extendClosures, type Moment } from "#server/protected-time/close-sessions.ts";
import { readLeaving } from "#server/protected-time/leaving.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { calendarOf, knownCalendars } from "#server/protected-time/queries/calendars.ts";
import { dayWords, partnerTimeSeenFrom } from "#server/protected-time/words.ts";

/** Whether plans may be made, by what was known at `now`. */
export async function calendarState(
  tx: Transaction,
  { zone, ...period }: PlanPeriod & { readonly zone: Zone },
): Promise<CalendarState> {
  const calendars = await tx.through("keeper", (keeper) =>
    knownCalendars(keeper, { zone, now: period.now }),
  );
  return judgeCalendars(zone, [...calendars.values()], period);
}

/**
 * The partner confirms that its calendar is complete, and optionally that nothing will change until
 * a date; at most the horizon, beyond which plans are refused anyway.
 */
export async function confirmCalendar(
  tx: Transaction,
  { zone, now }: Moment,
  word: { readonly partnerId: string; readonly pausedUntil?: string | null },
): Promise<void> {
  const { partnerId, pausedUntil = null } = word;
  const last = zone.dateOf(horizonOf(now));
  if (pausedUntil !== null && (pausedUntil < zone.dateOf(now) || pausedUntil > last)) {
    const detail = `Choose a day from today to ${dayWords(last)}: protected time is known ${horizonWeeks} weeks ahead.`;
    throw new Problem(422, "Not confirmed", detail);
  }
  const report = { partnerId, reportedAt: new Date(now), state: "confirmed", pausedUntil };
  await tx.run(insertInto("calendar_report", report));
}

/** No plan until the partner confirms again or a readable calendar comes in. */
export function reportUnreadable(
  tx: Transaction,
  { now, ...report }: { readonly partnerId: string; readonly now: number; readonly detail: string },
): Promise<void> {
  const fields = { ...report, reportedAt: new Date(now), state: "unreadable" };
  return tx.run(insertInto("calendar_report", fields));
}

export function calendarStanding(
  { zone, now }: Moment,
  report: CalendarKnowledge["report"],
): CalendarStanding {
  if (report?.state !== "confirmed") {
    return { state: report?.state ?? "never", confirmedAt: null, pausedUntil: null };
  }
  const isStill = isFresh(zone, report, { planFrom: now, planTo: now + 1, now });
  return {
    state: isStill ? "confirmed" : "lapsed",
    confirmedAt: formatInstant(zone, report.at),
    pausedUntil: report.pausedUntil,
  };
}

/** A reminder stays until the partner confirms. */
export const readOwnCalendar = (act: Act) => asPartner(act, (own) => ownCalendar(own, act));

export const confirmOwnCalendar = (act: Act, pausedUntil: string | null) =>
  asPartner(act, async (own) => {
    // Happens at least weekly: a good moment to extend closures to the horizon.
    await extendClosures(own.tx, own);
    await confirmCalendar(own.tx, own, { partnerId: own.partnerId, pausedUntil });
    return ownCalendar(own, act);
  });

async function ownCalendar(own: Own, { asAt }: Act): Promise<CalendarReply> {
  const { tx, partnerId, zone, now } = own;
  const { report } = await calendarOf(tx, own, partnerId);
  const remindedAt = await tx.value(
    z.number(),
    sql`select asked_at from calendar_reminder where partner_id = ${partnerId}`,
  );
  const isOpen = remindedAt !== null && (report === null || remindedAt > report.at);
  const leaving = await readLeaving(tx, partnerId);
  const standing = calendarStanding(own, report);
  const saidAt = report && partnerTimeSeenFrom(zone, report.at, now);
  // With a clock in doubt, currency cannot be stated.
  const asOf = `${isTimeDoubted(lastDoubt(asAt)) ? "Confirmed" : "Up to date as of"} ${saidAt}.`;
  const sentences = {
    never: "Not confirmed yet: enter your sessions, then confirm that they are complete.",
    unreadable: "Your last calendar could not be read in full: check your sessions, then confirm.",
    confirmed: asOf,
    lapsed: `${asOf} Please confirm again: until then police and wardens keep clear an hour longer on each side.`,
  };
  return {
    ...standing,
    remindedAt: isOpen ? formatInstant(zone, remindedAt) : null,
    sentence: sentences[standing.state],
    leaving: leaving && { erasedFrom: leaving.dueAt, askedBy: leaving.askedBy },
  };
}
