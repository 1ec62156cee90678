import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellCentre, metresBetween } from "#core/geo/cell.ts";
import type { EventSource } from "#core/records/event.ts";
import { eventKinds, kinds } from "#core/records/kinds.ts";
import {
  decidedReply,
  type Incident,
  type IncidentsDecided,
  type IncidentsReply,
  incidentRecord,
} from "#core/records/wire/records.ts";
import type { Act } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

/** As many as one reviews at a time; more appear as these are decided. */
const listed = 50;

const storedRecord = incidentRecord.extend({
  /** Equal for records of one incident. */
  incident: z.string(),
  reference: z.string(),
  cell: eventCell,
  total: z.int(),
});
type StoredRecord = z.infer<typeof storedRecord>;

const recordColumns = sql`listed.reference, listed.id as event, listed.batch_id as batch,
  batch.file_name, listed.kind, listed.source, listed.category, listed.cell, listed.starts_at,
  listed.ends_at`;

const sourceOrder = ["resident", "partner", "police"] satisfies readonly EventSource[];
const kindOrder = eventKinds.toSorted((a, b) => kinds[a].first - kinds[b].first);

/**
 * Which record counts after a merge: reported before police discoveries, a complaint before a
 * sighting, an arrest or a stop, the narrowest time, the oldest row.
 */
const countsFirst = sql`array_position(${sourceOrder}::text[], listed.source),
  array_position(${kindOrder}::text[], listed.kind), listed.ends_at - listed.starts_at, listed.id`;

const upTo = (limit: number | null, place: Sql) =>
  limit === null ? sql`true` : sql`${place} <= ${limit}`;

/**
 * References shared by several kinds or sources of event within a day, unless all were left
 * separate. Some systems restart incident numbers every day, so a reference alone says nothing
 * across days. Newest first; `limit` incidents, or all of them.
 */
async function openIncidents(tx: Transaction, limit: number | null) {
  const records = await tx.rows(
    storedRecord,
    sql`with shared as (
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
      select listed.incident, offered.total, ${recordColumns}
      from offered
      join grouped as listed on listed.incident = offered.incident
      join batch on batch.id = listed.batch_id
      where ${upTo(limit, sql`offered.place`)}
      order by offered.place, ${countsFirst}`,
  );
  return byIncident(records);
}

/** Merged records with the counting one first; newest decision first. */
async function mergedIncidents(tx: Transaction, limit: number | null) {
  const records = await tx.rows(
    storedRecord,
    sql`with kept as (
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
      select kept.id as incident, kept.total, ${recordColumns}
      from kept
      join member on member.kept_id = kept.id
      join event as listed on listed.id = member.event_id
      join batch on batch.id = listed.batch_id
      where ${upTo(limit, sql`kept.place`)}
      order by kept.place, listed.id <> kept.id, ${countsFirst}`,
  );
  return byIncident(records);
}

function byIncident(records: readonly StoredRecord[]): StoredRecord[][] {
  const groups = new Map<string, StoredRecord[]>();
  for (const record of records) {
    groups.set(record.incident, [...(groups.get(record.incident) ?? []), record]);
  }
  return [...groups.values()];
}

function toIncident(stored: readonly StoredRecord[]): Incident {
  const points = stored.map(({ cell }) => cellCentre(cell));
  const apart = Math.max(...points.flatMap((a) => points.map((b) => metresBetween(a, b))));
  return {
    reference: stored[0]?.reference ?? "",
    records: stored.map((record) => incidentRecord.strip().parse(record)),
    apart: Math.round(apart),
  };
}

export function readIncidents({ db, actor, addDetail }: Act): Promise<IncidentsReply> {
  return withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const open = await openIncidents(tx, listed);
    const done = await mergedIncidents(tx, listed);
    const totals = { offered: open[0]?.[0]?.total ?? 0, merged: done[0]?.[0]?.total ?? 0 };
    addDetail(totals);
    return { ...totals, open: open.map(toIncident), done: done.map(toIncident) };
  });
}

export function decideIncidents(
  { db, actor, addDetail }: Act,
  { decision, incidents }: IncidentsDecided,
): Promise<{ incidents: number; events: number }> {
  return withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const outcome =
      decision === "split"
        ? await split(tx, incidents)
        : await decide(tx, incidents, { isMerged: decision === "merge", person: actor.person });
    addDetail({ decision, ...outcome });
    return outcome;
  });
}

async function decide(
  tx: Transaction,
  incidents: IncidentsDecided["incidents"],
  { isMerged, person }: { readonly isMerged: boolean; readonly person: string },
) {
  const offered = (await openIncidents(tx, null)).map((group) => group.map(({ event }) => event));
  const chosen = incidents === "all" ? offered : pick(offered, incidents);
  const decisions = chosen.flatMap((events) => {
    const into = isMerged ? (events[0] ?? null) : null;
    return events.filter((event) => event !== into).map((event) => ({ event, into }));
  });
  await tx.run(sql`delete from event_match where event_id = any(${chosen.flat()}::bigint[])`);
  await insertDecisions(tx, person, decisions);
  return { incidents: chosen.length, events: decisions.length };
}

export const insertDecisions = (
  tx: Transaction,
  person: string,
  decisions: readonly { readonly event: string; readonly into: string | null }[],
) =>
  tx.run(
    sql`insert into event_match (event_id, merged_into, person)
      select event_id, merged_into, ${person}::text
      from unnest(
        ${decisions.map(({ event }) => event)}::bigint[],
        ${decisions.map(({ into }) => into)}::bigint[]
      ) as decided (event_id, merged_into)`,
  );

/** By counting record; returns how many records count again. */
async function split(tx: Transaction, incidents: IncidentsDecided["incidents"]) {
  const kept = incidents === "all" ? null : incidents.map(([first = ""]) => first);
  const isChosen = kept === null ? sql`true` : sql`merged_into = any(${kept}::bigint[])`;
  const gone = await tx.one(
    decidedReply,
    sql`with gone as (
        delete from event_match
        where merged_into is not null and ${isChosen}
        returning merged_into
      )
      select count(distinct merged_into) as incidents, count(*) as events from gone`,
  );
  if (gone.incidents === 0 || (kept !== null && gone.incidents < kept.length)) throw changed();
  return gone;
}

function pick(
  offered: readonly (readonly string[])[],
  asked: readonly (readonly string[])[],
): (readonly string[])[] {
  const keyOf = (events: readonly string[]) => [...events].sort().join(" ");
  const known = new Map(offered.map((events) => [keyOf(events), events]));
  const keys = new Set(asked.map(keyOf));
  return [...keys].map((key) => {
    const events = known.get(key);
    if (!events) throw changed();
    return events;
  });
}

function changed(): Problem {
  return new Problem(
    409,
    "Someone else changed this",
    "These records have changed since you opened the list. Refresh the list.",
  );
}
