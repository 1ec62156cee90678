import type { EventColumns } from "#core/events/columns.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { eventCategories, eventKinds, eventSources, type PoliceEvent } from "#core/model/event.ts";
import { minuteMs } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";

export interface NewEvent extends PoliceEvent {
  /** Hexadecimal keyed HMAC; absent for events that are never imported twice, as made-up ones. */
  readonly duplicateKey?: string;
  readonly ward?: string;
  readonly reference?: string;
}

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
    inserted += await insertChunk(tx, batchId, events.slice(from, from + chunkRows));
  }
  return inserted;
}

async function insertChunk(
  tx: Transaction,
  batchId: number,
  events: readonly NewEvent[],
): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with added as (
       insert into event (
         batch_id, cell, kind, source, category, starts_at, ends_at, ward, reference, duplicate_key
       )
       select $1::int, cell, kind, source, category,
              to_timestamp(start_minute * 60::float8), to_timestamp(end_minute * 60::float8),
              ward, reference, decode(duplicate_key, 'hex')
       from unnest(
         $2::bigint[], $3::text[], $4::text[], $5::text[], $6::int[], $7::int[],
         $8::text[], $9::text[], $10::text[]
       ) as incoming (
         cell, kind, source, category, start_minute, end_minute, ward, reference, duplicate_key
       )
       on conflict (duplicate_key) do nothing
       returning 1
     )
     select count(*)::int as "count"
     from added`,
    [
      batchId,
      events.map((event) => cellToDecimal(event.cell)),
      events.map((event) => event.kind),
      events.map((event) => event.source),
      events.map((event) => event.category),
      events.map((event) => Math.floor(event.startsAt / minuteMs)),
      events.map((event) => Math.floor(event.endsAt / minuteMs)),
      events.map((event) => event.ward ?? null),
      events.map((event) => event.reference ?? null),
      events.map((event) => event.duplicateKey ?? null),
    ],
  );
  return rows[0]?.count ?? 0;
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
}

interface LoadedRow {
  readonly cell: H3Cell;
  readonly start: number;
  readonly end: number;
  readonly kind: number;
  readonly source: number;
  readonly category: number;
}

/** Events whose span touches [from, to), known at `before`, sorted by start. */
export async function loadEventColumns(tx: Transaction, range: EventRange): Promise<EventColumns> {
  const rows = await tx.query<LoadedRow>(
    `select to_hex(cell) as "cell",
            floor(extract(epoch from starts_at) / 60)::int as "start",
            floor(extract(epoch from ends_at) / 60)::int as "end",
            (array_position($4::text[], kind) - 1)::int as "kind",
            (array_position($5::text[], source) - 1)::int as "source",
            (array_position($6::text[], category) - 1)::int as "category"
     from event
     where ends_at <= to_timestamp($3::float8 / 1000)
       and ($2::float8 is null or starts_at < to_timestamp($2::float8 / 1000))
       and (
         $1::float8 is null
         or ends_at > to_timestamp($1::float8 / 1000)
         or starts_at >= to_timestamp($1::float8 / 1000)
       )
     order by starts_at, id`,
    [range.from ?? null, range.to ?? null, range.before, eventKinds, eventSources, eventCategories],
  );
  return columnsFromRows(rows);
}

function columnsFromRows(rows: readonly LoadedRow[]): EventColumns {
  const cells: H3Cell[] = [];
  const indexOf = new Map<H3Cell, number>();
  const columns = {
    length: rows.length,
    cells,
    cell: new Uint32Array(rows.length),
    start: new Int32Array(rows.length),
    end: new Int32Array(rows.length),
    kind: new Uint8Array(rows.length),
    source: new Uint8Array(rows.length),
    category: new Uint8Array(rows.length),
  };
  rows.forEach((row, at) => {
    let index = indexOf.get(row.cell);
    if (index === undefined) {
      index = cells.length;
      cells.push(row.cell);
      indexOf.set(row.cell, index);
    }
    columns.cell[at] = index;
    columns.start[at] = row.start;
    columns.end[at] = row.end;
    columns.kind[at] = row.kind;
    columns.source[at] = row.source;
    columns.category[at] = row.category;
  });
  return columns;
}
