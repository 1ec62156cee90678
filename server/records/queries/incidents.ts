import type { EventCategory, EventSource } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import { eventKinds, kinds } from "#core/records/kinds.ts";
import type { Transaction } from "#server/db/database.ts";

export interface IncidentRow {
  /** Equal for records of one incident. */
  readonly incident: string;
  readonly reference: string;
  readonly event: string;
  readonly batch: number;
  readonly fileName: string;
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly category: EventCategory;
  /** Hexadecimal. */
  readonly cell: string;
  /** Epoch milliseconds, as the other. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** How many incidents there are in all. */
  readonly total: number;
}

const recordColumns = `listed.reference as "reference",
  listed.id::text as "event",
  listed.batch_id::int as "batch",
  batch.file_name as "fileName",
  listed.kind as "kind",
  listed.source as "source",
  listed.category as "category",
  to_hex(listed.cell) as "cell",
  (extract(epoch from listed.starts_at) * 1000)::float8 as "startsAt",
  (extract(epoch from listed.ends_at) * 1000)::float8 as "endsAt"`;

/**
 * Which record counts once the others are merged into it: what was reported before what police found,
 * a complaint before a sighting, an arrest or a stop, the narrowest time, the oldest row.
 */
const countsFirst = `array_position($1::text[], listed.source),
  array_position($2::text[], listed.kind),
  listed.ends_at - listed.starts_at,
  listed.id`;
const sourceOrder = ["resident", "partner", "police"] satisfies readonly EventSource[];
const kindOrder = eventKinds.toSorted((a, b) => kinds[a].first - kinds[b].first);
const order = [sourceOrder, kindOrder] as const;

/**
 * References that more than one kind or source of event bears within a day, and of which not all were
 * left as they are. Numbers of an incident begin again every day in some systems, so a reference alone
 * says nothing across days. Newest first; `limit` incidents, or all of them.
 */
export function listOpenIncidents(tx: Transaction, limit: number | null): Promise<IncidentRow[]> {
  return tx.query<IncidentRow>(
    `with shared as (
       select upper(reference) as mark
       from event
       where reference is not null
       group by 1
       having count(distinct kind || ' ' || source) > 1
     ),
     counted as (
       select event.*, shared.mark, event_match.event_id is not null as is_left
       from event
       join shared on shared.mark = upper(event.reference)
       left join event_match on event_match.event_id = event.id
       where event_match.merged_into is null
     ),
     parted as (
       select counted.*,
              starts_at > max(ends_at) over earlier + interval '24 hours' as begins
       from counted
       window earlier as (
         partition by mark order by starts_at, id
         rows between unbounded preceding and 1 preceding
       )
     ),
     grouped as (
       select parted.*,
              mark || ' ' || count(*) filter (where begins)
                over (partition by mark order by starts_at, id) as incident
       from parted
     ),
     offered as (
       select incident,
              row_number() over (order by max(starts_at) desc, incident) as place,
              count(*) over () as total
       from grouped
       group by incident
       having count(distinct kind || ' ' || source) > 1
         and bool_or(not is_left)
     )
     select listed.incident as "incident",
            offered.total::int as "total",
            ${recordColumns}
     from offered
     join grouped as listed on listed.incident = offered.incident
     join batch on batch.id = listed.batch_id
     where $3::int is null or offered.place <= $3::int
     order by offered.place, ${countsFirst}`,
    [...order, limit],
  );
}

/** Records that were merged, each with the one that counts, which comes first; newest decision first. */
export function listMergedIncidents(tx: Transaction, limit: number | null): Promise<IncidentRow[]> {
  return tx.query<IncidentRow>(
    `with kept as (
       select merged_into as id,
              row_number() over (order by max(id) desc) as place,
              count(*) over () as total
       from event_match
       where merged_into is not null
       group by merged_into
     ),
     member as (
       select kept.id as event_id, kept.id as kept_id from kept
       union all
       select event_id, merged_into from event_match where merged_into is not null
     )
     select kept.id::text as "incident",
            kept.total::int as "total",
            ${recordColumns}
     from kept
     join member on member.kept_id = kept.id
     join event as listed on listed.id = member.event_id
     join batch on batch.id = listed.batch_id
     where $3::int is null or kept.place <= $3::int
     order by kept.place, listed.id <> kept.id, ${countsFirst}`,
    [...order, limit],
  );
}

/** What was decided of these before goes. */
export async function forgetDecisions(tx: Transaction, events: readonly string[]): Promise<void> {
  await tx.query("delete from event_match where event_id = any($1::bigint[])", [events]);
}

/** One a record: merged into another, or left by itself. */
export async function insertDecisions(
  tx: Transaction,
  person: string,
  decisions: readonly { readonly event: string; readonly into: string | null }[],
): Promise<void> {
  await tx.query(
    `insert into event_match (event_id, merged_into, person)
     select event_id, merged_into, $3::text
     from unnest($1::bigint[], $2::bigint[]) as decided (event_id, merged_into)`,
    [decisions.map(({ event }) => event), decisions.map(({ into }) => into), person],
  );
}

/** Takes merges back by the record that counted for them; how many records count again. */
export async function deleteMerges(
  tx: Transaction,
  kept: readonly string[] | "all",
): Promise<{ incidents: number; events: number }> {
  const rows = await tx.query<{ incidents: number; events: number }>(
    `with gone as (
       delete from event_match
       where merged_into is not null
         and ($1::bigint[] is null or merged_into = any($1::bigint[]))
       returning merged_into
     )
     select count(distinct merged_into)::int as "incidents", count(*)::int as "events"
     from gone`,
    [kept === "all" ? null : kept],
  );
  return rows[0] ?? { incidents: 0, events: 0 };
}
