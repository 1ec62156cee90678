import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

/** One cell that a session closes during [from, to). */
export interface ProtectedRow {
  readonly sessionId: string;
  readonly cell: H3Cell;
  readonly from: number;
  readonly to: number;
}

const lockNumber = 7_310;

/** Both writers of `occupancy` wait for each other here, until their transactions end. */
export async function lockOccupancy(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock($1::bigint)", [lockNumber]);
}

/** Opens what these sessions close after an instant; answers how far each was closed, epoch milliseconds. */
export async function deleteProtectedAfter(
  tx: Transaction,
  sessionIds: readonly string[],
  after: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<{ id: string; until: number }>(
    `with gone as (
       delete from occupancy
       where session_id = any($1::bigint[]) and upper(during) > $2::timestamptz
       returning session_id, lower(during) as closed_from
     )
     select
       session_id::text as "id",
       (extract(epoch from max(closed_from)) * 1000)::float8 as "until"
     from gone
     group by session_id`,
    [sessionIds, new Date(after)],
  );
  return new Map(rows.map(({ id, until }) => [id, until]));
}

/** At most about 5,000 rows at once. */
export async function insertProtected(
  tx: Transaction,
  rows: readonly ProtectedRow[],
): Promise<void> {
  await tx.query(
    `insert into occupancy (cell, during, kind, session_id)
     select
       given.cell,
       tstzrange(given.closed_from, given.closed_to, '[)'),
       'protected',
       given.session_id
     from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::bigint[])
       as given (cell, closed_from, closed_to, session_id)
     order by given.cell, given.closed_from`,
    columnsOf(rows),
  );
}

/** Patrol windows that stand in the way of these rows. */
export async function windowsInTheWay(
  tx: Transaction,
  rows: readonly ProtectedRow[],
): Promise<string[]> {
  const found = await tx.query<{ id: string }>(
    `select distinct occupancy.window_id::text as "id"
     from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::bigint[])
       as given (cell, closed_from, closed_to, session_id)
     join occupancy
       on occupancy.cell = given.cell
       and occupancy.during && tstzrange(given.closed_from, given.closed_to, '[)')
     where occupancy.kind = 'patrol' and occupancy.active`,
    columnsOf(rows),
  );
  return found.map((row) => row.id);
}

function columnsOf(rows: readonly ProtectedRow[]) {
  return [
    rows.map((row) => cellToDecimal(row.cell)),
    rows.map((row) => new Date(row.from)),
    rows.map((row) => new Date(row.to)),
    rows.map((row) => row.sessionId),
  ];
}

/**
 * Which of these protected intervals (a place's footprint during [from, to)) a patrol occupied;
 * answers their positions in the list.
 */
export async function patrolledIntervals(
  tx: Transaction,
  intervals: readonly { readonly placeId: string; readonly from: number; readonly to: number }[],
): Promise<number[]> {
  const found = await tx.query<{ position: number }>(
    `select (given.ordinal - 1)::int as "position"
     from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[])
       with ordinality as given (place_id, closed_from, closed_to, ordinal)
     join saved_place on saved_place.id = given.place_id
     where exists (
       select 1
       from occupancy
       where occupancy.kind = 'patrol'
         and occupancy.active
         and occupancy.cell = any(saved_place.footprint)
         and occupancy.during && tstzrange(given.closed_from, given.closed_to, '[)')
     )`,
    [
      intervals.map((interval) => interval.placeId),
      intervals.map((interval) => new Date(interval.from)),
      intervals.map((interval) => new Date(interval.to)),
    ],
  );
  return found.map((row) => row.position);
}
