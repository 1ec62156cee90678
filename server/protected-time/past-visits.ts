import { z } from "zod";
import { date, instant } from "#core/contract/fields.ts";
import {
  type Occurrence,
  occurrenceOn,
  occurrencesBetween,
} from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { datesOf } from "#core/protected-time/session.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import type { RecordReply } from "#core/protected-time/wire/calendar.ts";
import { formatInstant, minuteMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { sureTime } from "#server/db/clock.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";
import type { Moment } from "#server/protected-time/close-sessions.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import { attendedDuring, loadAttended } from "#server/protected-time/police-attended.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";
import { ownSession } from "#server/protected-time/sessions.ts";
import { dayWords } from "#server/protected-time/words.ts";

export interface SessionDate {
  readonly sessionId: string;
  readonly date: string;
}

interface PastVisit {
  readonly session: SessionRow;
  readonly visit: Occurrence;
  readonly reported: boolean;
  /** A patrol was already under way when the session was saved: the one way the constraint leaves. */
  readonly patrolled: boolean;
  readonly attended: boolean;
}

function isKept({ reported, patrolled, attended }: PastVisit): boolean {
  return !(reported || patrolled || attended);
}

/**
 * Past visits of these sessions, also by the database's clock and not erased, with whether each was
 * kept clear: no planned patrol, none reported. Visits count from when the session was saved;
 * called-off ones do not. Patrol positions are read through the keeper's door.
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
  const first = Math.min(now, ...visits.map(({ visit }) => visit.closedFrom));
  const { patrolled, attended } = await tx.through("keeper", async (keeper) => ({
    patrolled: await patrolledVisits(keeper, visits),
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

/** Positions of the visits during which a patrol occupied a cell of the place. */
async function patrolledVisits(
  tx: Transaction,
  visits: readonly Pick<PastVisit, "session" | "visit">[],
): Promise<ReadonlySet<number>> {
  const found = await tx.rows(
    z.object({ position: z.int() }),
    sql`select ordinal - 1 as position
      from unnest(
        ${visits.map(({ session }) => session.placeId)}::bigint[],
        ${visits.map(({ visit }) => new Date(visit.closedFrom))}::timestamptz[],
        ${visits.map(({ visit }) => new Date(visit.closedTo))}::timestamptz[]
      ) with ordinality as given (place_id, closed_from, closed_to, ordinal)
      join saved_place on saved_place.id = given.place_id
      where exists (
        select from occupancy
        where occupancy.kind = 'patrol' and active and cell = any(footprint)
          and during && tstzrange(closed_from, closed_to, '[)')
      )`,
  );
  return new Set(found.map(({ position }) => position));
}

function keyOf({ sessionId, date }: SessionDate): string {
  return `${sessionId} ${date}`;
}

export function countBySession(visits: readonly PastVisit[]) {
  const counts = new Map<string, { kept: number; not: number }>();
  for (const past of visits) {
    const count = counts.get(past.session.id) ?? { kept: 0, not: 0 };
    count[isKept(past) ? "kept" : "not"] += 1;
    counts.set(past.session.id, count);
  }
  return counts;
}

/** Called before erasure: only whether each was kept clear remains. */
export async function keepRecord(tx: Transaction, visits: readonly PastVisit[]): Promise<void> {
  const partners = new Set(visits.map(({ session }) => session.partnerId));
  await tx.through("keeper", async (keeper) => {
    for (const partnerId of partners) {
      const own = visits.filter(({ session }) => session.partnerId === partnerId);
      const kept = own.filter(isKept).length;
      await addKeptClear(keeper, { partnerId, kept: true, visits: kept });
      await addKeptClear(keeper, { partnerId, kept: false, visits: own.length - kept });
    }
  });
}

async function addKeptClear(
  keeper: Transaction,
  count: { readonly partnerId: string; readonly kept: boolean; readonly visits: number },
): Promise<void> {
  if (count.visits === 0) return;
  await keeper.run(
    sql`${insertInto("kept_clear", { ...count })}
      on conflict (partner_id, kept) do update set visits = kept_clear.visits + excluded.visits`,
  );
}

const policeCame = z.object({
  sessionId: z.string(),
  date,
  /** Epoch milliseconds. */
  reportedAt: z.number(),
  readAt: instant.nullable(),
});

export const loadPoliceCame = (tx: Transaction, partnerId: string) =>
  tx.rows(
    policeCame,
    sql`select session_id, occurs_on as date, reported_at, read_at
      from police_came
      join outreach_session on outreach_session.id = session_id
      where partner_id = ${partnerId}`,
  );

export const insertPoliceCame = (
  tx: Transaction,
  { sessionId, date: occursOn, now }: SessionDate & { readonly now: number },
) =>
  tx.run(
    sql`${insertInto("police_came", { sessionId, occursOn, reportedAt: new Date(now) })}
      on conflict (session_id, occurs_on) do nothing`,
  );

export async function reportPoliceCame(
  tx: Transaction,
  { zone, now }: Moment,
  { session, date: day }: { readonly session: SessionRow; readonly date: string },
): Promise<void> {
  const takesPlace = datesOf(session.rule, day, day).includes(day);
  const { closedFrom, closedTo } = occurrenceOn(zone, session.rule, day);
  if (!takesPlace || closedFrom > now) {
    const detail = `This session has not taken place on ${dayWords(day)}.`;
    throw new Problem(422, "Not recorded", detail);
  }
  if (closedTo <= (session.recordedUntil ?? -Infinity)) {
    const detail = `This session ended more than ${sessionDays} days ago and is erased; only whether it was kept clear is left.`;
    throw new Problem(409, "Not recorded", detail);
  }
  await insertPoliceCame(tx, { sessionId: session.id, date: day, now });
}

export const reportOwn = (act: Act, id: string, day: string) =>
  change(act, id, (own, session) => reportPoliceCame(own.tx, own, { session, date: day }));

/** Undoes a mistaken report within some minutes; afterwards it cannot be undone. */
export const takeBackOwn = (act: Act, id: string, day: string) =>
  change(act, id, async ({ tx, now }, session) => {
    const since = new Date(now - takeBackMinutes * minuteMs);
    const isGone = await tx.did(
      sql`delete from police_came
        where session_id = ${session.id} and occurs_on = ${day} and reported_at >= ${since}`,
    );
    if (isGone) return;
    const detail = `There is no report of ${dayWords(day)} from the last ${takeBackMinutes} minutes.`;
    throw new Problem(409, "Not undone", detail);
  });

function change(
  act: Act,
  id: string,
  work: (own: Own, session: SessionRow) => Promise<void>,
): Promise<RecordReply> {
  return asPartner(act, async (own) => {
    act.addDetail({ session: id });
    await work(own, await ownSession(own.tx, own.partnerId, id));
    return keptClearRecord(own.tx, own, own.partnerId);
  });
}

export const readRecord = (act: Act) =>
  asPartner(act, async (own) => {
    const record = await keptClearRecord(own.tx, own, own.partnerId);
    act.addDetail({ sessions: record.of });
    return record;
  });

/**
 * One partner's past sessions and whether each was kept clear: no planned patrol, none reported.
 * Erased ones remain in the count, without a row.
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
  const reports = new Map(came.map((report) => [keyOf(report), report]));
  const rows = visits.map((past): RecordReply["rows"][number] => {
    const { session, visit } = past;
    const report = reports.get(keyOf({ sessionId: session.id, date: visit.date }));
    const takeBackUntil = (report?.reportedAt ?? -Infinity) + takeBackMinutes * minuteMs;
    return {
      sessionId: session.key,
      placeId: session.placeKey,
      date: visit.date,
      startsAt: formatInstant(zone, visit.startsAt),
      endsAt: formatInstant(zone, visit.endsAt),
      kept: isKept(past),
      reason: reasonOf(past),
      readAt: report?.readAt ?? null,
      takeBackUntil: takeBackUntil < now ? null : formatInstant(zone, takeBackUntil),
    };
  });
  const erased = await erasedVisits(tx, partnerId);
  const kept = rows.filter((row) => row.kept).length + erased.kept;
  return { kept, of: rows.length + erased.kept + erased.not, rows };
}

async function erasedVisits(tx: Transaction, partnerId: string) {
  const row = z.object({ kept: z.boolean(), visits: z.int() });
  const rows = await tx.rows(
    row,
    sql`select kept, visits from kept_clear where partner_id = ${partnerId}`,
  );
  const of = (kept: boolean) => rows.find((one) => one.kept === kept)?.visits ?? 0;
  return { kept: of(true), not: of(false) };
}

function reasonOf({ reported, patrolled, attended }: PastVisit): string {
  if (reported) return "You reported that police came.";
  if (attended) return "Police logged that they attended an emergency there.";
  return patrolled ? "A patrol was under way when you told police; it was called off." : "";
}
