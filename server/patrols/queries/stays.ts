import { z } from "zod";
import { eventCell } from "#core/contract/event-cell.ts";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import { type EndedStay, endedStays } from "#core/patrols/duty/stays.ts";
import type { Transaction } from "#server/db/database.ts";
import { countOf } from "#server/db/rows.ts";
import { assigned, type Fields, insertInto, type Sql, sql } from "#server/db/sql.ts";
import type { Span } from "#server/patrols/visits.ts";

/** Instants in epoch milliseconds. */
const stayRow = z.object({
  key: z.string(),
  windowId: z.string(),
  unit: z.int(),
  patrolPartner: z.string().nullable(),
  arrive: z.number(),
  leave: z.number().nullable(),
  isDebriefed: z.boolean(),
  stopCell: eventCell,
  stopArrive: z.number(),
  stopDepart: z.number(),
});

export type StayRow = EndedStay & { readonly key: string; readonly isDebriefed: boolean };

/** Oldest first; without those that were taken back. */
async function staysWhere(tx: Transaction, condition: Sql, now: number): Promise<StayRow[]> {
  const rows = await tx.rows(
    stayRow,
    sql`select key, patrol_stay.window_id, unit, patrol_partner, arrived_at as arrive,
        left_at as leave, debrief_id is not null as is_debriefed,
        patrol_stay.cell as stop_cell, arrives_at as stop_arrive, departs_at as stop_depart
      from patrol_stay join patrol_stop
        on patrol_stop.window_id = patrol_stay.window_id and patrol_stop.cell = patrol_stay.cell
      where not is_removed and ${condition} order by arrived_at, key`,
  );
  const stays = rows.map(({ stopCell: cell, stopArrive: arrive, stopDepart: depart, ...stay }) => ({
    ...stay,
    stop: { cell, arrive, depart },
  }));
  return endedStays(stays, now) as StayRow[];
}

export const staysOfWindows = (tx: Transaction, windowIds: readonly string[], now: number) =>
  staysWhere(tx, sql`patrol_stay.window_id = any(${windowIds})`, now);

/** That began in the span. */
export const staysIn = (tx: Transaction, { from, to }: Span, now: number) =>
  staysWhere(tx, sql`arrived_at >= ${new Date(from)} and arrived_at < ${new Date(to)}`, now);

const kept = z.object({
  windowId: z.string(),
  cell: eventCell,
  arrive: z.number(),
  left: z.number().nullable(),
  saidAfter: z.int(),
  isRemoved: z.boolean(),
});

/** As the caller's own rights show it. */
export const findStay = (tx: Transaction, key: string) =>
  tx.maybe(
    kept,
    sql`select window_id, cell, arrived_at as arrive, left_at as left, said_after, is_removed
      from patrol_stay where key = ${key}`,
  );

/** False where somebody else's stay has this key. */
export const insertStay = (
  tx: Transaction,
  { cell, ...row }: Fields & { readonly cell: H3Cell },
): Promise<boolean> =>
  tx.did(
    sql`${insertInto("patrol_stay", { cell: cellToDecimal(cell), ...row })} on conflict do nothing`,
  );

/** No longer in a debrief that was saved before. */
export const changeStay = (tx: Transaction, key: string, fields: Fields) =>
  tx.run(
    sql`update patrol_stay set ${assigned({ ...fields, debriefId: null })} where key = ${key}`,
  );

/** Without those of which nobody said when they ended: they are still to be set right. */
export const noteDebriefed = (tx: Transaction, windowIds: readonly string[], debriefId: number) =>
  tx.run(
    sql`update patrol_stay set debrief_id = ${debriefId}, logged_by = null
      where window_id = any(${windowIds}) and left_at is not null`,
  );

const seen = z.object({ windowId: z.string(), seenAt: z.number() });

export async function seenAmong(tx: Transaction, windowIds: readonly string[]) {
  const rows = await tx.rows(
    seen,
    sql`select window_id, seen_at from patrol_seen where window_id = any(${windowIds})`,
  );
  return new Map(rows.map(({ windowId, seenAt }) => [windowId, seenAt]));
}

export const insertSeen = (tx: Transaction, windowId: string, by: Fields) =>
  tx.run(sql`${insertInto("patrol_seen", { windowId, ...by })} on conflict do nothing`);

/** Who tapped, what was taken back, and who knew of a lost patrol; returns how many. */
export async function forgetTaps(tx: Transaction, before: number): Promise<number> {
  const old = sql`logged_at <= ${new Date(before)}`;
  const counts = [
    sql`delete from patrol_stay where is_removed and ${old} returning 1`,
    sql`update patrol_stay set logged_by = null where logged_by is not null and ${old} returning 1`,
    sql`delete from patrol_seen where seen_at <= ${new Date(before)} returning 1`,
  ];
  let all = 0;
  for (const count of counts) all += await countOf(tx, count);
  return all;
}
