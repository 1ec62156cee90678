import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { attendedDuring } from "#server/protected-time/police-attended.ts";
import type { SessionDate } from "#server/protected-time/queries/kept-clear.ts";
import { patrolledIntervals } from "#server/protected-time/queries/occupancy.ts";
import { loadAttended } from "#server/protected-time/queries/police-attended.ts";
import type { SessionRow } from "#server/protected-time/queries/sessions.ts";

/** One visit that is over, and whether it was kept clear. */
export interface PastVisit {
  readonly session: SessionRow;
  readonly visit: Occurrence;
  readonly reported: boolean;
  /** A patrol was already under way when the session was saved: the one way the constraint leaves. */
  readonly patrolled: boolean;
  /** Police logged that they answered an emergency there. */
  readonly attended: boolean;
}

export function isKept({ reported, patrolled, attended }: PastVisit): boolean {
  return !(reported || patrolled || attended);
}

/**
 * The visits of these sessions that are over and not erased, judged: no planned patrol, none
 * reported. A visit counts from when the session was saved; one that was called off does not count.
 * Where patrols stood is read through the keeper's door.
 */
export async function pastVisits(
  tx: Transaction,
  { zone, now }: Moment,
  sessions: readonly SessionRow[],
  reports: readonly SessionDate[],
): Promise<PastVisit[]> {
  const visits: { session: SessionRow; visit: Occurrence }[] = [];
  for (const session of sessions) {
    const recorded = session.recordedUntil ?? -Infinity;
    const past = { from: Math.max(session.createdAt, recorded), to: now };
    for (const visit of occurrencesBetween(zone, session, past)) {
      const counts = visit.state === "planned" && visit.endsAt > session.createdAt;
      if (counts && visit.endsAt <= now && visit.closedTo > recorded) {
        visits.push({ session, visit });
      }
    }
  }
  const intervals = visits.map(({ session, visit }) => ({
    placeId: session.placeId,
    from: visit.closedFrom,
    to: visit.closedTo,
  }));
  const first = Math.min(now, ...intervals.map(({ from }) => from));
  const { patrolled, attended } = await tx.through("keeper", async (keeper) => ({
    patrolled: new Set(await patrolledIntervals(keeper, intervals)),
    attended: await loadAttended(keeper, first),
  }));
  const reported = new Set(reports.map(keyOf));
  return visits.map(({ session, visit }, position) => ({
    session,
    visit,
    reported: reported.has(keyOf({ sessionId: session.id, date: visit.date })),
    patrolled: patrolled.has(position),
    attended: attendedDuring(session, visit, attended).length > 0,
  }));
}

function keyOf({ sessionId, date }: SessionDate): string {
  return `${sessionId} ${date}`;
}
