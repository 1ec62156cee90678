import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { CellSpent } from "#core/patrols/patrol-month.ts";
import type { Visit } from "#core/patrols/window.ts";
import type { MissedOutcome } from "#core/patrols/wire/debrief.ts";
import type { Transaction } from "#server/db/database.ts";

export interface DebriefRow {
  readonly id: string;
  readonly shiftStart: number;
  readonly shiftEnd: number;
  readonly loggedAt: number;
  readonly loggedBy: string;
  readonly outcomes: readonly OutcomeRow[];
}

export interface OutcomeRow {
  readonly windowId: string;
  readonly ordinal: number;
  readonly outcome: "done" | MissedOutcome;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Debriefs of shifts that start in [from, to). */
export function debriefsOf(tx: Transaction, { from, to }: Span): Promise<DebriefRow[]> {
  return tx.query<DebriefRow>(
    `select
       patrol_debrief.id::text as "id",
       (extract(epoch from shift_starts_at) * 1000)::float8 as "shiftStart",
       (extract(epoch from shift_ends_at) * 1000)::float8 as "shiftEnd",
       (extract(epoch from logged_at) * 1000)::float8 as "loggedAt",
       logged_by as "loggedBy",
       coalesce((
         select json_agg(json_build_object(
           'windowId', window_id::text, 'ordinal', ordinal,
           'outcome', case when is_done then 'done' else coalesce(reason, 'not_done') end
         ) order by window_id, ordinal)
         from patrol_outcome
         where patrol_outcome.debrief_id = patrol_debrief.id
       ), '[]') as "outcomes"
     from patrol_debrief
     where shift_starts_at >= $1::timestamptz and shift_starts_at < $2::timestamptz
     order by shift_starts_at, shift_ends_at`,
    [new Date(from), new Date(to)],
  );
}

/** Takes the place of what was said of this shift before, with the visits that it brought. */
export async function replaceDebrief(
  tx: Transaction,
  debrief: Omit<DebriefRow, "id"> & { readonly visits: readonly Visit[] },
): Promise<void> {
  const shift = [new Date(debrief.shiftStart), new Date(debrief.shiftEnd)];
  await tx.query(
    `delete from patrol_debrief
     where shift_starts_at = $1::timestamptz and shift_ends_at = $2::timestamptz`,
    shift,
  );
  const rows = await tx.query<{ id: string }>(
    `insert into patrol_debrief (shift_starts_at, shift_ends_at, logged_at, logged_by)
     values ($1::timestamptz, $2::timestamptz, $3::timestamptz, $4::text)
     returning id::text as "id"`,
    [...shift, new Date(debrief.loggedAt), debrief.loggedBy],
  );
  const id = rows[0]?.id ?? "";
  await insertOutcomes(tx, id, debrief.outcomes);
  await insertDebriefVisits(tx, id, debrief);
}

async function insertOutcomes(
  tx: Transaction,
  id: string,
  outcomes: readonly OutcomeRow[],
): Promise<void> {
  await tx.query(
    `insert into patrol_outcome (debrief_id, window_id, ordinal, is_done, reason)
     select $1::bigint, given.window_id, given.ordinal, given.outcome = 'done',
            nullif(nullif(given.outcome, 'done'), 'not_done')
     from unnest($2::bigint[], $3::int[], $4::text[]) as given (window_id, ordinal, outcome)`,
    [
      id,
      outcomes.map((outcome) => outcome.windowId),
      outcomes.map((outcome) => outcome.ordinal),
      outcomes.map(({ outcome }) => outcome),
    ],
  );
}

/** A visit that a list has brought already is not counted again. */
async function insertDebriefVisits(
  tx: Transaction,
  id: string,
  { visits, loggedBy }: { readonly visits: readonly Visit[]; readonly loggedBy: string },
): Promise<void> {
  await tx.query(
    `insert into patrol_visit (cell, starts_at, ends_at, logged_by, debrief_id)
     select given.cell, given.starts_at, given.ends_at, $2::text, $1::bigint
     from unnest($3::bigint[], $4::timestamptz[], $5::timestamptz[])
       as given (cell, starts_at, ends_at)
     on conflict on constraint patrol_visit_cell_once do nothing`,
    [
      id,
      loggedBy,
      visits.map((visit) => cellToDecimal(visit.cell)),
      visits.map((visit) => new Date(visit.arrive)),
      visits.map((visit) => new Date(visit.depart)),
    ],
  );
}

/** Visits of debriefs that began in [from, to), by cell, where a list tells of a visit there at the same time: one stay. */
export function toldTwice(
  tx: Transaction,
  { from, to, now }: Span & { readonly now: number },
): Promise<CellSpent[]> {
  return tx.query<CellSpent>(
    `select
       to_hex(told.cell) as "cell",
       count(*)::int as "visits",
       sum(extract(epoch from told.ends_at - told.starts_at) / 60 * told.unit_count)::float8 as "minutes"
     from patrol_visit as told
     where told.debrief_id is not null
       and told.starts_at >= $1::timestamptz and told.starts_at < $2::timestamptz
       and told.ends_at <= $3::timestamptz
       and exists (
         select from patrol_visit as listed
         where listed.debrief_id is null
           and listed.cell = told.cell
           and listed.starts_at < told.ends_at
           and listed.ends_at > told.starts_at
       )
     group by told.cell
     order by told.cell`,
    [new Date(from), new Date(to), new Date(now)],
  );
}

export interface CellMinutes {
  readonly cell: H3Cell;
  /** Of visits that a debrief brought, and of all others. */
  readonly done: number;
  readonly other: number;
  /** Of both: one stay of any number of units. */
  readonly visits: number;
}

/** Logged minutes and visits by cell of visits that began in [from, to) and are over. */
export function minutesByCell(
  tx: Transaction,
  { from, to, now }: Span & { readonly now: number },
): Promise<CellMinutes[]> {
  return tx.query<CellMinutes>(
    `select
       to_hex(cell) as "cell",
       coalesce(sum(minutes) filter (where debrief_id is not null), 0)::float8 as "done",
       coalesce(sum(minutes) filter (where debrief_id is null), 0)::float8 as "other",
       count(*)::int as "visits"
     from (
       select cell, debrief_id, extract(epoch from ends_at - starts_at) / 60 * unit_count as minutes
       from patrol_visit
       where starts_at >= $1::timestamptz and starts_at < $2::timestamptz
         and ends_at <= $3::timestamptz
     ) as visit
     group by cell
     order by cell`,
    [new Date(from), new Date(to), new Date(now)],
  );
}
