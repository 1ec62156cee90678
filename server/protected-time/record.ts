import { sessionDays } from "#core/protected-time/retention.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import type { RecordReply } from "#core/protected-time/wire/outreach.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { isKept, type PastVisit, pastVisits } from "#server/protected-time/past-visits.ts";
import { loadKeptClear } from "#server/protected-time/queries/kept-clear.ts";
import { loadPoliceCame, loadSessions } from "#server/protected-time/queries/sessions.ts";

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
