import { occurrenceOn, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import { addDays, dayMs, hourMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import {
  countBySession,
  keepRecord,
  pastVisits,
  type SessionDate,
} from "#server/protected-time/past-visits.ts";
import { deleteOldAttended } from "#server/protected-time/police-attended.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import * as sql from "#server/upkeep/queries/retention.ts";

/** How much was erased, and nothing of what it was. */
export interface SessionErasure {
  readonly sessions: number;
  /** Of which whether they were kept clear is left. */
  readonly visits: number;
  readonly exceptions: number;
  readonly reports: number;
  readonly notices: number;
  /** Emergencies that police logged. */
  readonly attended: number;
  readonly protectedRows: number;
}

/** A visit that ended at the cutoff began at most a day and its margins before: what touched it stays. */
const attendedMarginDays = 2;

/**
 * Erases what ended 14 days ago: single sessions and those that do not go on as a whole, of the others
 * their past. Before that each past visit is counted as kept clear or not. Sessions, their dates and reports are sealed
 * first, and gone for good 7 days later.
 */
export async function eraseSessions(tx: Transaction, moment: Moment): Promise<SessionErasure> {
  const cutoff = moment.now - sessionDays * dayMs;
  await lockOccupancy(tx);
  const { sessions, reports } = await tx.through("keeper", async (keeper) => ({
    sessions: await loadSessions(keeper, {}),
    reports: await sql.loadReports(keeper),
  }));
  const past = await pastVisits(tx, moment, sessions, reports);
  const visits = past.filter(({ visit }) => visit.closedTo <= cutoff);
  await keepRecord(tx, visits);

  const ended = sessions.filter((session) => isOver(moment, session, cutoff)).map(({ id }) => id);
  // One that is not over by the database's rule waits for its day and holds up no other.
  const over = new Set(await tx.through("keeper", (keeper) => sql.overByDatabase(keeper, ended)));
  const goingOn = new Map(sessions.filter(({ id }) => !over.has(id)).map((one) => [one.id, one]));
  const isErased = ({ sessionId, date }: SessionDate) => {
    const session = goingOn.get(sessionId);
    return session !== undefined && closedTo(moment, session, date) <= cutoff;
  };
  const exceptions = [...goingOn.values()]
    .flatMap(({ id, exceptions }) => exceptions.map(({ date }) => ({ sessionId: id, date })))
    .filter(isErased);
  const oldReports = reports.filter(isErased);
  const touched = new Set([
    ...visits.map(({ session }) => session.id),
    ...[...exceptions, ...oldReports].map(({ sessionId }) => sessionId),
  ]);
  const changed = [...new Set([...touched, ...over])];
  await sql.insertSealedCounts(tx, changed, countBySession(visits));
  // Without its exceptions a date would come back: what lies before is not worked out again.
  await sql.setRecordedUntil(tx, changed, cutoff);
  await sql.sealSessions(tx, [...over]);
  await sql.deleteSealed(tx);
  return {
    sessions: over.size,
    visits: visits.length,
    exceptions: await sql.sealDates(tx, "session_exception", exceptions),
    reports: await sql.sealDates(tx, "police_came", oldReports),
    notices: await sql.deleteNotices(tx, cutoff),
    attended: await deleteOldAttended(tx, cutoff - attendedMarginDays * dayMs),
    protectedRows: await sql.deletePastProtected(tx, cutoff),
  };
}

function closedTo({ zone }: Moment, { rule }: SessionRow, date: string): number {
  return occurrenceOn(zone, rule, date).closedTo;
}

/** No moment from the cutoff on is closed by it, nor will be. */
function isOver({ zone }: Moment, session: SessionRow, cutoff: number): boolean {
  const last = lastPossibleDate({ zone }, session);
  if (last === null) return false;
  // A visit that starts on that day ends with its margin on the next, or just after.
  const to = zone.startOfDate(addDays(last, 3));
  return to <= cutoff || occurrencesBetween(zone, session, { from: cutoff, to }).length === 0;
}

/** The last date that it may start on, being called off included; null where it goes on. */
function lastPossibleDate(
  { zone }: Pick<Moment, "zone">,
  { rule, endedAt }: SessionRow,
): string | null {
  const byRule = rule.repeats === "once" ? rule.firstDate : rule.until;
  if (endedAt === null) return byRule;
  const byEnd = zone.dateOf(endedAt + lateHours * hourMs);
  return byRule !== null && byRule < byEnd ? byRule : byEnd;
}
