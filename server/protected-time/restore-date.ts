import { occurrenceOn } from "#core/protected-time/occurrences.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { datesOf } from "#core/protected-time/session.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import { hourMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import {
  deleteException,
  endSessions,
  loadSessions,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";
import { dayWords } from "#server/protected-time/words.ts";

type Visit = ReturnType<typeof occurrenceOn>;

/**
 * The cancelled dates that may take place after all: more than 24 hours ahead. Nearer than that a
 * date is either still closed, or it is a late session of its own.
 */
export function restorable({ zone, now }: Moment, session: SessionRow): Visit[] {
  if (session.endedAt !== null) return [];
  return session.exceptions
    .filter(({ date }) => datesOf(session.rule, date, date).includes(date))
    .map(({ date }) => occurrenceOn(zone, session.rule, date))
    .filter(
      ({ startsAt, closedFrom }) =>
        startsAt - now > lateHours * hourMs && closedFrom < horizonOf(now),
    );
}

/** Closes a cancelled date again; patrols that were agreed there since are withdrawn. */
export async function restoreDate(
  tx: Transaction,
  moment: Moment,
  { session, date }: { readonly session: SessionRow; readonly date: string },
): Promise<void> {
  if (!restorable(moment, session).some((visit) => visit.date === date)) {
    throw new Problem(
      422,
      "Not restored",
      `${dayWords(date)} is not a cancelled date more than ${lateHours} hours ahead: add a session for that day instead.`,
    );
  }
  await deleteException(tx, { sessionId: session.id, date });
  const instead = (await loadSessions(tx, { partnerId: session.partnerId }))
    .filter(({ movedFrom }) => movedFrom?.id === session.id && movedFrom.date === date)
    .map(({ id }) => id);
  // What took its stead is off; within 24 hours it stays closed as well.
  await endSessions(tx, instead, moment.now);
  await closeSessions(tx, moment, { ids: [session.id, ...instead], announce: false });
}
