import type { Transaction } from "#server/db/database.ts";
import type { SessionDate } from "#server/protected-time/past-visits.ts";

/** A removal of events: announced, and perhaps done. */
export interface EventRemoval {
  readonly id: number;
  /** Epoch milliseconds, as the others. */
  readonly announcedAt: number;
  readonly dueAt: number;
  /** `YYYY-MM-DD`: events that had ended before it go. */
  readonly before: string;
  readonly count: number;
  readonly erasedAt: number | null;
  readonly erasedCount: number | null;
}

/** What is announced and what was done, latest first. */
export function loadRemovals(tx: Transaction): Promise<EventRemoval[]> {
  return tx.query<EventRemoval>(
    `select
       id::int as "id",
       (extract(epoch from announced_at) * 1000)::float8 as "announcedAt",
       (extract(epoch from due_at) * 1000)::float8 as "dueAt",
       to_char(before, 'YYYY-MM-DD') as "before",
       event_count::int as "count",
       (extract(epoch from erased_at) * 1000)::float8 as "erasedAt",
       erased_count::int as "erasedCount"
     from event_removal
     order by event_removal.id desc
     limit 100`,
  );
}

export async function insertRemoval(
  tx: Transaction,
  removal: Pick<EventRemoval, "announcedAt" | "dueAt" | "before" | "count">,
): Promise<void> {
  await tx.query(
    `insert into event_removal (announced_at, due_at, before, event_count)
     values ($1::timestamptz, $2::timestamptz, $3::date, $4::int)`,
    [new Date(removal.announcedAt), new Date(removal.dueAt), removal.before, removal.count],
  );
}

/** An announcement that no longer holds. */
export async function deleteRemoval(tx: Transaction, id: number): Promise<void> {
  await tx.query("delete from event_removal where id = $1::int", [id]);
}

export async function finishRemoval(
  tx: Transaction,
  removal: { readonly id: number; readonly now: number; readonly count: number },
): Promise<void> {
  await tx.query(
    `update event_removal
     set erased_at = $2::timestamptz, erased_count = $3::int
     where id = $1::int`,
    [removal.id, new Date(removal.now), removal.count],
  );
}

/** Events that had ended before an instant and came in before another. */
interface OldEvents {
  readonly endedBefore: number;
  readonly importedBefore: number;
}

export async function countOldEvents(tx: Transaction, old: OldEvents): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as "count"
     from event
     join batch on batch.id = event.batch_id
     where event.ends_at < $1::timestamptz and batch.imported_at <= $2::timestamptz`,
    [new Date(old.endedBefore), new Date(old.importedBefore)],
  );
  return rows[0]?.count ?? 0;
}

/** Says how many went, by kind. */
export async function deleteOldEvents(
  tx: Transaction,
  old: OldEvents,
): Promise<Record<string, number>> {
  const rows = await tx.query<{ kind: string; count: number }>(
    `with gone as (
       delete from event
       using batch
       where batch.id = event.batch_id
         and event.ends_at < $1::timestamptz and batch.imported_at <= $2::timestamptz
       returning event.kind
     )
     select kind as "kind", count(*)::int as "count"
     from gone
     group by gone.kind
     order by gone.kind`,
    [new Date(old.endedBefore), new Date(old.importedBefore)],
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** Never earlier than it was: the demonstration's clock goes back every midnight. */
export async function setRecordedUntil(
  tx: Transaction,
  ids: readonly string[],
  until: number,
): Promise<void> {
  await tx.query(
    `update outreach_session
     set recorded_until = greatest(recorded_until, $2::timestamptz)
     where id = any($1::bigint[])`,
    [ids, new Date(until)],
  );
}

/** Of these sessions those that are over by the database's own rule, which refuses to seal any other. */
export async function overByDatabase(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id::text as "id" from outreach_session
     where id = any($1::bigint[]) and not visits_since(outreach_session, last_erasable_date() + 1)`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** No role reads them from now on; with all that hangs on them. */
export async function sealSessions(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query(
    "update outreach_session set sealed_at = sure_time() where id = any($1::bigint[])",
    [ids],
  );
}

