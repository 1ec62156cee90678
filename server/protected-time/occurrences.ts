import { occurrenceOn, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { datesOf } from "#core/protected-time/session.ts";
import type { OwnOccurrence } from "#core/protected-time/wire/outreach.ts";
import { addDays, formatInstant } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";

/** A month with the days of the weeks that it begins and ends in. */
const mostDays = 62;

export interface Days {
  readonly from: string;
  readonly to: string;
}

/** One partner's visits that start on these dates, in order; cancelled ones too, until they are erased. */
export async function occurrencesOf(
  tx: Transaction,
  moment: Moment,
  { partnerId, days }: { readonly partnerId: string; readonly days: Days },
): Promise<OwnOccurrence[]> {
  if (days.to < days.from || days.to > addDays(days.from, mostDays)) {
    throw new Problem(422, "Not read", `Ask for 1 to ${mostDays} days, the first of them first.`);
  }
  const sessions = await loadSessions(tx, { partnerId });
  return sessions
    .flatMap((session) => visitsOf(moment, session, days))
    .sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
}

function visitsOf({ zone }: Moment, session: SessionRow, { from, to }: Days): OwnOccurrence[] {
  const reach = { from: zone.startOfDate(from), to: zone.startOfDate(addDays(to, 2)) };
  const found = occurrencesBetween(zone, session, reach);
  const taking = new Set(found.map(({ date }) => date));
  const isOff = ({ date }: { readonly date: string }) =>
    session.endedAt === null && datesOf(session.rule, date, date).length > 0 && !taking.has(date);
  const cancelled = session.exceptions.filter(isOff).map(({ date }) => ({
    ...occurrenceOn(zone, session.rule, date),
    state: "cancelled" as const,
  }));
  const since = Math.max(session.createdAt, session.recordedUntil ?? -Infinity);
  return [...found, ...cancelled]
    .filter(({ date, closedTo }) => date >= from && date <= to && closedTo > since)
    .map(({ date, state, startsAt, endsAt, closedFrom, closedTo }) => ({
      sessionId: session.key,
      placeId: session.placeKey,
      date,
      startsAt: formatInstant(zone, startsAt),
      endsAt: formatInstant(zone, endsAt),
      closedFrom: formatInstant(zone, closedFrom),
      closedTo: formatInstant(zone, closedTo),
      state,
    }));
}
