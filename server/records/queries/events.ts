import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, isPatrolDemand } from "#core/records/event.ts";
import type { StreetEvents } from "#core/records/event-street.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";
import type { SqlValue } from "#server/db/sql.ts";
import {
  createEventArrays,
  incomingEvents,
  type NewEvent,
} from "#server/records/queries/event-arrays.ts";
import { loadTypes, type StoredType } from "#server/records/queries/event-types.ts";
import {
  noEvents,
  type PackedEvents,
  type PackedRow,
  unpackColumns,
  unpackEvents,
  unpackIntegers,
} from "#server/records/queries/packed-events.ts";

/** Enough to make the round trip cheap, little enough to keep memory flat. */
const chunkRows = 5_000;

/**
 * Adds the events to the batch and returns how many went in:
 * those whose duplicate key is there already are left out.
 */
export async function insertEvents(
  tx: Transaction,
  batchId: number,
  events: readonly NewEvent[],
): Promise<number> {
  let inserted = 0;
  for (let from = 0; from < events.length; from += chunkRows) {
    const chunk = events.slice(from, from + chunkRows);
    const arrays = createEventArrays();
    for (const event of chunk) arrays.add(event);
    const codes = chunk.map(({ typeCode }) => typeCode ?? null);
    inserted += await insertIncoming(tx, batchId, arrays.params(codes));
  }
  return inserted;
}

/** The same of what `EventArrays.params` gave. */
export async function insertIncoming(
  tx: Transaction,
  batchId: number,
  incoming: readonly SqlValue[],
): Promise<number> {
  const sql = insertion("on conflict (duplicate_key) do nothing");
  const rows = await tx.query<{ count: number }>(sql, [batchId, ...incoming]);
  return rows[0]?.count ?? 0;
}

/**
 * The same where none of them is expected to be there, a fifth faster: nothing is looked up before it is
 * written. False, and nothing is added, where one is.
 */
export async function insertUnknown(
  tx: Transaction,
  batchId: number,
  incoming: readonly SqlValue[],
): Promise<boolean> {
  try {
    await tx.tryQuery(insertion(""), [batchId, ...incoming]);
    return true;
  } catch (error) {
    const isKnown =
      error instanceof DatabaseError && error.constraint === "event_duplicate_key_unique";
    if (isKnown) return false;
    throw error;
  }
}

/**
 * By their start, so that they touch neighbouring pages of the index of spans; those of one start in the order of
 * the file.
 */
function insertion(onConflict: string): string {
  return `with added as (
      insert into event (
        batch_id, cell, kind, source, category, starts_at, ends_at, ward, reference, duplicate_key,
        placed_by, type_code, segment, streets
      )
      select $1::int, cell, kind, source, category,
             to_timestamp(start_minute * 60::float8), to_timestamp(end_minute * 60::float8),
             ward, reference, duplicate_key, placed_by, type_code, segment, decode(streets, 'hex')
      from ${incomingEvents}
      order by start_minute, end_minute, place
      ${onConflict}
      returning 1
    )
    select count(*)::int as "count"
    from added`;
}

/** One that another batch brought before; `index` is its place among the events asked about. */
export interface KnownEvent {
  readonly index: number;
  readonly batch: number;
  /** What is stored says something else than what came now. */
  readonly differs: boolean;
  /** What is stored has no type, and what came now has one. */
  readonly lacksType: boolean;
}

/** Which of the events an earlier batch holds, in their order; ask once they have been inserted. */
export function findKnownEvents(
  tx: Transaction,
  batchId: number,
  incoming: readonly SqlValue[],
): Promise<KnownEvent[]> {
  return tx.query<KnownEvent>(
    `select (place - 1)::int as "index",
            event.batch_id::int as "batch",
            (
              (event.cell, event.kind, event.source, event.category)
                is distinct from (own.cell, shared.kind, shared.source, shared.category)
              or event.starts_at <> to_timestamp(start_minute * 60::float8)
              or event.ends_at <> to_timestamp(end_minute * 60::float8)
            ) as "differs",
            (event.type_code is null and own.type_code is not null) as "lacksType"
     from ${incomingEvents}
     join event on event.duplicate_key = own.duplicate_key
     where event.batch_id <> $1::int
     order by place`,
    [batchId, ...incoming],
  );
}