/** Dates of sessions that go on. */
export async function sealDates(
  tx: Transaction,
  table: "session_exception" | "police_came",
  dates: readonly SessionDate[],
): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with gone as (
       update ${table} set sealed_at = sure_time()
       from unnest($1::bigint[], $2::date[]) as given (session_id, occurs_on)
       where ${table}.session_id = given.session_id and ${table}.occurs_on = given.occurs_on
         and ${table}.sealed_at is null
       returning 1
     )
     select count(*)::int as "count" from gone`,
    [dates.map(({ sessionId }) => sessionId), dates.map(({ date }) => date)],
  );
  return rows[0]?.count ?? 0;
}

const sealedTables = ["session_exception", "police_came", "outreach_session", "sealed_count"];

/** For good what was sealed 7 days ago. */
export async function deleteSealed(tx: Transaction): Promise<void> {
  for (const table of sealedTables) {
    await tx.query(`delete from ${table} where sealed_at <= sure_time() - interval '7 days'`);
  }
}

/** What an erasure changes of the record, so that it can be taken back. */
export async function insertSealedCounts(
  tx: Transaction,
  ids: readonly string[],
  counts: ReadonlyMap<string, { readonly kept: number; readonly not: number }>,
): Promise<void> {
  await tx.query(
    `insert into sealed_count (session_id, partner_id, kept, not_kept, recorded_before)
     select id, partner_id, given.kept, given.not_kept, recorded_until
     from unnest($1::bigint[], $2::int[], $3::int[]) as given (session_id, kept, not_kept)
     join outreach_session on outreach_session.id = given.session_id`,
    [ids, ids.map((id) => counts.get(id)?.kept ?? 0), ids.map((id) => counts.get(id)?.not ?? 0)],
  );
}

/** All that is sealed is there again; how many sessions. */
export async function takeBackSealed(tx: Transaction): Promise<number> {
  const partners = await tx.query<{ partnerId: string; kept: number; not: number }>(
    `select partner_id::text as "partnerId", sum(kept)::int as "kept", sum(not_kept)::int as "not"
     from sealed_count group by partner_id`,
  );
  await tx.through("keeper", async (keeper) => {
    for (const { partnerId, kept, not } of partners) {
      await keeper.query(
        `update kept_clear
         set visits = greatest(0, visits - case when kept_clear.kept then $2::int else $3::int end)
         where partner_id = $1::bigint`,
        [partnerId, kept, not],
      );
    }
  });
  await tx.query(
    `update outreach_session set recorded_until = first.recorded_before
     from (
       select distinct on (session_id) session_id, recorded_before
       from sealed_count order by session_id, id
     ) as first
     where outreach_session.id = first.session_id`,
  );
  for (const table of ["session_exception", "police_came"]) {
    await tx.query(`update ${table} set sealed_at = null where sealed_at is not null`);
  }
  const back = await tx.query(
    "update outreach_session set sealed_at = null where sealed_at is not null returning id",
  );
  await tx.query("delete from sealed_count where sealed_at is not null");
  return back.length;
}

/** Every report that police came, without when it was made. */
export function loadReports(tx: Transaction): Promise<SessionDate[]> {
  return tx.query<SessionDate>(
    `select session_id::text as "sessionId", to_char(occurs_on, 'YYYY-MM-DD') as "date"
     from police_came`,
  );
}

export async function deleteNotices(tx: Transaction, toldBefore: number): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with gone as (
       delete from session_notice where told_at <= $1::timestamptz returning 1
     )
     select count(*)::int as "count" from gone`,
    [new Date(toldBefore)],
  );
  return rows[0]?.count ?? 0;
}

/** Protected time that is over. Patrols stay: they are police's own record. */
export async function deletePastProtected(tx: Transaction, until: number): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with gone as (
       delete from occupancy
       where kind = 'protected' and upper(during) <= $1::timestamptz
       returning 1
     )
     select count(*)::int as "count" from gone`,
    [new Date(until)],
  );
  return rows[0]?.count ?? 0;
}

/** Views before a London day, and the names of viewers that no view is left of. */
export async function deleteFootprintViews(tx: Transaction, before: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with gone as (
       delete from footprint_view where day < $1::date returning 1
     )
     select count(*)::int as "count" from gone`,
    [before],
  );
  await tx.query(
    `delete from footprint_viewer
     where not exists (
       select from footprint_view
       where footprint_view.partner_id = footprint_viewer.partner_id
         and footprint_view.alias = footprint_viewer.alias
     )`,
  );
  return rows[0]?.count ?? 0;
}

/** Words of objections to releases that were taken back, and of comments on plans; how many of both. */
export async function deleteOldWords(
  tx: Transaction,
  before: { readonly liftedBefore: number; readonly saidBefore: number },
): Promise<number> {
  return tx.through("keeper", async (keeper) => {
    const objections = await keeper.query(
      "delete from release_objection where lifted_at < $1::timestamptz returning id",
      [new Date(before.liftedBefore)],
    );
    const comments = await keeper.query(
      "delete from place_plan_comment where said_at < $1::timestamptz returning 1 as gone",
      [new Date(before.saidBefore)],
    );
    return objections.length + comments.length;
  });
}
