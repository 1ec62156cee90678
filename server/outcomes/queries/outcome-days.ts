import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { DayCount } from "#core/outcomes/periods.ts";
import type { Transaction } from "#server/db/database.ts";

export interface CountedIn {
  readonly timeZone: string;
  /** Epoch milliseconds: nothing from then on is counted. */
  readonly before: number;
  /** Of resolution 10: what lies in any other cell is not counted. */
  readonly cells: readonly H3Cell[];
}

/**
 * Arrests, stops and reports by local day. A report that was merged into another counts with that one. An arrest
 * or a stop counts as what it is, also where a call counts for its incident: only one that was merged into another
 * of its own kind is the same one twice. It reads `event`, and which events were merged into which, and nothing of
 * outreach or patrols (SAFEGUARDS 4).
 */
export function countOutcomeDays(
  tx: Transaction,
  { timeZone, before, cells }: CountedIn,
): Promise<DayCount[]> {
  return tx.query<DayCount>(
    `with counted as (
       select
         case
           when kind in ('arrest', 'stop_search') then kind
           when source <> 'police' then 'reported'
         end as kind,
         starts_at + (ends_at - starts_at) / 2 as middle
       from event
       where starts_at < to_timestamp($2::float8 / 1000)
         and cell = any($3::bigint[])
         and not exists (
           select from event_match
           join event as kept on kept.id = event_match.merged_into
           where event_match.event_id = event.id
             and (event.kind not in ('arrest', 'stop_search') or kept.kind = event.kind)
         )
     )
     select
       kind as "kind",
       to_char(middle at time zone $1::text, 'YYYY-MM-DD') as "day",
       count(*)::int as "count"
     from counted
     where kind is not null and middle < to_timestamp($2::float8 / 1000)
     group by 1, 2
     order by 1, 2`,
    [timeZone, before, cells.map(cellToDecimal)],
  );
}
