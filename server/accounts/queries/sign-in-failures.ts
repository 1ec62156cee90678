import type { AttemptKind } from "#core/accounts/attempt-wait.ts";
import type { Transaction } from "#server/db/database.ts";

export interface AttemptKey {
  readonly kind: AttemptKind;
  readonly key: Uint8Array;
}

export interface FailureRow {
  readonly failures: number;
  /** Epoch milliseconds: from when they fade. */
  readonly lastAt: number;
  readonly waitsUntil: number;
  /** Tries that this wait has refused. */
  readonly waitingTries: number;
}

/** The row of one name or address, held until the transaction ends: tries at once are counted one by one. */
export async function lockFailures(
  tx: Transaction,
  { kind, key }: AttemptKey,
  now: number,
): Promise<FailureRow> {
  const rows = await tx.query<FailureRow>(
    `insert into sign_in_failure (kind, key, failures, last_at, waits_until)
     values ($1::text, $2::bytea, 0, $3::timestamptz, to_timestamp(0))
     on conflict (kind, key) do update set failures = sign_in_failure.failures
     returning failures as "failures",
               (extract(epoch from last_at) * 1000)::float8 as "lastAt",
               (extract(epoch from waits_until) * 1000)::float8 as "waitsUntil",
               waiting_tries as "waitingTries"`,
    [kind, key, new Date(now)],
  );
  return rows[0] as FailureRow;
}

export async function writeFailures(
  tx: Transaction,
  { kind, key }: AttemptKey,
  row: FailureRow,
): Promise<void> {
  await tx.query(
    `update sign_in_failure
     set failures = $3::integer, last_at = $4::timestamptz, waits_until = $5::timestamptz,
         waiting_tries = $6::integer
     where kind = $1::text and key = $2::bytea`,
    [kind, key, row.failures, new Date(row.lastAt), new Date(row.waitsUntil), row.waitingTries],
  );
}

export async function forgetFailures(tx: Transaction, { kind, key }: AttemptKey): Promise<void> {
  await tx.query("delete from sign_in_failure where kind = $1::text and key = $2::bytea", [
    kind,
    key,
  ]);
}

export async function forgetFailuresBefore(tx: Transaction, before: number): Promise<void> {
  await tx.query("delete from sign_in_failure where last_at < $1::timestamptz", [new Date(before)]);
}

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