/**
 * An event that touches a moment starts no earlier than this: by the longest span there is. Without
 * it, the index is read from its beginning however short the period is.
 */
function earliestStart(moment: string): string {
  return `to_timestamp(
    ${moment}::float8 / 1000 - 60 * (select coalesce(max(longest_minutes), 0) from batch)
  )`;
}

export interface EventRange {
  /** Epoch milliseconds; events that end at or before it are left out. */
  readonly from?: number;
  /** Epoch milliseconds; events that start at or after it are left out. */
  readonly to?: number;
  /**
   * The as-at instant. An event counts as known once its whole span lies before it,
   * so that an uncertain span tells nothing about later days.
   */
  readonly before: number;
  /** Codes of types; events of any type and of none unless given. */
  readonly types?: readonly number[] | null;
}

/**
 * Events whose span touches [from, to), known at `before`, sorted by start; of records that were
 * merged as one incident only the one that counts. They leave the database
 * as one packed array a column, in base64: a row object for each event takes five times as long, and
 * so does PGlite's reading of a bytea.
 */
export function loadEventColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  return loadColumns(tx, range, {});
}

/** The same with the sources' own words for them, which nothing but a filter and a column reads. */
export async function loadTypedColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  const packed = await loadPackedEvents(tx, range);
  return packed ? unpackEvents(packed) : noEvents;
}

/** As the database sends it, to be unpacked in another thread; null without any event. */
export async function loadPackedEvents(
  tx: Transaction,
  range: EventRange,
): Promise<PackedEvents | null> {
  const stored = await loadTypes(tx);
  const row = await loadPacked(tx, range, stored.length === 0 ? {} : { stored });
  return row && { row, stored };
}

/** Between which instants, in epoch milliseconds, the same events are known as at `before`; null where nothing ends. */
export async function knownBetween(
  tx: Transaction,
  before: number,
): Promise<{ readonly from: number | null; readonly until: number | null }> {
  const rows = await tx.query<{ from: number | null; until: number | null }>(
    `select (extract(epoch from max(ends_at) filter (where ends_at <= known.at)) * 1000)::float8 as "from",
            (extract(epoch from min(ends_at) filter (where ends_at > known.at)) * 1000)::float8 as "until"
     from event, (select to_timestamp($1::float8 / 1000) as at) as known`,
    [before],
  );
  return rows[0] ?? { from: null, until: null };
}

/** The same with the segment of each on these streets (`OpenStreets.network`), for whoever counts by street. */
export async function loadStreetEvents(
  tx: Transaction,
  range: EventRange,
  network: string,
): Promise<StreetEvents> {
  const stored = range.types ? await loadTypes(tx) : [];
  const choices = { network, ...(range.types ? { stored } : {}) };
  return streetEvents(await loadPacked(tx, range, choices), stored);
}

/** The same of those alone that ask for a patrol. */
export async function loadStreetDemand(
  tx: Transaction,
  range: EventRange,
  network: string,
): Promise<StreetEvents> {
  const stored = range.types ? { stored: await loadTypes(tx) } : {};
  return streetEvents(
    await loadPacked(tx, range, { network, classes: demandClasses, ...stored }),
    stored.stored ?? [],
  );
}

function streetEvents(
  packed: Awaited<ReturnType<typeof loadPacked>>,
  stored: readonly StoredType[],
): StreetEvents {
  if (!packed?.segment) return { columns: noEvents, segment: new Int32Array(0) };
  return { columns: unpackColumns(packed, stored), segment: unpackIntegers(packed.segment) };
}

/** Those that residents and partners reported: what police discovered is no part of a comparison. */
export function loadReportedColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  return loadColumns(tx, range, { isReported: true });
}

/** What may be told in public is made of complaints by residents alone (SAFEGUARDS 7). */
export function loadComplaintColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  return loadColumns(tx, range, { classes: complaintClasses });
}

const complaintClasses = eventCategories.map((category) => `complaint resident ${category}`);

