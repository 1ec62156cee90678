import type { Transaction } from "#server/db/database.ts";

/** From where the line that was written last in this transaction came; the clerk's. */
export async function insertSignInSource(tx: Transaction, address: string): Promise<void> {
  await tx.query(
    `insert into sign_in_source (audit_id, address)
     select audit.id, $1::text from audit order by audit.id desc limit 1`,
    [address.slice(0, 64)],
  );
}

export async function deleteSignInSources(tx: Transaction, before: number): Promise<void> {
  await tx.query("delete from sign_in_source where at < $1::timestamptz", [new Date(before)]);
}
