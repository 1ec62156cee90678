import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Band } from "#core/patrols/positions/dose-tally.ts";
import type { Transaction } from "#server/db/database.ts";

interface NewImport {
  readonly at: number;
  readonly person: string;
  /** Seconds. */
  readonly refresh: number;
  readonly hashes: readonly string[];
}

export interface NewDay extends Band {
  readonly date: string;
  readonly devices: number;
}

export interface NewCell extends Band {
  readonly date: string;
  readonly cell: H3Cell;
  readonly visits: number;
}

const chunkRows = 5_000;
const lockNumber = 7_313;

/** Two imports wait for each other here, until their transactions end: each looks for what the other brings in. */
export async function lockPositionImports(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock($1::bigint)", [lockNumber]);
}

/** The import that any of these files came in with before; null where none did. */
export async function importOfFiles(
  tx: Transaction,
  hashes: readonly string[],
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `select id::int as "id" from position_import where file_hashes && $1::text[] order by id limit 1`,
    [hashes],
  );
  return rows[0]?.id ?? null;
}

/** How many of these days an import has recorded already. */
export async function countRecorded(tx: Transaction, dates: readonly string[]): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(distinct day)::int as "count" from position_day where day = any ($1::date[])`,
    [dates],
  );
  return rows[0]?.count ?? 0;
}

export async function insertPositionImport(
  tx: Transaction,
  { at, person, refresh, hashes }: NewImport,
): Promise<number> {
  const rows = await tx.query<{ id: number }>(
    `insert into position_import (imported_at, imported_by, refresh_seconds, file_hashes)
     values ($1::timestamptz, $2::text, $3::real, $4::text[])
     returning id::int as "id"`,
    [new Date(at), person, refresh, hashes],
  );
  return rows[0]?.id ?? 0;
}

export async function insertPositionDays(
  tx: Transaction,
  id: number,
  days: readonly NewDay[],
): Promise<void> {
  await tx.query(
    `insert into position_day (import_id, day, device_count, minutes, low, high)
     select $1::bigint, given.day, given.devices, given.minutes, given.low, given.high
     from unnest($2::date[], $3::int[], $4::real[], $5::real[], $6::real[])
       as given (day, devices, minutes, low, high)`,
    [id, days.map(({ date }) => date), days.map(({ devices }) => devices), ...bandColumns(days)],
  );
}

export async function insertPositionDose(
  tx: Transaction,
  id: number,
  cells: readonly NewCell[],
): Promise<void> {
  for (let from = 0; from < cells.length; from += chunkRows) {
    const part = cells.slice(from, from + chunkRows);
    await tx.query(
      `insert into position_dose (import_id, day, cell, minutes, low, high, visit_count)
       select $1::bigint, given.day, given.cell, given.minutes, given.low, given.high, given.visits
       from unnest($2::date[], $3::bigint[], $4::real[], $5::real[], $6::real[], $7::int[])
         as given (day, cell, minutes, low, high, visits)`,
      [
        id,
        part.map(({ date }) => date),
        part.map(({ cell }) => cellToDecimal(cell)),
        ...bandColumns(part),
        part.map(({ visits }) => visits),
      ],
    );
  }
}

function bandColumns(rows: readonly Band[]): number[][] {
  return [
    rows.map(({ minutes }) => minutes),
    rows.map(({ low }) => low),
    rows.map(({ high }) => high),
  ];
}

export interface PositionImportRow {
  readonly id: number;
  readonly importedAt: number;
  readonly person: string;
  readonly refresh: number;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly days: number;
  readonly minutes: number;
}

/** Newest first. */
export function positionImports(tx: Transaction): Promise<PositionImportRow[]> {
  return tx.query<PositionImportRow>(
    `select
       id::int as "id",
       (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
       imported_by as "person",
       refresh_seconds::float8 as "refresh",
       to_char(min(day), 'YYYY-MM-DD') as "firstDay",
       to_char(max(day), 'YYYY-MM-DD') as "lastDay",
       count(*)::int as "days",
       sum(minutes::float8)::float8 as "minutes"
     from position_import
     join position_day on position_day.import_id = position_import.id
     group by position_import.id
     order by position_import.id desc`,
    [],
  );
}

/** False where there is no such import. */
export async function deletePositionImport(tx: Transaction, id: number): Promise<boolean> {
  const rows = await tx.query<{ id: number }>(
    `delete from position_import where id = $1::bigint returning id::int as "id"`,
    [id],
  );
  return rows.length > 0;
}

export interface RecordedCell extends Band {
  readonly cell: H3Cell;
  readonly visits: number;
}

/**
 * Recorded minutes by cell of these days together. Bands of days and imports are independent, so their
 * squares add up; the upper one is never cut, and tells the width.
 */
export function recordedByCell(tx: Transaction, dates: readonly string[]): Promise<RecordedCell[]> {
  return tx.query<RecordedCell>(
    `select
       to_hex(cell) as "cell",
       sum(minutes::float8)::float8 as "minutes",
       greatest(0, sum(minutes::float8) - sqrt(sum((high - minutes)::float8 ^ 2)))::float8 as "low",
       (sum(minutes::float8) + sqrt(sum((high - minutes)::float8 ^ 2)))::float8 as "high",
       sum(visit_count)::int as "visits"
     from position_dose
     where day = any ($1::date[])
     group by cell
     order by cell`,
    [dates],
  );
}

export interface RecordedCellDay {
  readonly cell: H3Cell;
  readonly date: string;
  readonly minutes: number;
}

interface DateSpan {
  readonly from: string;
  readonly before: string;
}

/** Days that any import recorded. */
export async function recordedDates(
  tx: Transaction,
  { from, before }: DateSpan,
): Promise<string[]> {
  const days = await tx.query<{ date: string }>(
    `select distinct to_char(day, 'YYYY-MM-DD') as "date"
     from position_day
     where day >= $1::date and day < $2::date
     order by 1`,
    [from, before],
  );
  return days.map(({ date }) => date);
}

export function recordedByDay(
  tx: Transaction,
  { from, before }: DateSpan,
): Promise<RecordedCellDay[]> {
  return tx.query<RecordedCellDay>(
    `select
       to_hex(cell) as "cell",
       to_char(day, 'YYYY-MM-DD') as "date",
       sum(minutes::float8)::float8 as "minutes"
     from position_dose
     where day >= $1::date and day < $2::date
     group by cell, day
     order by day, cell`,
    [from, before],
  );
}

/** Days before a date, and imports that have no day left; how many days went. */
export async function deleteOldPositionDays(tx: Transaction, before: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with gone as (delete from position_day where day < $1::date returning 1)
     select count(*)::int as "count" from gone`,
    [before],
  );
  await tx.query(
    `delete from position_import
     where not exists (select from position_day where import_id = position_import.id)`,
    [],
  );
  return rows[0]?.count ?? 0;
}
