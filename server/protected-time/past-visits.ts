import { type Occurrence, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import type { RecordReply } from "#core/protected-time/wire/outreach.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import { sureTime } from "#server/db/clock.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { attendedDuring } from "#server/protected-time/police-attended.ts";
import { patrolledIntervals } from "#server/protected-time/queries/occupancy.ts";
import {
  addKeptClear,
  loadAttended,
  loadKeptClear,
  type SessionDate,
} from "#server/protected-time/queries/past-visits.ts";
import {
  loadPoliceCame,
  loadSessions,
  type SessionRow,
} from "#server/protected-time/queries/sessions.ts";

/** One visit that is over, and whether it was kept clear. */
interface PastVisit {
  readonly session: SessionRow;
  readonly visit: Occurrence;
  readonly reported: boolean;
  /** A patrol was already under way when the session was saved: the one way the constraint leaves. */
  readonly patrolled: boolean;
  /** Police logged that they answered an emergency there. */
  readonly attended: boolean;
}

function isKept({ reported, patrolled, attended }: PastVisit): boolean {
  return !(reported || patrolled || attended);
}

/**
 * The visits of these sessions that are over, by the database's clock too, and not erased, judged: no planned
 * patrol, none reported. A visit counts from when the session was saved; one that was called off does not count.
 * Where patrols stood is read through the keeper's door.
 */
export async function pastVisits(
  tx: Transaction,
  moment: Moment,
  sessions: readonly SessionRow[],
  reports: readonly SessionDate[],
): Promise<PastVisit[]> {
  const { zone } = moment;
  const now = Math.min(moment.now, await sureTime(tx));
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

/** How many visits of each session were kept clear, and how many were not. */
export function countBySession(visits: readonly PastVisit[]) {
  const counts = new Map<string, { kept: number; not: number }>();
  for (const past of visits) {
    const count = counts.get(past.session.id) ?? { kept: 0, not: 0 };
    count[isKept(past) ? "kept" : "not"] += 1;
    counts.set(past.session.id, count);
  }
  return counts;
}

/** Before visits are erased: all that is left of them is whether they were kept clear. */
export async function keepRecord(tx: Transaction, visits: readonly PastVisit[]): Promise<void> {
  const partners = new Set(visits.map(({ session }) => session.partnerId));
  await tx.through("keeper", async (keeper) => {
    for (const partnerId of partners) {
      const own = visits.filter(({ session }) => session.partnerId === partnerId);
      const kept = own.filter(isKept).length;
      await addKeptClear(keeper, { partnerId, kept: true, count: kept });
      await addKeptClear(keeper, { partnerId, kept: false, count: own.length - kept });
    }
  });
}

/**
 * Past sessions of one partner and whether each was kept clear: no planned patrol, none reported.
 * Those that are erased count on, without a row.
 */
export async function keptClearRecord(
  tx: Transaction,
  moment: Moment,
  partnerId: string,
): Promise<RecordReply> {
  const { zone, now } = moment;
  const came = await loadPoliceCame(tx, partnerId);
  const sessions = await loadSessions(tx, { partnerId });
  const visits = await pastVisits(tx, moment, sessions, came);
  visits.sort((a, b) => b.visit.startsAt - a.visit.startsAt);
  const reports = new Map(came.map((report) => [`${report.sessionId} ${report.date}`, report]));
  const rows = visits.map((past): RecordReply["rows"][number] => {
    const { session, visit } = past;
    const report = reports.get(`${session.id} ${visit.date}`);
    const takeBackUntil = (report?.reportedAt ?? -Infinity) + takeBackMinutes * minuteMs;
    return {
      sessionId: session.key,
      placeId: session.placeKey,
      date: visit.date,
      startsAt: formatInstant(zone, visit.startsAt),
      endsAt: formatInstant(zone, visit.endsAt),
      kept: isKept(past),
      reason: reasonOf(past),
      readAt: report?.readAt == null ? null : formatInstant(zone, report.readAt),
      takeBackUntil: takeBackUntil < now ? null : formatInstant(zone, takeBackUntil),
    };
  });
  return summarise(rows, await loadKeptClear(tx, partnerId));
}

function reasonOf({ reported, patrolled, attended }: PastVisit): string {
  if (reported) return "You reported that police came.";
  if (attended) return "Police logged that they attended an emergency there.";
  return patrolled ? "A patrol was under way when you told police; it was called off." : "";
}

function summarise(
  rows: RecordReply["rows"],
  erased: { readonly kept: number; readonly not: number },
): RecordReply {
  const listed = rows.filter((row) => !row.kept).length;
  const kept = rows.length - listed + erased.kept;
  const of = rows.length + erased.kept + erased.not;
  if (of === 0) return { kept, of, rows, sentence: "No session has ended yet." };
  const detail = detailOf(listed, erased.not);
  return { kept, of, rows, sentence: `Kept clear: ${kept} of ${of}. ${detail}` };
}

function detailOf(listed: number, erased: number): string {
  if (listed + erased === 0) return "No planned patrol, none reported.";
  if (erased === 0) return `${listed} not: see the list.`;
  const before = `longer ago than ${sessionDays} days`;
  if (listed === 0) return `${erased} not, ${before}.`;
  return `${listed + erased} not: ${listed} in the list, ${erased} ${before}.`;
}
