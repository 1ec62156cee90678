import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { date } from "#core/contract/fields.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { DoseReply } from "#core/hotspots/wire/dose.ts";
import type { LoggedVisit } from "#core/patrols/done/read-visits.ts";
import { patrolPartnerKinds } from "#core/patrols/wire/patrol-partners.ts";
import { dayMs, parseLocalDate } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { chunksOf } from "#server/db/chunks.ts";
import type { Transaction } from "#server/db/database.ts";
import { type Sql, sql } from "#server/db/sql.ts";

/** Epoch milliseconds, half open. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface WhosePatrols {
  /** Null of police; absent of all. */
  readonly patrolPartner?: string | null;
}

export const ofThem = (patrolPartner: string | null | undefined) =>
  patrolPartner === undefined
    ? sql`true`
    : sql`patrol_partner is not distinct from ${patrolPartner}::text`;

/** Duplicates are skipped; returns how many were inserted. */
export async function insertVisits(
  tx: Transaction,
  visits: readonly LoggedVisit[],
  person: string,
): Promise<number> {
  let inserted = 0;
  for (const chunk of chunksOf(visits)) {
    const part = chunk.map(({ cell, start, end, units }) => ({
      cell: cellToDecimal(cell),
      starts_at: new Date(start),
      ends_at: new Date(end),
      units,
    }));
    const rows = await tx.rows(
      z.object({}),
      sql`insert into patrol_visit (cell, starts_at, ends_at, unit_count, logged_by)
        select given.*, ${person}::text from json_to_recordset(${JSON.stringify(part)})
          as given (cell bigint, starts_at timestamptz, ends_at timestamptz, units int)
        on conflict on constraint patrol_visit_cell_once do nothing returning 1`,
    );
    inserted += rows.length;
  }
  return inserted;
}

const secondsOfUnits = sql`sum(extract(epoch from ends_at - starts_at) * unit_count)`;
const begunIn = ({ from, to }: Span) =>
  sql`starts_at >= ${new Date(from)} and starts_at < ${new Date(to)}`;

const dayMinutes = z.object({ cell: eventCell, date, minutes: z.number() });

/** Minutes of all units by cell and local start day, past visits only; as columns. */
export async function readDose(act: Act): Promise<DoseReply> {
  const before = knownUntil(act);
  const rows = await act.db.transaction(act.actor, async (tx) => {
    const found = await tx.rows(
      dayMinutes,
      sql`select cell, (starts_at at time zone ${act.zone.name})::date as date,
          ${secondsOfUnits} / 60 as minutes
        from patrol_visit where ends_at <= ${new Date(before)} group by 1, 2 order by 1, 2`,
    );
    act.addDetail({ to: act.zone.dateOf(before), rows: found.length });
    return found;
  });
  const cells = [...new Set(rows.map(({ cell }) => cell))];
  const indexOf = new Map(cells.map((cell, index) => [cell, index] as const));
  return {
    cells,
    cell: rows.map(({ cell }) => indexOf.get(cell) ?? 0),
    day: rows.map((row) => parseLocalDate(row.date) / dayMs),
    minutes: rows.map(({ minutes }) => minutes),
  };
}

/** For visits that began in the span and ended by `before`; all units together. */
export async function loadMinutesWithin(
  tx: Transaction,
  { cells, before, ...span }: Span & { readonly cells: readonly H3Cell[]; readonly before: number },
): Promise<number> {
  const minutes = await tx.value(
    z.number(),
    sql`select ${secondsOfUnits} / 60 from patrol_visit
      where cell = any (${cells.map(cellToDecimal)}) and ${begunIn(span)}
        and ends_at <= ${new Date(before)}`,
  );
  return minutes ?? 0;
}

const visit = z.object({ cell: eventCell, arrive: z.number(), depart: z.number() });

const visitsWhere = (tx: Transaction, span: Span, condition: Sql) =>
  tx.rows(
    visit,
    sql`select cell, starts_at as arrive, ends_at as depart from patrol_visit
      where ${begunIn(span)} and ${condition} order by starts_at, cell, id`,
  );

