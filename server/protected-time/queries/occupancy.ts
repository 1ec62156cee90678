import { z } from "zod";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

export interface ProtectedRow {
  readonly sessionId: string;
  readonly cell: H3Cell;
  readonly from: number;
  readonly to: number;
}

/** Both writers of `occupancy` wait for each other here, until their transactions end. */
export const lockOccupancy = (tx: Transaction) => tx.run(sql`select pg_advisory_xact_lock(7310)`);

/** Reopens; returns how far each was closed, epoch milliseconds. */
export async function deleteProtectedAfter(
  tx: Transaction,
  sessionIds: readonly string[],
  after: number,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.rows(
    z.object({ sessionId: z.string(), until: z.number() }),
    sql`with gone as (
        delete from occupancy
        where session_id = any(${sessionIds}) and upper(during) > ${new Date(after)}
        returning session_id, lower(during) as closed_from
      )
      select session_id, max(closed_from) as until from gone group by session_id`,
  );
  return new Map(rows.map(({ sessionId, until }) => [sessionId, until]));
}

/** At most about 5,000 rows at once. */
export const insertProtected = (tx: Transaction, rows: readonly ProtectedRow[]) =>
  tx.run(
    sql`insert into occupancy (cell, during, kind, session_id)
      select cell, tstzrange(closed_from, closed_to, '[)'), 'protected', session_id
      from ${given(rows)}
      order by cell, closed_from`,
  );

export async function windowsInTheWay(
  tx: Transaction,
  rows: readonly ProtectedRow[],
): Promise<string[]> {
  const found = await tx.rows(
    z.object({ windowId: z.string() }),
    sql`select distinct window_id
      from ${given(rows)}
      join occupancy
        on occupancy.cell = given.cell and during && tstzrange(closed_from, closed_to, '[)')
      where kind = 'patrol' and active`,
  );
  return found.map(({ windowId }) => windowId);
}

const given = (rows: readonly ProtectedRow[]) => sql`
  unnest(
    ${rows.map(({ cell }) => cellToDecimal(cell))}::bigint[],
    ${rows.map(({ from }) => new Date(from))}::timestamptz[],
    ${rows.map(({ to }) => new Date(to))}::timestamptz[],
    ${rows.map(({ sessionId }) => sessionId)}::bigint[]
  ) as given (cell, closed_from, closed_to, session_id)`;
