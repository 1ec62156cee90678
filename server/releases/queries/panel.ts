import type { H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

export interface MonthCellCount {
  /** `YYYY-MM` */
  readonly month: string;
  readonly cell: H3Cell;
  readonly ward: string | null;
  readonly count: number;
}

export interface CountedRange {
  readonly timeZone: string;
  readonly from: number;
  readonly to: number;
}

/** Resident complaints by local month, cell and ward. */
export function countResidentComplaints(
  tx: Transaction,
  range: CountedRange,
): Promise<MonthCellCount[]> {
  return countByResidents(tx, "kind = 'complaint'", range);
}

/** Sightings that residents reported; public for the whole command alone. */
export function countResidentSightings(
  tx: Transaction,
  range: CountedRange,
): Promise<MonthCellCount[]> {
  return countByResidents(tx, "kind = 'sighting'", range);
}

/**
 * The only statement behind public figures. It reads `event`, and which events were merged into another, and
 * nothing else (SAFEGUARDS 4), and what residents reported alone (SAFEGUARDS 7).
 */
function countByResidents(
  tx: Transaction,
  ofKind: "kind = 'complaint'" | "kind = 'sighting'",
  range: CountedRange,
): Promise<MonthCellCount[]> {
  return tx.query<MonthCellCount>(
    `with counted as (
       select cell, ward, starts_at + (ends_at - starts_at) / 2 as middle
       from event
       where ${ofKind}
         and source = 'resident'
         and starts_at < to_timestamp($3::float8 / 1000)
         and ends_at >= to_timestamp($2::float8 / 1000)
         and not exists (
           select from event_match
           where event_match.event_id = event.id and event_match.merged_into is not null
         )
     )
     select
       to_char(middle at time zone $1::text, 'YYYY-MM') as "month",
       to_hex(cell) as "cell",
       ward as "ward",
       count(*)::int as "count"
     from counted
     where middle >= to_timestamp($2::float8 / 1000)
       and middle < to_timestamp($3::float8 / 1000)
     group by 1, 2, 3
     order by 1, 2, 3`,
    [range.timeZone, range.from, range.to],
  );
}