export const loadLoggedVisits = (tx: Transaction, span: Span) => visitsWhere(tx, span, sql`true`);

/** Those of a debrief stand for its planned stops, or for stays. */
export const loadListedVisits = (tx: Transaction, span: Span) =>
  visitsWhere(tx, span, sql`debrief_id is null`);

const cellMinutes = z.object({
  cell: eventCell,
  /** Of visits that a debrief brought, and of all others. */
  done: z.number(),
  other: z.number(),
  /** Both sources; one stay counts once for any number of units. */
  visits: z.int(),
});
export type CellMinutes = z.infer<typeof cellMinutes>;

/** By cell, for visits that began in the span and are over. */
export const minutesByCell = (
  tx: Transaction,
  { now, patrolPartner, ...span }: Span & WhosePatrols & { readonly now: number },
) =>
  tx.rows(
    cellMinutes,
    sql`select cell, count(*) as visits,
        coalesce(sum(minutes) filter (where debrief_id is not null), 0) as done,
        coalesce(sum(minutes) filter (where debrief_id is null), 0) as other
      from (
        select cell, debrief_id, extract(epoch from ends_at - starts_at) / 60 * unit_count as minutes
        from patrol_visit
        where ${begunIn(span)} and ends_at <= ${new Date(now)} and ${ofThem(patrolPartner)}
      ) as visit
      group by cell order by cell`,
  );

/** A debriefed visit that a log reports too: one stay. */
const isToldTwice = sql`told.debrief_id is not null and exists (
    select from patrol_visit as listed
    where listed.debrief_id is null and listed.cell = told.cell
      and listed.starts_at < told.ends_at and listed.ends_at > told.starts_at
  )`;

/** Minutes of police units inside these stretches, which lie apart, on visits that are over. */
export async function minutesWithin(
  tx: Transaction,
  stretches: readonly Span[],
  now: number,
): Promise<number> {
  const within = JSON.stringify(
    stretches.map(({ from, to }) => ({ starts: new Date(from), ends: new Date(to) })),
  );
  const minutes = await tx.value(
    z.number(),
    sql`select sum(unit_count
        * extract(epoch from least(told.ends_at, ends) - greatest(told.starts_at, starts))) / 60
      from patrol_visit as told
      join json_to_recordset(${within}) as given (starts timestamptz, ends timestamptz)
        on told.starts_at < ends and told.ends_at > starts
      where told.patrol_partner is null and told.ends_at <= ${new Date(now)} and not (${isToldTwice})`,
  );
  return minutes ?? 0;
}

const kindSpent = z.object({
  kind: z.enum(["police", ...patrolPartnerKinds]),
  visits: z.int(),
  minutes: z.number(),
});

/** By who patrolled, police first; what a debrief tells and a list as well counts once (`toldTwice`). */
export const minutesByKind = (tx: Transaction, { now, ...span }: Span & { readonly now: number }) =>
  tx.rows(
    kindSpent,
    sql`select coalesce(kind, 'police') as kind, count(*) as visits,
        sum(extract(epoch from ends_at - starts_at) / 60 * unit_count) as minutes
      from patrol_visit as told left join patrol_partner on code = patrol_partner
      where ${begunIn(span)} and ends_at <= ${new Date(now)} and not (${isToldTwice})
      group by 1 order by coalesce(kind, 'police') <> 'police', 1`,
  );

const spent = z.object({ cell: eventCell, visits: z.int(), minutes: z.number() });

/** Debriefed visits by cell that a log reports too: counted as one stay. */
export const toldTwice = (tx: Transaction, { now, from, to }: Span & { readonly now: number }) =>
  tx.rows(
    spent,
    sql`select told.cell, count(*) as visits,
        sum(extract(epoch from told.ends_at - told.starts_at) / 60 * told.unit_count) as minutes
      from patrol_visit as told
      where told.ends_at <= ${new Date(now)} and ${isToldTwice}
        and told.starts_at >= ${new Date(from)} and told.starts_at < ${new Date(to)}
      group by told.cell order by told.cell`,
  );