/** Those of them alone that ask for a patrol: a plan learns from years, in which other events are many. */
export function loadDemandColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  return loadColumns(tx, range, { classes: demandClasses });
}

/** Kind, source and category of each event that asks for a patrol. */
const demandClasses = eventKinds.flatMap((kind) =>
  eventSources.flatMap((source) =>
    eventCategories
      .filter((category) => isPatrolDemand({ kind, source, category }))
      .map((category) => `${kind} ${source} ${category}`),
  ),
);

interface ColumnChoices {
  readonly classes?: readonly string[];
  readonly isReported?: true;
  /** All types that there are; the column is not read without. */
  readonly stored?: readonly StoredType[];
  /** The streets of now; segments are not read without. */
  readonly network?: string;
}

async function loadColumns(
  tx: Transaction,
  range: EventRange,
  choices: ColumnChoices,
): Promise<EventColumns> {
  const packed = await loadPacked(tx, range, choices);
  return packed ? unpackColumns(packed, choices.stored ?? []) : noEvents;
}

/** -1 is `noSegment`, -2 `otherStreets`. */
const segmentOfNow = `, case
  when streets is null then -1
  when streets = decode($10::text, 'hex') then segment
  else -2
end::int as segment`;

async function loadPacked(
  tx: Transaction,
  range: EventRange,
  { classes, isReported, stored, network }: ColumnChoices,
): Promise<(PackedRow & { readonly cell: string }) | null> {
  const rows = await tx.query<PackedRow>(
    `select encode(array_send(array_agg(cell)), 'base64') as "cell",
            encode(array_send(array_agg(start_minute)), 'base64') as "start",
            encode(array_send(array_agg(end_minute)), 'base64') as "end",
            encode(array_send(array_agg(kind)), 'base64') as "kind",
            encode(array_send(array_agg(source)), 'base64') as "source",
            encode(array_send(array_agg(category)), 'base64') as "category"
            ${stored ? `, encode(array_send(array_agg(type)), 'base64') as "type"` : ""}
            ${network ? `, encode(array_send(array_agg(segment)), 'base64') as "segment"` : ""}
     from (
       select cell,
              (date_part('epoch', starts_at) / 60)::int as start_minute,
              (date_part('epoch', ends_at) / 60)::int as end_minute,
              (array_position($4::text[], kind) - 1)::int as kind,
              (array_position($5::text[], source) - 1)::int as source,
              (array_position($6::text[], category) - 1)::int as category
              ${stored ? ", coalesce(type_code, 0)::int as type" : ""}
              ${network ? segmentOfNow : ""}
       from event
       where ends_at <= to_timestamp($3::float8 / 1000)
         and ($2::float8 is null or starts_at < to_timestamp($2::float8 / 1000))
         and ($1::float8 is null or starts_at >= ${earliestStart("$1")})
         and (
           $1::float8 is null
           or ends_at > to_timestamp($1::float8 / 1000)
           or starts_at >= to_timestamp($1::float8 / 1000)
         )
         and ($7::text[] is null or kind || ' ' || source || ' ' || category = any($7::text[]))
         and (not $8::boolean or source <> 'police')
         and ($9::int[] is null ${stored ? "or type_code = any($9::int[])" : ""})
         and not exists (
           select from event_match
           where event_match.event_id = event.id and event_match.merged_into is not null
         )
       order by starts_at, id
     ) as sorted`,
    [
      range.from ?? null,
      range.to ?? null,
      range.before,
      eventKinds,
      eventSources,
      eventCategories,
      classes ?? null,
      isReported === true,
      range.types ?? null,
      ...(network ? [network] : []),
    ],
  );
  const packed = rows[0];
  return packed?.cell ? { ...packed, cell: packed.cell } : null;
}

/** Epoch milliseconds of the first event that is known before an instant; null without any. */
export async function firstEventAt(tx: Transaction, before: number): Promise<number | null> {
  const rows = await tx.query<{ at: number | null }>(
    `select extract(epoch from min(starts_at))::float8 * 1000 as "at"
     from event
     where starts_at < to_timestamp($1::float8 / 1000)`,
    [before],
  );
  return rows[0]?.at ?? null;
}
