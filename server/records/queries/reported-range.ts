import { z } from "zod";
import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";
import { named, sql } from "#server/db/sql.ts";

/** First report by residents or partners known at an instant, epoch ms; null without any. */
export const firstReportIn = (tx: Transaction, cells: readonly H3Cell[], before: number) =>
  tx.value(
    z.number(),
    sql`select min(starts_at) from event
      where cell = any(${cells.map(cellToDecimal)}::bigint[]) and source <> 'police'
        and ends_at <= ${new Date(before)}`,
  );

const range = z.object({ first: z.number().nullable(), last: z.number().nullable() });

/**
 * Epoch milliseconds of the first and last report by residents and partners known at an instant, or
 * of complaints by residents only; null without any.
 */
export async function reportedRange(
  tx: Transaction,
  before: number,
  which: "reports" | "complaints" = "reports",
): Promise<{ readonly first: number; readonly last: number } | null> {
  const isMeant =
    which === "reports" ? sql`source <> 'police'` : sql`source = 'resident' and kind = 'complaint'`;
  const end = (order: "asc" | "desc") => sql`(
    select starts_at from event
    where ${isMeant} and ends_at <= ${new Date(before)}
    order by starts_at ${named(order)} limit 1
  )`;
  const ends = sql`select ${end("asc")} as first, ${end("desc")} as last`;
  const { first, last } = await tx.one(range, ends);
  return first === null || last === null ? null : { first, last };
}
