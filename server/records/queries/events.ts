import { z } from "zod";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, isPatrolDemand } from "#core/records/event.ts";
import type { StreetEvents } from "#core/records/event-street.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { chunksOf } from "#server/db/chunks.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import { type Sql, sql, statementOf } from "#server/db/sql.ts";
import { createEventArrays, type NewEvent } from "#server/records/queries/event-arrays.ts";
import { loadTypes, type StoredType } from "#server/records/queries/event-types.ts";
import {
  noEvents,
  type PackedEvents,
  packedRow,
  unpackColumns,
  unpackEvents,
  unpackIntegers,
} from "#server/records/queries/packed-events.ts";

/** Adds the events to the batch, skipping existing duplicate keys; returns how many were added. */
export async function insertEvents(
  tx: Transaction,
  batch: number,
  events: readonly NewEvent[],
): Promise<number> {
  let inserted = 0;
  for (const chunk of chunksOf(events)) {
    const arrays = createEventArrays();
    for (const event of chunk) arrays.add(event);
    const incoming = arrays.rows(chunk.map(({ typeCode }) => typeCode ?? null));
    inserted += await insertIncoming(tx, batch, incoming);
  }
  return inserted;
}

export async function insertIncoming(
  tx: Transaction,
  batch: number,
  incoming: Sql,
): Promise<number> {
  const added = insertion(batch, incoming, sql`on conflict (duplicate_key) do nothing`);
  return (await tx.value(z.int(), added)) ?? 0;
}

/**
 * The same where none is expected to exist, a fifth faster: nothing is looked up before writing.
 * False, with nothing added, if one does.
 */
export async function insertUnknown(
  tx: Transaction,
  batch: number,
  incoming: Sql,
): Promise<boolean> {
  const { sql: text, params } = statementOf(insertion(batch, incoming, sql``));
  try {
    await tx.tryQuery(text, params);
    return true;
  } catch (error) {
    const isKnown =
      error instanceof DatabaseError && error.constraint === "event_duplicate_key_unique";
    if (isKnown) return false;
    throw error;
  }
}

/** Sorted by start, to touch neighbouring pages of the index of spans; ties in file order. */
const insertion = (batch: number, incoming: Sql, onConflict: Sql) => sql`with added as (
    insert into event (
      batch_id, cell, kind, source, category, starts_at, ends_at, ward, reference, duplicate_key,
      placed_by, type_code, segment, streets
    )
    select ${batch}::int, cell, kind, source, category,
      to_timestamp(start_minute * 60::float8), to_timestamp(end_minute * 60::float8),
      ward, reference, duplicate_key, placed_by, type_code, segment, decode(streets, 'hex')
    from ${incoming}
    order by start_minute, end_minute, place
    ${onConflict}
    returning 1
  )
  select count(*) from added`;

const knownEvent = z.object({
  index: z.int(),
  batch: z.int(),
  differs: z.boolean(),
  /** The stored one has no type, the new one does. */
  lacksType: z.boolean(),
});
export type KnownEvent = z.infer<typeof knownEvent>;

/** In order; call after inserting. */
export const findKnownEvents = (tx: Transaction, batch: number, incoming: Sql) =>
  tx.rows(
    knownEvent,
    sql`select place - 1 as index, event.batch_id as batch,
        (
          (event.cell, event.kind, event.source, event.category)
            is distinct from (own.cell, shared.kind, shared.source, shared.category)
          or event.starts_at <> to_timestamp(start_minute * 60::float8)
          or event.ends_at <> to_timestamp(end_minute * 60::float8)
        ) as differs,
        (event.type_code is null and own.type_code is not null) as lacks_type
      from ${incoming}
      join event on event.duplicate_key = own.duplicate_key
      where event.batch_id <> ${batch}
      order by place`,
  );

export interface EventRange {
  /** Epoch milliseconds; events that end at or before it are left out. */
  readonly from?: number;
  /** Epoch milliseconds; events that start at or after it are left out. */
  readonly to?: number;
  /**
   * The as-at instant. An event is known once its whole span lies before it, so that an uncertain
   * span reveals nothing about later days.
   */
  readonly before: number;
  /** Type codes; absent: any type or none. */
  readonly types?: readonly number[] | null;
}

/**
 * Events whose span touches [from, to), known at `before`, sorted by start; of merged records only
 * the one that counts. Sent as one packed array per column, in base64: a row object per event takes
 * five times as long, and so does PGlite's reading of a bytea.
 */
export const loadEventColumns = (tx: Transaction, range: EventRange) => loadColumns(tx, range);

export async function loadTypedColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  const packed = await loadPackedEvents(tx, range);
  return packed ? unpackEvents(packed) : noEvents;
}

/** Unpacked in another thread; null without events. */
export async function loadPackedEvents(
  tx: Transaction,
  range: EventRange,
): Promise<PackedEvents | null> {
  const stored = await loadTypes(tx);
  const row = await loadPacked(tx, range, { hasTypes: stored.length > 0 });
  return row && { row, stored };
}

const bounds = z.object({ from: z.number().nullable(), until: z.number().nullable() });

