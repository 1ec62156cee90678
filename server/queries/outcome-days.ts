import type { DayCount } from "#core/outcomes/figures.ts";
import type { Transaction } from "#server/db/database.ts";

/**
 * Arrests, stops and reports by local day, one of several records of one incident counted. For the system: who
 * asks may be someone who reads no event, and gets a total of many days. It reads `event`, and which events
 * were merged into another, and nothing of outreach or patrols (SAFEGUARDS 4).
 */
export function countOutcomeDays(
  tx: Transaction,
  { timeZone, before }: { readonly timeZone: string; readonly before: number },
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
         and not exists (
           select from event_match
           where event_match.event_id = event.id and event_match.merged_into is not null
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
    [timeZone, before],
  );
}
