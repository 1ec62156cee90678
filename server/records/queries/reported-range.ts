import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

/** Epoch milliseconds of the first report by residents or partners in these cells that is known at an instant; null without any. */
export async function firstReportIn(
  tx: Transaction,
  cells: readonly H3Cell[],
  before: number,
): Promise<number | null> {
  const rows = await tx.query<{ first: number | null }>(
    `select extract(epoch from min(starts_at))::float8 * 1000 as "first"
     from event
     where cell = any($1::bigint[]) and source <> 'police'
       and ends_at <= to_timestamp($2::float8 / 1000)`,
    [cells.map(cellToDecimal), before],
  );
  return rows[0]?.first ?? null;
}

/**
 * Epoch milliseconds of the first and the last report by residents and partners that is known at an
 * instant, or of complaints by residents alone; null without any.
 */
export async function reportedRange(
  tx: Transaction,
  before: number,
  which: "reports" | "complaints" = "reports",
): Promise<{ readonly first: number; readonly last: number } | null> {
  const end = (order: "asc" | "desc") => `(
    select extract(epoch from starts_at)::float8 * 1000
    from event
    where ${which === "reports" ? "source <> 'police'" : "source = 'resident' and kind = 'complaint'"}
      and ends_at <= to_timestamp($1::float8 / 1000)
    order by starts_at ${order}
    limit 1
  )`;
  const rows = await tx.query<{ first: number | null; last: number | null }>(
    `select ${end("asc")} as "first", ${end("desc")} as "last"`,
    [before],
  );
  const { first = null, last = null } = rows[0] ?? {};
  return first === null || last === null ? null : { first, last };
}
