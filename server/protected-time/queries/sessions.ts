import type { H3Cell } from "#core/geo/cell.ts";
import type { Session, SessionRule } from "#core/protected-time/session.ts";
import type { Transaction } from "#server/db/database.ts";

/** The date of a repeating session that takes place as this single one instead. */
export interface MovedFrom {
  readonly date: string;
  /** Null once the session that it belonged to is erased. */
  readonly id: string | null;
  readonly key: string | null;
}

/** A stored session with the footprint of its place. */
export interface SessionRow extends Session {
  readonly id: string;
  readonly key: string;
  readonly partnerId: string;
  readonly placeId: string;
  readonly placeKey: string;
  readonly createdAt: number;
  /** Visits whose protected time ended by then are erased; null when none is. */
  readonly recordedUntil: number | null;
  readonly calendarKey: string | null;
  readonly movedFrom: MovedFrom | null;
  readonly cells: readonly H3Cell[];
}

export interface SessionFilter {
  readonly partnerId?: string;
  readonly ids?: readonly string[];
}

/** Sessions in order of entry: all of them, one partner's, or some by number. */
export function loadSessions(tx: Transaction, filter: SessionFilter): Promise<SessionRow[]> {
  return tx.query<SessionRow>(
    `select
       outreach_session.id::text as "id",
       outreach_session.key::text as "key",
       outreach_session.partner_id::text as "partnerId",
       outreach_session.place_id::text as "placeId",
       saved_place.key::text as "placeKey",
       jsonb_build_object(
         'repeats', outreach_session.repeats,
         'everyWeeks', outreach_session.every_weeks,
         'firstDate', to_char(outreach_session.first_date, 'YYYY-MM-DD'),
         'start', to_char(outreach_session.starts_local, 'HH24:MI'),
         'end', to_char(outreach_session.ends_local, 'HH24:MI'),
         'until', to_char(outreach_session.until_date, 'YYYY-MM-DD')
       ) || case
         when cardinality(outreach_session.weekdays) = 0 then '{}'::jsonb
         else jsonb_build_object('days', outreach_session.weekdays)
       end as "rule",
       coalesce((
         select json_agg(
           json_build_object(
             'date', to_char(session_exception.occurs_on, 'YYYY-MM-DD'),
             'toldAt', (extract(epoch from session_exception.told_at) * 1000)::float8
           )
           order by session_exception.occurs_on
         )
         from session_exception
         where session_exception.session_id = outreach_session.id
       ), '[]') as "exceptions",
       (extract(epoch from outreach_session.created_at) * 1000)::float8 as "createdAt",
       (extract(epoch from outreach_session.ended_at) * 1000)::float8 as "endedAt",
       (extract(epoch from outreach_session.recorded_until) * 1000)::float8 as "recordedUntil",
       outreach_session.calendar_key as "calendarKey",
       case when outreach_session.moved_from_date is not null then json_build_object(
         'date', to_char(outreach_session.moved_from_date, 'YYYY-MM-DD'),
         'id', outreach_session.moved_from_id::text,
         'key', (
           select origin.key::text
           from outreach_session as origin
           where origin.id = outreach_session.moved_from_id
         )
       ) end as "movedFrom",
       array(
         select to_hex(footprint.cell)
         from unnest(saved_place.footprint) as footprint (cell)
         order by 1
       ) as "cells"
     from outreach_session
     join saved_place on saved_place.id = outreach_session.place_id
     where ($1::bigint is null or outreach_session.partner_id = $1::bigint)
       and ($2::bigint[] is null or outreach_session.id = any($2::bigint[]))
     order by outreach_session.id`,
    [filter.partnerId ?? null, filter.ids ?? null],
  );
}

export async function insertSession(
  tx: Transaction,
  session: {
    /** Drawn by the page; else by the database. */
    readonly key?: string | null;
    readonly partnerId: string;
    readonly placeId: string;
    readonly rule: SessionRule;
    readonly calendarKey: string | null;
    readonly movedFrom?: MovedFrom | null;
    readonly now: number;
  },
): Promise<string> {
  const { rule } = session;
  const rows = await tx.query<{ id: string }>(
    `insert into outreach_session (
       partner_id, place_id, repeats, every_weeks, first_date,
       starts_local, ends_local, until_date, weekdays, created_at, calendar_key,
       moved_from_id, moved_from_date, key
     )
     values (
       $1::bigint, $2::bigint, $3::text, $4::int, $5::date,
       $6::time, $7::time, $8::date, $9::int[], $10::timestamptz, $11::text, $12::bigint, $13::date,
       coalesce($14::uuid, gen_random_uuid())
     )
     returning id::text as "id"`,
    [
      session.partnerId,
      session.placeId,
      rule.repeats,
      rule.everyWeeks,
      rule.firstDate,
      rule.start,
      rule.end,
      rule.until,
      rule.days ?? [],
      new Date(session.now),
      session.calendarKey,
      session.movedFrom?.id ?? null,
      session.movedFrom?.date ?? null,
      session.key ?? null,
    ],
  );
  return (rows[0] as { id: string }).id;
}

