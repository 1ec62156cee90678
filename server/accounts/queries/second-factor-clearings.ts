import type { Transaction } from "#server/db/database.ts";

/** That somebody lost every second factor; who asks, confirms and may, triggers hold (0046). */
export interface ClearingRow {
  readonly id: string;
  readonly accountId: string;
  readonly owner: string;
  readonly askedBy: string;
  /** Epoch milliseconds. */
  readonly askedAt: number;
}

const columns = `
  id::text as "id", account_id::text as "accountId", owner as "owner", asked_by as "askedBy",
  (extract(epoch from asked_at) * 1000)::float8 as "askedAt"`;

const open = "cleared_at is null and asked_at > now() - interval '7 days'";

export async function openClearings(tx: Transaction): Promise<ClearingRow[]> {
  return tx.query<ClearingRow>(
    `select ${columns} from second_factor_clearing where ${open} order by asked_at, id`,
  );
}

/** In the place of one that nobody confirmed in time; false where one is open. */
export async function insertClearing(tx: Transaction, accountId: string): Promise<boolean> {
  await withdrawClearing(tx, accountId, `not (${open})`);
  const rows = await tx.query(
    `insert into second_factor_clearing (account_id) values ($1::bigint)
     on conflict do nothing returning 1`,
    [accountId],
  );
  return rows.length === 1;
}

/** What is asked of this account and not confirmed, by anybody. */
export async function withdrawClearing(
  tx: Transaction,
  accountId: string,
  which = "true",
): Promise<void> {
  await tx.query(
    `delete from second_factor_clearing
     where account_id = $1::bigint and cleared_at is null and ${which}`,
    [accountId],
  );
}

/** The clearing that was confirmed; null where none of this number is open. */
export async function confirmClearing(
  tx: Transaction,
  id: string,
  by: string,
): Promise<ClearingRow | null> {
  const rows = await tx.query<ClearingRow>(
    `update second_factor_clearing set confirmed_by = $2::text
     where id = $1::uuid and ${open} returning ${columns}`,
    [id, by],
  );
  return rows[0] ?? null;
}

export async function findClearing(tx: Transaction, id: string): Promise<ClearingRow | null> {
  const rows = await tx.query<ClearingRow>(
    `select ${columns} from second_factor_clearing where id = $1::uuid and ${open}`,
    [id],
  );
  return rows[0] ?? null;
}

/** Taken back or turned down; the owner whose it was. */
export async function deleteClearing(tx: Transaction, id: string): Promise<string | null> {
  const rows = await tx.query<{ owner: string }>(
    `delete from second_factor_clearing where id = $1::uuid and cleared_at is null
     returning owner as "owner"`,
    [id],
  );
  return rows[0]?.owner ?? null;
}

export interface ClearedRow {
  readonly askedBy: string;
  readonly confirmedBy: string;
  readonly byHost: boolean;
  readonly clearedAt: number;
}

/** The newest of which the owner has not said that it was read. */
export async function untoldClearing(
  tx: Transaction,
  accountId: string,
): Promise<ClearedRow | null> {
  const rows = await tx.query<ClearedRow>(
    `select asked_by as "askedBy", confirmed_by as "confirmedBy", by_host as "byHost",
            (extract(epoch from cleared_at) * 1000)::float8 as "clearedAt"
     from second_factor_clearing
     where account_id = $1::bigint and cleared_at is not null and told_at is null
     order by cleared_at desc limit 1`,
    [accountId],
  );
  return rows[0] ?? null;
}

export async function markTold(tx: Transaction, accountId: string, now: number): Promise<void> {
  await tx.query(
    `update second_factor_clearing set told_at = $2::timestamptz
     where account_id = $1::bigint and cleared_at is not null and told_at is null`,
    [accountId, new Date(now)],
  );
}
