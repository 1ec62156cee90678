import type { H3Cell } from "#core/geo/cell.ts";
import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import type { OwnAttendedReply } from "#core/protected-time/wire/police.ts";
import { dayMs, formatInstant, hourMs, minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import {
  type AttendedRow,
  deleteAttended,
  insertAttended,
  loadAttended,
} from "#server/protected-time/queries/past-visits.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { partnerTimeSeenFrom } from "#server/protected-time/words.ts";

/** The longest that one line may say. */
const longestHours = 12;
/** Clocks of phones are not all right. */
const aheadMinutes = 5;

export interface Attendance {
  readonly cell: H3Cell;
  /** As it was chosen from the list of places; null where a cell was chosen. */
  readonly place: string | null;
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/**
 * Logs that police attended an emergency. Whether a session was near is not looked at here: the answer
 * must be the same, and nothing may hold it up.
 */
export async function logAttended(
  tx: Transaction,
  { now }: Moment,
  { cell, place, from, to, by }: Attendance,
): Promise<void> {
  const fault = faultOf({ from, to, now });
  if (fault !== null) throw new Problem(422, "Not logged", fault);
  await insertAttended(tx, { cell, place, from, to, loggedAt: now, by });
}

function faultOf({ from, to, now }: { from: number; to: number; now: number }): string | null {
  if (to <= from) return "The end must be after the start.";
  if (to - from > longestHours * hourMs) {
    return `One entry covers up to ${longestHours} hours. Log a longer attendance in parts.`;
  }
  if (from > now + aheadMinutes * minuteMs) {
    return "This is in the future. Log an emergency after it has been answered.";
  }
  if (from < now - sessionDays * dayMs) {
    return `Sessions are erased after ${sessionDays} days, so nothing is left that this would belong to.`;
  }
  return null;
}

export async function takeBackAttended(
  tx: Transaction,
  { now }: Moment,
  key: string,
): Promise<void> {
  if (await deleteAttended(tx, { key, since: now - takeBackMinutes * minuteMs })) return;
  throw new Problem(
    409,
    "Not undone",
    `There is no such entry from the last ${takeBackMinutes} minutes.`,
  );
}

/** Those that touched a visit: in its footprint, while it was closed and known. */
export function attendedDuring(
  session: Pick<SessionRow, "cells" | "createdAt">,
  visit: Pick<Occurrence, "closedFrom" | "closedTo">,
  attended: readonly AttendedRow[],
): AttendedRow[] {
  const from = Math.max(visit.closedFrom, session.createdAt);
  return attended.filter(
    (one) => one.from < visit.closedTo && one.to > from && session.cells.includes(one.cell),
  );
}

/** What a partner reads of emergencies at its own sessions, those that go on included. */
export async function ownAttended(
  tx: Transaction,
  { zone, now }: Moment,
  partnerId: string,
): Promise<OwnAttendedReply> {
  const since = now - sessionDays * dayMs;
  const sessions = await loadSessions(tx, { partnerId });
  const attended = await tx.through("keeper", (keeper) => loadAttended(keeper, since));
  const touched = sessions.flatMap((session) =>
    occurrencesBetween(zone, session, { from: since, to: now + hourMs })
      .filter(({ state }) => state === "planned")
      .flatMap((visit) =>
        attendedDuring(session, visit, attended).map((one) => ({ session, visit, one })),
      ),
  );
  touched.sort((a, b) => b.one.from - a.one.from);
  return {
    attended: touched.map(({ session, visit, one }) => ({
      sessionId: session.key,
      date: visit.date,
      from: formatInstant(zone, one.from),
      to: formatInstant(zone, one.to),
      sentence: attendedSentence({ zone, now }, one),
    })),
  };
}

/** "Police attended an emergency there: Friday 26 November, 9:10pm." */
function attendedSentence({ zone, now }: Moment, { from }: AttendedRow): string {
  return `Police attended an emergency there: ${partnerTimeSeenFrom(zone, from, now)}.`;
}
