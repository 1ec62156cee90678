import { type Occurrence, occurrencesBetween } from "#core/blackouts/occurrences.ts";
import { takeBackMinutes } from "#core/blackouts/settings.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import type { RecordReply } from "#core/wire/outreach.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/outreach/close-sessions.ts";
import { patrolledIntervals } from "#server/queries/occupancy.ts";
import { loadPoliceCame, loadSessions, type SessionRow } from "#server/queries/sessions.ts";

/**
 * Past sessions of one partner and whether each was kept clear: no planned patrol, none reported.
 * A visit counts from when the session was saved; one that was called off does not count.
 */
export async function keptClearRecord(
  tx: Transaction,
  { zone, now }: Moment,
  partnerId: string,
): Promise<RecordReply> {
  const visits: { session: SessionRow; visit: Occurrence }[] = [];
  for (const session of await loadSessions(tx, { partnerId })) {
    const past = { from: session.createdAt, to: now };
    for (const visit of occurrencesBetween(zone, session, past)) {
      const counts = visit.state === "planned" && visit.endsAt > session.createdAt;
      if (counts && visit.endsAt <= now) visits.push({ session, visit });
    }
  }
  visits.sort((a, b) => b.visit.startsAt - a.visit.startsAt);
  const intervals = visits.map(({ session, visit }) => ({
    placeId: session.placeId,
    from: visit.closedFrom,
    to: visit.closedTo,
  }));
  const patrolled = await tx.through("keeper", (keeper) => patrolledIntervals(keeper, intervals));
  const came = await loadPoliceCame(tx, partnerId);
  const isPatrolled = new Set(patrolled);
  const reportedAt = new Map(
    came.map((report) => [`${report.sessionId} ${report.date}`, report.reportedAt]),
  );
  const rows = visits.map(({ session, visit }, position): RecordReply["rows"][number] => {
    const reported = reportedAt.get(`${session.id} ${visit.date}`);
    const takeBackUntil = (reported ?? -Infinity) + takeBackMinutes * minuteMs;
    const reason = reasonOf({
      reported: reported !== undefined,
      patrolled: isPatrolled.has(position),
    });
    return {
      sessionId: session.key,
      placeId: session.placeKey,
      date: visit.date,
      startsAt: formatInstant(zone, visit.startsAt),
      endsAt: formatInstant(zone, visit.endsAt),
      kept: reason === "",
      reason,
      takeBackUntil: takeBackUntil < now ? null : formatInstant(zone, takeBackUntil),
    };
  });
  return summarise(rows);
}

function reasonOf({ reported, patrolled }: { reported: boolean; patrolled: boolean }): string {
  if (reported) return "You reported that police came.";
  // The constraint leaves one way: a patrol already under way when the session was saved.
  return patrolled ? "A patrol was under way when you told police; it was called off." : "";
}

function summarise(rows: RecordReply["rows"]): RecordReply {
  const kept = rows.filter((row) => row.kept).length;
  const of = rows.length;
  if (of === 0) return { kept, of, rows, sentence: "No session has ended yet." };
  const detail =
    kept === of ? "No planned patrol, none reported." : `${of - kept} not: see the list.`;
  return { kept, of, rows, sentence: `Kept clear: ${kept} of ${of}. ${detail}` };
}
