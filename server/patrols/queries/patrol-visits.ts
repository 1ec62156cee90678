import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { LoggedVisit } from "#core/patrols/read-visits.ts";
import type { Visit } from "#core/patrols/window.ts";
import type { Transaction } from "#server/db/database.ts";

const chunkRows = 5_000;

/** Adds what was logged; a visit that is there already is not counted again. Returns how many went in. */
export async function insertVisits(
  tx: Transaction,
  visits: readonly LoggedVisit[],
  person: string,
): Promise<number> {
  let inserted = 0;
  for (let from = 0; from < visits.length; from += chunkRows) {
    const part = visits.slice(from, from + chunkRows);
    const rows = await tx.query<{ count: number }>(
      `with added as (
         insert into patrol_visit (cell, starts_at, ends_at, unit_count, logged_by)
         select given.cell, given.starts_at, given.ends_at, given.unit_count, $5::text
         from unnest($1::bigint[], $2::timestamptz[], $3::timestamptz[], $4::int[])
           as given (cell, starts_at, ends_at, unit_count)
         on conflict on constraint patrol_visit_cell_once do nothing
         returning 1
       )
       select count(*)::int as "count"
       from added`,
      [
        part.map((visit) => cellToDecimal(visit.cell)),
        part.map((visit) => new Date(visit.start)),
        part.map((visit) => new Date(visit.end)),
        part.map((visit) => visit.units),
        person,
      ],
    );
    inserted += rows[0]?.count ?? 0;
  }
  return inserted;
}

export interface DayMinutes {
  readonly cell: H3Cell;
  /** Local date on which the visit began. */
  readonly date: string;
  /** Of all units together. */
  readonly minutes: number;
}

/** Minutes by cell and local day, of visits that were over by `before`; in the order of cell and day. */
export function loadDayMinutes(
  tx: Transaction,
  { before, timeZone }: { readonly before: number; readonly timeZone: string },
): Promise<DayMinutes[]> {
  return tx.query<DayMinutes>(
    `select to_hex(cell) as "cell",
            to_char(starts_at at time zone $2::text, 'YYYY-MM-DD') as "date",
            (sum(extract(epoch from ends_at - starts_at) * unit_count) / 60)::float8 as "minutes"
     from patrol_visit
     where ends_at <= $1::timestamptz
     group by 1, 2
     order by 1, 2`,
    [new Date(before), timeZone],
  );
}

/** Minutes of all units together in these cells, of visits that began in [from, to) and were over by `before`. */
export async function loadMinutesWithin(
  tx: Transaction,
  asked: {
    readonly cells: readonly H3Cell[];
    readonly from: number;
    readonly to: number;
    readonly before: number;
  },
): Promise<number> {
  const rows = await tx.query<{ minutes: number }>(
    `select coalesce(sum(extract(epoch from ends_at - starts_at) * unit_count) / 60, 0)::float8
       as "minutes"
     from patrol_visit
     where cell = any ($1::bigint[])
       and starts_at >= $2::timestamptz
       and starts_at < $3::timestamptz
       and ends_at <= $4::timestamptz`,
    [
      asked.cells.map(cellToDecimal),
      new Date(asked.from),
      new Date(asked.to),
      new Date(asked.before),
    ],
  );
  return rows[0]?.minutes ?? 0;
}

/** Stays that began in [from, to), as visits. */
export function loadLoggedVisits(
  tx: Transaction,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Visit[]> {
  return tx.query<Visit>(
    `select to_hex(cell) as "cell",
            (extract(epoch from starts_at) * 1000)::float8 as "arrive",
            (extract(epoch from ends_at) * 1000)::float8 as "depart"
     from patrol_visit
     where starts_at >= $1::timestamptz and starts_at < $2::timestamptz
     order by starts_at, cell, id`,
    [new Date(from), new Date(to)],
  );
}
