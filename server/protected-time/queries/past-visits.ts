import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { Transaction } from "#server/db/database.ts";

export interface SessionDate {
  readonly sessionId: string;
  readonly date: string;
}

/** Through the keeper's door. */
export async function addKeptClear(
  tx: Transaction,
  visits: { readonly partnerId: string; readonly kept: boolean; readonly count: number },
): Promise<void> {
  if (visits.count === 0) return;
  await tx.query(
    `insert into kept_clear (partner_id, kept, visits)
     values ($1::bigint, $2::boolean, $3::int)
     on conflict (partner_id, kept) do update set visits = kept_clear.visits + excluded.visits`,
    [visits.partnerId, visits.kept, visits.count],
  );
}

/** Of visits that are erased. */
export async function loadKeptClear(
  tx: Transaction,
  partnerId: string,
): Promise<{ kept: number; not: number }> {
  const rows = await tx.query<{ kept: boolean; visits: number }>(
    `select kept as "kept", visits::int as "visits"
     from kept_clear
     where partner_id = $1::bigint`,
    [partnerId],
  );
  const of = (kept: boolean) => rows.find((row) => row.kept === kept)?.visits ?? 0;
  return { kept: of(true), not: of(false) };
}

/** Police in a cell during [from, to), epoch milliseconds. */
export interface AttendedRow {
  readonly key: string;
  readonly cell: H3Cell;
  /** As it was chosen from the list of places; null where a cell was chosen. */
  readonly place: string | null;
  readonly from: number;
  readonly to: number;
  readonly loggedAt: number;
}

export async function insertAttended(
  tx: Transaction,
  row: Omit<AttendedRow, "key"> & { readonly by: string },
): Promise<void> {
  await tx.query(
    `insert into police_attended (cell, place, starts_at, ends_at, logged_at, logged_by)
     values ($1::bigint, $2::text, $3::timestamptz, $4::timestamptz, $5::timestamptz, $6::text)`,
    [
      cellToDecimal(row.cell),
      row.place,
      new Date(row.from),
      new Date(row.to),
      new Date(row.loggedAt),
      row.by,
    ],
  );
}

/** Those that ended after an instant, newest first. */
export function loadAttended(tx: Transaction, after: number): Promise<AttendedRow[]> {
  return tx.query<AttendedRow>(
    `select
       key::text as "key",
       to_hex(cell) as "cell",
       place as "place",
       (extract(epoch from starts_at) * 1000)::float8 as "from",
       (extract(epoch from ends_at) * 1000)::float8 as "to",
       (extract(epoch from logged_at) * 1000)::float8 as "loggedAt"
     from police_attended
     where ends_at > $1::timestamptz
     order by starts_at desc, id desc`,
    [new Date(after)],
  );
}

/** False where there is none of that number that was logged since an instant. */
export async function deleteAttended(
  tx: Transaction,
  { key, since }: { readonly key: string; readonly since: number },
): Promise<boolean> {
  const rows = await tx.query(
    "delete from police_attended where key = $1::uuid and logged_at >= $2::timestamptz returning 1",
    [key, new Date(since)],
  );
  return rows.length > 0;
}

export async function deleteOldAttended(tx: Transaction, endedBefore: number): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `with gone as (
       delete from police_attended where ends_at <= $1::timestamptz returning 1
     )
     select count(*)::int as "count" from gone`,
    [new Date(endedBefore)],
  );
  return rows[0]?.count ?? 0;
}
