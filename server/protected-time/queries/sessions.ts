import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { sessionRule } from "#core/protected-time/wire/outreach.ts";
import type { Transaction } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";

/** A stored session with the footprint of its place; instants in epoch milliseconds. */
const sessionRow = z.object({
  id: z.string(),
  key: z.string(),
  partnerId: z.string(),
  placeId: z.string(),
  placeKey: z.string(),
  rule: sessionRule,
  exceptions: z
    .array(z.object({ date: z.string(), toldAt: z.number().nullable() }).readonly())
    .readonly(),
  createdAt: z.number(),
  endedAt: z.number().nullable(),
  /** Visits up to here are erased; null: none. */
  recordedUntil: z.number().nullable(),
  calendarKey: z.string().nullable(),
  /** The date that this session replaces; if that session is erased, only the date. */
  movedFrom: z
    .object({ date: z.string(), id: z.string().nullable(), key: z.string().nullable() })
    .nullable(),
  cells: z.array(eventCell).readonly(),
});
export type SessionRow = Readonly<z.infer<typeof sessionRow>>;

export interface SessionFilter {
  readonly partnerId?: string;
  readonly ids?: readonly string[];
  readonly key?: string;
  readonly placeId?: string;
}

/** Sessions in order of entry: all of them, or those that fit. */
export function loadSessions(
  tx: Transaction,
  { partnerId, ids, key, placeId }: SessionFilter,
): Promise<SessionRow[]> {
  const all = sql`true`;
  const ofPartner: Sql =
    partnerId === undefined ? all : sql`outreach_session.partner_id = ${partnerId}`;
  const byId = ids === undefined ? all : sql`outreach_session.id = any(${ids})`;
  const byKey = key === undefined ? all : sql`outreach_session.key = ${key}`;
  const atPlace = placeId === undefined ? all : sql`outreach_session.place_id = ${placeId}`;
  return tx.rows(
    sessionRow,
    sql`select
        outreach_session.id, outreach_session.key, outreach_session.partner_id,
        outreach_session.place_id, saved_place.key as place_key,
        jsonb_build_object(
          'repeats', repeats,
          'everyWeeks', every_weeks,
          'firstDate', first_date,
          'start', to_char(starts_local, 'HH24:MI'),
          'end', to_char(ends_local, 'HH24:MI'),
          'until', until_date
        ) || case
          when cardinality(weekdays) = 0 then '{}'::jsonb
          else jsonb_build_object('days', weekdays)
        end as rule,
        coalesce((
          select json_agg(
            json_build_object(
              'date', occurs_on,
              'toldAt', (extract(epoch from told_at) * 1000)::float8
            )
            order by occurs_on
          )
          from session_exception where session_id = outreach_session.id
        ), '[]') as exceptions,
        created_at, ended_at, recorded_until, calendar_key, moved_from_date, moved_from_id,
        (
          select origin.key from outreach_session as origin
          where origin.id = outreach_session.moved_from_id
        ) as moved_from_key,
        array(select unnest(saved_place.footprint) order by 1) as cells
      from outreach_session
      join saved_place on saved_place.id = outreach_session.place_id
      where ${ofPartner} and ${byId} and ${byKey} and ${atPlace}
      order by outreach_session.id`,
  );
}

/** Cancelled dates; the first entry per date stands. */
export async function insertExceptions(
  tx: Transaction,
  told: {
    readonly sessionId: string;
    readonly dates: readonly string[];
    readonly toldAt: number | null;
  },
): Promise<void> {
  const { sessionId, dates } = told;
  if (dates.length === 0) return;
  const toldAt = told.toldAt === null ? null : new Date(told.toldAt);
  await tx.run(
    sql`insert into session_exception (session_id, occurs_on, told_at)
      select ${sessionId}::bigint, occurs_on, ${toldAt}::timestamptz
      from unnest(${dates}::date[]) as given (occurs_on)
      on conflict (session_id, occurs_on) do nothing`,
  );
}

export const endSessions = (tx: Transaction, ids: readonly string[], now: number) =>
  tx.run(
    sql`update outreach_session set ended_at = ${new Date(now)}
      where id = any(${ids}) and ended_at is null`,
  );

/** Partner per existing session; through the keeper. */
export async function partnersOfSessions(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const row = z.object({ id: z.string(), partnerId: z.string() });
  const rows = await tx.rows(
    row,
    sql`select id, partner_id from outreach_session where id = any(${ids})`,
  );
  return new Map(rows.map(({ id, partnerId }) => [id, partnerId]));
}
