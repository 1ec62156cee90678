import { z } from "zod";
import { occurrenceOn, occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { lateHours } from "#core/protected-time/settings.ts";
import { addDays, dayMs, hourMs } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { noteErasing, sureTime } from "#server/db/clock.ts";
import { systemActor, type Transaction } from "#server/db/database.ts";
import { countOf } from "#server/db/rows.ts";
import { named, type Sql, sql } from "#server/db/sql.ts";
import { closeSessions, type Moment } from "#server/protected-time/close-sessions.ts";
import {
  countBySession,
  keepRecord,
  pastVisits,
  type SessionDate,
} from "#server/protected-time/past-visits.ts";
import { deleteOldAttended } from "#server/protected-time/police-attended.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { loadSessions, type SessionRow } from "#server/protected-time/queries/sessions.ts";

export interface SessionErasure {
  readonly sessions: number;
  /** Visits of which only whether they were kept clear remains. */
  readonly visits: number;
  readonly exceptions: number;
  readonly reports: number;
  readonly notices: number;
  readonly attended: number;
  readonly protectedRows: number;
}

/** Days; a visit ending at the cutoff began at most a day and its margins earlier. */
const attendedMarginDays = 2;

/**
 * Erases what ended 14 days ago: single and ended repeating sessions whole, of the others their
 * past. First each past visit is counted as kept clear or not. Sessions, their dates and reports
 * are sealed first, and deleted 7 days later.
 */
export async function eraseSessions(tx: Transaction, moment: Moment): Promise<SessionErasure> {
  const cutoff = moment.now - sessionDays * dayMs;
  await lockOccupancy(tx);
  const { sessions, reports } = await tx.through("keeper", async (keeper) => ({
    sessions: await loadSessions(keeper, {}),
    // Without their creation times.
    reports: await keeper.rows(
      sessionDate,
      sql`select session_id, occurs_on as date from police_came`,
    ),
  }));
  const past = await pastVisits(tx, moment, sessions, reports);
  const visits = past.filter(({ visit }) => visit.closedTo <= cutoff);
  await keepRecord(tx, visits);

  const ended = sessions.filter((session) => isOver(moment, session, cutoff)).map(({ id }) => id);
  // One not over by the database's rule waits for its day without delaying others.
  const over = new Set(await overByDatabase(tx, ended));
  const goingOn = new Map(sessions.filter(({ id }) => !over.has(id)).map((one) => [one.id, one]));
  const isErased = ({ sessionId, date }: SessionDate) => {
    const session = goingOn.get(sessionId);
    return (
      session !== undefined && occurrenceOn(moment.zone, session.rule, date).closedTo <= cutoff
    );
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
  await insertSealedCounts(tx, changed, countBySession(visits));
  // Dates before this are not recomputed, as without its exceptions a date would come back. Never
  // moved earlier: the demonstration's clock goes back every midnight.
  await tx.run(
    sql`update outreach_session
      set recorded_until = greatest(recorded_until, ${new Date(cutoff)}::timestamptz)
      where id = any(${changed}::bigint[])`,
  );
  // No role reads them from now on, nor their dependants.
  await tx.run(
    sql`update outreach_session set sealed_at = sure_time() where id = any(${[...over]}::bigint[])`,
  );
  await deleteSealed(tx);
  return {
    sessions: over.size,
    visits: visits.length,
    exceptions: await sealDates(tx, sql`session_exception`, exceptions),
    reports: await sealDates(tx, sql`police_came`, oldReports),
    notices: await countOf(
      tx,
      sql`delete from session_notice where told_at <= ${new Date(cutoff)} returning 1`,
    ),
    attended: await deleteOldAttended(tx, cutoff - attendedMarginDays * dayMs),
    // Patrols stay: they are police's own record.
    protectedRows: await countOf(
      tx,
      sql`delete from occupancy
        where kind = 'protected' and upper(during) <= ${new Date(cutoff)} returning 1`,
    ),
  };
}

const sessionDate = z.object({ sessionId: z.string(), date: z.string() });

/** By the database's own rule, which refuses to seal others. */
async function overByDatabase(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const over = sql`select id from outreach_session
    where id = any(${ids}::bigint[]) and not visits_since(outreach_session, last_erasable_date() + 1)`;
  const rows = await tx.through("keeper", (keeper) =>
    keeper.rows(z.object({ id: z.string() }), over),
  );
  return rows.map(({ id }) => id);
}

const insertSealedCounts = (
  tx: Transaction,
  ids: readonly string[],
  counts: ReturnType<typeof countBySession>,
) =>
  tx.run(
    sql`insert into sealed_count (session_id, partner_id, kept, not_kept, recorded_before)
      select id, partner_id, given.kept, given.not_kept, recorded_until
      from unnest(
        ${ids}::bigint[],
        ${ids.map((id) => counts.get(id)?.kept ?? 0)}::int[],
        ${ids.map((id) => counts.get(id)?.not ?? 0)}::int[]
      ) as given (session_id, kept, not_kept)
      join outreach_session on outreach_session.id = given.session_id`,
  );

const sealDates = (tx: Transaction, table: Sql, dates: readonly SessionDate[]) =>
  countOf(
    tx,
    sql`update ${table} set sealed_at = sure_time()
      from unnest(
        ${dates.map(({ sessionId }) => sessionId)}::bigint[], ${dates.map(({ date }) => date)}::date[]
      ) as given (session_id, occurs_on)
      where ${table}.session_id = given.session_id and ${table}.occurs_on = given.occurs_on
        and ${table}.sealed_at is null
      returning 1`,
  );

/** For good what was sealed 7 days ago. */
async function deleteSealed(tx: Transaction): Promise<void> {
  for (const table of ["session_exception", "police_came", "outreach_session", "sealed_count"]) {
    await tx.run(
      sql`delete from ${named(table)} where sealed_at <= sure_time() - interval '7 days'`,
    );
  }
}

/** Closes nothing from the cutoff on, now or later. */
function isOver({ zone }: Moment, session: SessionRow, cutoff: number): boolean {
  const last = lastPossibleDate({ zone }, session);
  if (last === null) return false;
  // A visit starting that day ends, with its margin, on the next day or just after.
  const to = zone.startOfDate(addDays(last, 3));
  return to <= cutoff || occurrencesBetween(zone, session, { from: cutoff, to }).length === 0;
}

/** Cancelled dates included; null while it continues. */
function lastPossibleDate({ zone }: Pick<Moment, "zone">, { rule, endedAt }: SessionRow) {
  const byRule = rule.repeats === "once" ? rule.firstDate : rule.until;
  if (endedAt === null) return byRule;
  const byEnd = zone.dateOf(endedAt + lateHours * hourMs);
  return byRule !== null && byRule < byEnd ? byRule : byEnd;
}

/** Restores the last 7 days' erasures and recloses future visits; returns the sessions. */
export async function takeBackErasure({
  db,
  zone,
  asAt,
}: Pick<Services, "db" | "zone" | "asAt">): Promise<number> {
  return db.transaction(
    systemActor,
    async (tx) => {
      await lockOccupancy(tx);
      const back = await takeBackSealed(tx);
      const now = Math.min(asAt.now(), await sureTime(tx));
      // The next erasure continues from now, not from where a wrong clock had taken it.
      await noteErasing(tx, now);
      const sessions = await tx.through("keeper", (keeper) => loadSessions(keeper, {}));
      const ids = sessions.map(({ id }) => id);
      await closeSessions(tx, { zone, now }, { ids, announce: false });
      return back;
    },
    { retries: 5, long: true },
  );
}

const partnerCount = z.object({ partnerId: z.string(), kept: z.int(), not: z.int() });

/** Returns how many sessions. */
async function takeBackSealed(tx: Transaction): Promise<number> {
  const partners = await tx.rows(
    partnerCount,
    sql`select partner_id, sum(kept) as kept, sum(not_kept) as not
      from sealed_count group by partner_id`,
  );
  await tx.through("keeper", async (keeper) => {
    for (const { partnerId, kept, not } of partners) {
      await keeper.run(
        sql`update kept_clear
          set visits = greatest(0, visits - case when kept_clear.kept then ${kept}::int else ${not}::int end)
          where partner_id = ${partnerId}`,
      );
    }
  });
  await tx.run(
    sql`update outreach_session set recorded_until = first.recorded_before
      from (
        select distinct on (session_id) session_id, recorded_before
        from sealed_count order by session_id, id
      ) as first
      where outreach_session.id = first.session_id`,
  );
  const takeBack = (table: string) =>
    sql`update ${named(table)} set sealed_at = null where sealed_at is not null`;
  for (const table of ["session_exception", "police_came"]) await tx.run(takeBack(table));
  const back = await countOf(tx, sql`${takeBack("outreach_session")} returning id`);
  await tx.run(sql`delete from sealed_count where sealed_at is not null`);
  return back;
}
