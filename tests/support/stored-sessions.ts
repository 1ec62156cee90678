import { keepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Database } from "#server/db/database.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { at } from "#tests/support/outreach.ts";
import { type Told, visitsTold } from "#tests/support/outreach-words.ts";

/** A row of `outreach_session` as the database holds it, read by a statement of its own. */
export interface StoredRow extends Told {
  readonly id: string;
  readonly key: string;
  readonly cells: readonly string[];
  readonly endedAt: number | null;
  readonly told: readonly { readonly date: string; readonly at: number | null }[];
}

export type Interval = readonly [from: number, to: number];
interface Span {
  readonly now: number;
  readonly to: number;
}

export function storedRows(db: Database): Promise<StoredRow[]> {
  return asOwner<StoredRow>(
    db,
    `select
       outreach_session.id::text as "id",
       outreach_session.key::text as "key",
       repeats = 'once' as "isOnce",
       every_weeks as "weeks",
       case when cardinality(weekdays) > 0 then weekdays
         else array[extract(isodow from first_date)::int] end as "days",
       first_date::text as "first",
       to_char(starts_local, 'HH24:MI') as "start",
       to_char(ends_local, 'HH24:MI') as "end",
       until_date::text as "until",
       (extract(epoch from ended_at) * 1000)::float8 as "endedAt",
       array(select to_hex(cell) from saved_place, unnest(footprint) as cell
         where saved_place.id = place_id order by 1) as "cells",
       array(select occurs_on::text from session_exception
         where session_id = outreach_session.id order by 1) as "except",
       coalesce((select json_agg(json_build_object('date', occurs_on::text,
           'at', (extract(epoch from told_at) * 1000)::float8))
         from session_exception where session_id = outreach_session.id), '[]') as "told"
     from outreach_session
     order by outreach_session.id`,
  );
}

/** What is closed of one session, from the rows that no patrol may overlap. Throws where its cells differ. */
export async function closedRows(db: Database, one: StoredRow): Promise<Interval[]> {
  const rows = await asOwner<{ from: number; to: number; cells: string[] }>(
    db,
    `select (extract(epoch from lower(during)) * 1000)::float8 as "from",
       (extract(epoch from upper(during)) * 1000)::float8 as "to",
       array_agg(to_hex(cell) order by to_hex(cell)) as "cells"
     from occupancy where session_id = $1::bigint group by 1, 2 order by 1`,
    [one.id],
  );
  for (const { cells } of rows) {
    if (cells.join() !== one.cells.join())
      throw new Error("A visit closes other cells than its place");
  }
  return rows.map(({ from, to }) => [from, to]);
}

/** When all cells of a place are shown to police as kept clear. */
export function keptClear(reply: unknown, cells: readonly string[]): Interval[] {
  return keepClearReply
    .parse(reply)
    .stretches.filter((stretch) => cells.every((cell) => stretch.cells.includes(cell)))
    .map(({ from, to }) => [Date.parse(from), Date.parse(to)]);
}

/** When the stored rows together close the cells of a place, by their own words and the 24 hours' rule. */
export function closedByRows(
  rows: readonly StoredRow[],
  cells: readonly string[],
  span: Span,
): Interval[] {
  const place = [...cells].sort().join();
  return rows.filter((row) => row.cells.join() === place).flatMap((row) => closedBy(row, span));
}

function closedBy(one: StoredRow, span: Span): Interval[] {
  return [...visitsTold({ ...one, except: [] }, span)].flatMap(([key, closed]): Interval[] => {
    const date = key.slice(0, 10);
    const word = one.told.find((exception) => exception.date === date);
    const told = word ? (word.at ?? -Infinity) : Infinity;
    const offAt = Math.min(told, one.endedAt ?? Infinity);
    return at(`${date}T${one.start}`) - offAt > dayMs ? [] : [closed];
  });
}

/** Cut to what is compared, in one piece where they touch. */
export function clipped(intervals: readonly Interval[], [from, to]: Interval): Interval[] {
  const inside = intervals
    .map(([start, end]): Interval => [Math.max(start, from), Math.min(end, to)])
    .filter(([start, end]) => start < end)
    .sort(([a], [b]) => a - b);
  const merged: [number, number][] = [];
  for (const [start, end] of inside) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