/** Dates that do not take place; the first word on a date stands. */
export async function insertExceptions(
  tx: Transaction,
  exceptions: {
    readonly sessionId: string;
    readonly dates: readonly string[];
    readonly toldAt: number | null;
  },
): Promise<void> {
  if (exceptions.dates.length === 0) return;
  await tx.query(
    `insert into session_exception (session_id, occurs_on, told_at)
     select $1::bigint, given.occurs_on, $3::timestamptz
     from unnest($2::date[]) as given (occurs_on)
     on conflict (session_id, occurs_on) do nothing`,
    [
      exceptions.sessionId,
      exceptions.dates,
      exceptions.toldAt === null ? null : new Date(exceptions.toldAt),
    ],
  );
}

/** A cancelled date takes place after all. */
export async function deleteException(
  tx: Transaction,
  exception: { readonly sessionId: string; readonly date: string },
): Promise<void> {
  await tx.query(
    `delete from session_exception
     where session_id = $1::bigint and occurs_on = $2::date`,
    [exception.sessionId, exception.date],
  );
}

export async function endSessions(
  tx: Transaction,
  ids: readonly string[],
  now: number,
): Promise<void> {
  await tx.query(
    `update outreach_session
     set ended_at = $2::timestamptz
     where id = any($1::bigint[]) and ended_at is null`,
    [ids, new Date(now)],
  );
}

export async function setClosedUntil(
  tx: Transaction,
  ids: readonly string[],
  until: number,
): Promise<void> {
  await tx.query(
    `update outreach_session
     set closed_until = $2::timestamptz
     where id = any($1::bigint[])`,
    [ids, new Date(until)],
  );
}

export interface ClosedShort {
  readonly id: string;
  /** Up to when its rows stand; null where they are to be written again from now on. */
  readonly closedUntil: number | null;
}

/**
 * Sessions that go on and whose occupancy rows end before an instant; whole those that were saved while the clock was
 * ahead, and closed from then on alone.
 */
export function sessionsClosedShort(tx: Transaction, before: number): Promise<ClosedShort[]> {
  return tx.query<ClosedShort>(
    `select
       id::text as "id",
       case when created_at <= clock_timestamp() + interval '10 minutes'
         then (extract(epoch from closed_until) * 1000)::float8 end as "closedUntil"
     from outreach_session
     where ended_at is null
       and (
         closed_until is null
         or created_at > clock_timestamp() + interval '10 minutes'
         or (
           closed_until < $1::timestamptz
           and coalesce(until_date, case repeats when 'once' then first_date end, 'infinity')
             >= closed_until::date - 2
         )
       )
     order by id`,
    [new Date(before)],
  );
}

/** The partner of each of these sessions that is still there; through the keeper's door. */
export async function partnersOfSessions(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; partnerId: string }>(
    `select id::text as "id", partner_id::text as "partnerId"
     from outreach_session
     where id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map(({ id, partnerId }) => [id, partnerId]));
}

export async function insertPoliceCame(
  tx: Transaction,
  report: { readonly sessionId: string; readonly date: string; readonly now: number },
): Promise<void> {
  await tx.query(
    `insert into police_came (session_id, occurs_on, reported_at)
     values ($1::bigint, $2::date, $3::timestamptz)
     on conflict (session_id, occurs_on) do nothing`,
    [report.sessionId, report.date, new Date(report.now)],
  );
}

/** False when there is no such report, or only one from before an instant. */
export async function deletePoliceCame(
  tx: Transaction,
  report: { readonly sessionId: string; readonly date: string; readonly since: number },
): Promise<boolean> {
  const rows = await tx.query<{ date: string }>(
    `delete from police_came
     where session_id = $1::bigint and occurs_on = $2::date and reported_at >= $3::timestamptz
     returning to_char(occurs_on, 'YYYY-MM-DD') as "date"`,
    [report.sessionId, report.date, new Date(report.since)],
  );
  return rows.length > 0;
}

export function loadPoliceCame(
  tx: Transaction,
  partnerId: string,
): Promise<{ sessionId: string; date: string; reportedAt: number; readAt: number | null }[]> {
  return tx.query(
    `select
       police_came.session_id::text as "sessionId",
       to_char(police_came.occurs_on, 'YYYY-MM-DD') as "date",
       (extract(epoch from police_came.reported_at) * 1000)::float8 as "reportedAt",
       (extract(epoch from police_came.read_at) * 1000)::float8 as "readAt"
     from police_came
     join outreach_session on outreach_session.id = police_came.session_id
     where outreach_session.partner_id = $1::bigint`,
    [partnerId],
  );
}
