import type { Transaction } from "#server/db/database.ts";

/** A browser in which the password was right, while the second factor is still to come. */
export interface SecondStepRow {
  readonly accountId: string;
  readonly account: string;
  readonly hasPasskey: boolean;
  readonly hasApp: boolean;
  readonly hasCodes: boolean;
}

export async function insertSecondStep(
  tx: Transaction,
  step: {
    readonly tokenHash: Uint8Array;
    readonly account: { readonly id: string; readonly epoch: number };
    readonly until: number;
    readonly now: number;
  },
): Promise<void> {
  await tx.query("delete from second_step where until < $1::timestamptz", [new Date(step.now)]);
  await tx.query(
    `insert into second_step (token_hash, account_id, epoch, until)
     values ($1::bytea, $2::bigint, $3::integer, $4::timestamptz)`,
    [step.tokenHash, step.account.id, step.account.epoch, new Date(step.until)],
  );
}

/** While it lasts, and the account is as it was when the password was judged. */
export async function findSecondStep(
  tx: Transaction,
  tokenHash: Uint8Array,
  now: number,
): Promise<SecondStepRow | null> {
  const rows = await tx.query<SecondStepRow>(
    `select
       account.id::text as "accountId", account.name as "account",
       exists (select from passkey where account_id = account.id) as "hasPasskey",
       exists (
         select from authenticator_app where account_id = account.id and confirmed_at is not null
       ) as "hasApp",
       exists (
         select from recovery_code where account_id = account.id and used_at is null
       ) as "hasCodes"
     from second_step
     join account on account.id = second_step.account_id and account.epoch = second_step.epoch
     where token_hash = $1::bytea and until > $2::timestamptz`,
    [tokenHash, new Date(now)],
  );
  return rows[0] ?? null;
}

/** False where it was used or given up meanwhile. */
export async function deleteSecondStep(tx: Transaction, tokenHash: Uint8Array): Promise<boolean> {
  const rows = await tx.query("delete from second_step where token_hash = $1::bytea returning 1", [
    tokenHash,
  ]);
  return rows.length === 1;
}
