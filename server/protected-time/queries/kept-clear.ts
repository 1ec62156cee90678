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