/** Interval in which the known events equal those at `before`; epoch ms, null where open. */
export const knownBetween = (tx: Transaction, before: number) =>
  tx.one(
    bounds,
    sql`select max(ends_at) filter (where ends_at <= known.at) as from,
        min(ends_at) filter (where ends_at > known.at) as until
      from event, (select ${new Date(before)}::timestamptz as at) as known`,
  );

/** With street segments (`OpenStreets.network`). */
export async function loadStreetEvents(
  tx: Transaction,
  range: EventRange,
  network: string,
): Promise<StreetEvents> {
  const stored: readonly StoredType[] = range.types ? await loadTypes(tx) : [];
  const packed = await loadPacked(tx, range, { network, hasTypes: Boolean(range.types) });
  if (!packed?.segment) return { columns: noEvents, segment: new Int32Array(0) };
  return { columns: unpackColumns(packed, stored), segment: unpackIntegers(packed.segment) };
}

/** Those that residents and partners reported: what police discovered is no part of a comparison. */
export const loadReportedColumns = (tx: Transaction, range: EventRange) =>
  loadColumns(tx, range, sql`source <> 'police'`);

/** Public figures use only residents' complaints (SAFEGUARDS 7). */
export const loadComplaintColumns = (tx: Transaction, range: EventRange) =>
  loadColumns(tx, range, sql`kind = 'complaint' and source = 'resident'`);

/** Only events that ask for a patrol: plans learn from years of data. */
export const loadDemandColumns = (tx: Transaction, range: EventRange) =>
  loadColumns(tx, range, isDemand);

const demandClasses = eventKinds.flatMap((kind) =>
  eventSources.flatMap((source) =>
    eventCategories
      .filter((category) => isPatrolDemand({ kind, source, category }))
      .map((category) => `${kind} ${source} ${category}`),
  ),
);

/** What `isSexWorkSighting` says, of any source. */
const isSexWorkSighting = sql`kind = 'sighting' and category = 'street_sex_work'`;
export const loadSexWorkSightings = (tx: Transaction, range: EventRange) =>
  loadColumns(tx, range, isSexWorkSighting);

const isDemand = sql`kind || ' ' || source || ' ' || category = any(${demandClasses})`;

async function loadColumns(tx: Transaction, range: EventRange, where?: Sql): Promise<EventColumns> {
  const packed = await loadPacked(tx, range, { where });
  return packed ? unpackColumns(packed, []) : noEvents;
}

async function loadPacked(
  tx: Transaction,
  { from, to, before, types }: EventRange,
  {
    where = sql`true`,
    hasTypes = false,
    network,
  }: {
    readonly where?: Sql | undefined;
    /** Otherwise their column is not read. */
    readonly hasTypes?: boolean;
    /** Current streets; absent: segments are not read. */
    readonly network?: string;
  },
): Promise<PackedEvents["row"] | null> {
  const packed = (column: Sql) => sql`encode(array_send(array_agg(${column})), 'base64')`;
  // -1 is `noSegment`, -2 `otherStreets`.
  const segment =
    network === undefined
      ? sql`null::int`
      : sql`case
          when streets is null then -1
          when streets = decode(${network}, 'hex') then segment
          else -2
        end`;
  const row = await tx.one(
    packedRow,
    sql`select ${packed(sql`cell`)} as cell, ${packed(sql`start_minute`)} as start,
        ${packed(sql`end_minute`)} as end, ${packed(sql`kind`)} as kind,
        ${packed(sql`source`)} as source, ${packed(sql`category`)} as category,
        ${hasTypes ? packed(sql`type`) : sql`null`} as type,
        ${network === undefined ? sql`null` : packed(sql`segment`)} as segment
      from (
        select cell,
          (date_part('epoch', starts_at) / 60)::int as start_minute,
          (date_part('epoch', ends_at) / 60)::int as end_minute,
          (array_position(${eventKinds}::text[], kind) - 1)::int as kind,
          (array_position(${eventSources}::text[], source) - 1)::int as source,
          (array_position(${eventCategories}::text[], category) - 1)::int as category,
          ${hasTypes ? sql`coalesce(type_code, 0)::int` : sql`null::int`} as type,
          ${segment} as segment
        from event
        where ends_at <= ${new Date(before)}
          and ${to === undefined ? sql`true` : sql`starts_at < ${new Date(to)}`}
          and ${from === undefined ? sql`true` : touches(from)}
          and ${types ? sql`type_code = any(${types})` : sql`true`}
          and ${where}
          and not exists (
            select from event_match
            where event_match.event_id = event.id and event_match.merged_into is not null
          )
        order by starts_at, id
      ) as sorted`,
  );
  return row.cell === null ? null : { ...row, cell: row.cell };
}

/**
 * An event touching a moment starts at most the longest existing span earlier: without this bound
 * the index is read from its beginning, however short the period is.
 */
const touches = (from: number) => sql`starts_at >= (
    select ${new Date(from)}::timestamptz - coalesce(max(longest_minutes), 0) * interval '1 minute'
    from batch
  )
  and (ends_at > ${new Date(from)} or starts_at >= ${new Date(from)})`;

/** Epoch milliseconds; null without any. */
export const firstEventAt = (tx: Transaction, before: number) =>
  tx.value(z.number(), sql`select min(starts_at) from event where starts_at < ${new Date(before)}`);
