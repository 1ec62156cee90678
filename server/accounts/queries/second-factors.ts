import type { Transaction } from "#server/db/database.ts";

/** The gate alone reads and writes these; whose they may be, triggers hold (0046). */
export interface PasskeyRow {
  readonly id: string;
  readonly credentialId: Uint8Array;
  readonly name: string;
  /** Epoch milliseconds, both. */
  readonly madeAt: number;
  readonly lastUsedAt: number | null;
}

export async function passkeysOf(tx: Transaction, accountId: string): Promise<PasskeyRow[]> {
  return tx.query<PasskeyRow>(
    `select id::text as "id", credential_id as "credentialId", name as "name",
            (extract(epoch from made_at) * 1000)::float8 as "madeAt",
            (extract(epoch from last_used_at) * 1000)::float8 as "lastUsedAt"
     from passkey where account_id = $1::bigint order by made_at, id`,
    [accountId],
  );
}

/** What judges an answer, and whose it is. */
export interface PasskeyKey {
  readonly id: string;
  readonly accountId: string;
  readonly account: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
}

export async function passkeyByCredential(
  tx: Transaction,
  credentialId: Uint8Array,
): Promise<PasskeyKey | null> {
  const rows = await tx.query<PasskeyKey>(
    `select passkey.id::text as "id", account_id::text as "accountId", account.name as "account",
            public_key as "publicKey", counter::float8 as "counter"
     from passkey join account on account.id = passkey.account_id
     where credential_id = $1::bytea`,
    [credentialId],
  );
  return rows[0] ?? null;
}

export async function insertPasskey(
  tx: Transaction,
  passkey: {
    readonly accountId: string;
    readonly credentialId: Uint8Array;
    readonly publicKey: Uint8Array;
    readonly counter: number;
    readonly name: string;
  },
): Promise<void> {
  await tx.query(
    `insert into passkey (account_id, credential_id, public_key, counter, name)
     values ($1::bigint, $2::bytea, $3::bytea, $4::bigint, $5::text)`,
    [passkey.accountId, passkey.credentialId, passkey.publicKey, passkey.counter, passkey.name],
  );
}

/** False where the counter is no further than before: a copy signed, or the same answer came twice. */
export async function spendPasskey(
  tx: Transaction,
  used: { readonly id: string; readonly counter: number; readonly now: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update passkey set counter = $2::bigint, last_used_at = $3::timestamptz
     where id = $1::uuid and ($2::bigint > counter or ($2::bigint = 0 and counter = 0))
     returning 1`,
    [used.id, used.counter, new Date(used.now)],
  );
  return rows.length === 1;
}

export async function deletePasskey(
  tx: Transaction,
  own: { readonly id: string; readonly accountId: string },
): Promise<boolean> {
  const rows = await tx.query(
    "delete from passkey where id = $1::uuid and account_id = $2::bigint returning 1",
    [own.id, own.accountId],
  );
  return rows.length === 1;
}

export interface AppRow {
  readonly id: string;
  readonly sealedSecret: Uint8Array;
  /** Epoch milliseconds; null: waits for its first code. */
  readonly confirmedAt: number | null;
}

export async function appsOf(tx: Transaction, accountId: string): Promise<AppRow[]> {
  return tx.query<AppRow>(
    `select id::text as "id", sealed_secret as "sealedSecret",
            (extract(epoch from confirmed_at) * 1000)::float8 as "confirmedAt"
     from authenticator_app where account_id = $1::bigint`,
    [accountId],
  );
}

/** Waits for its first code, in the place of one that waited before. */
export async function insertApp(
  tx: Transaction,
  app: { readonly accountId: string; readonly sealedSecret: Uint8Array },
): Promise<void> {
  await tx.query(
    "delete from authenticator_app where account_id = $1::bigint and confirmed_at is null",
    [app.accountId],
  );
  await tx.query(
    "insert into authenticator_app (account_id, sealed_secret) values ($1::bigint, $2::bytea)",
    [app.accountId, app.sealedSecret],
  );
}

/** The one that waited is in use, and the one before it is gone. */
export async function confirmApp(
  tx: Transaction,
  app: {
    readonly id: string;
    readonly accountId: string;
    readonly step: number;
    readonly now: number;
  },
): Promise<boolean> {
  await tx.query(
    "delete from authenticator_app where account_id = $1::bigint and confirmed_at is not null",
    [app.accountId],
  );
  const rows = await tx.query(
    `update authenticator_app
     set confirmed_at = $4::timestamptz, last_step = $3::bigint
     where id = $1::uuid and account_id = $2::bigint and confirmed_at is null
     returning 1`,
    [app.id, app.accountId, app.step, new Date(app.now)],
  );
  return rows.length === 1;
}

/** False where a code of this half minute or a later one has counted already. */
export async function spendAppStep(
  tx: Transaction,
  used: { readonly id: string; readonly step: number; readonly now: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update authenticator_app set last_step = $2::bigint, last_used_at = $3::timestamptz
     where id = $1::uuid and confirmed_at is not null and last_step < $2::bigint
     returning 1`,
    [used.id, used.step, new Date(used.now)],
  );
  return rows.length === 1;
}

export async function deleteApps(tx: Transaction, accountId: string): Promise<boolean> {
  const rows = await tx.query<{ wasConfirmed: boolean }>(
    `delete from authenticator_app where account_id = $1::bigint
     returning confirmed_at is not null as "wasConfirmed"`,
    [accountId],
  );
  return rows.some(({ wasConfirmed }) => wasConfirmed);
}

export async function countCodesLeft(tx: Transaction, accountId: string): Promise<number> {
  const rows = await tx.query<{ count: number }>(
    `select count(*)::int as "count" from recovery_code
     where account_id = $1::bigint and used_at is null`,
    [accountId],
  );
  return rows[0]?.count ?? 0;
}

/** In the place of those there were. */
export async function replaceCodes(
  tx: Transaction,
  accountId: string,
  hashes: readonly Uint8Array[],
): Promise<void> {
  await tx.query("delete from recovery_code where account_id = $1::bigint", [accountId]);
  for (const hash of hashes) {
    await tx.query(
      "insert into recovery_code (account_id, code_hash) values ($1::bigint, $2::bytea)",
      [accountId, hash],
    );
  }
}

/** False where there is no such code, or it was used. */
export async function spendCode(
  tx: Transaction,
  used: { readonly accountId: string; readonly hash: Uint8Array; readonly now: number },
): Promise<boolean> {
  const rows = await tx.query(
    `update recovery_code set used_at = $3::timestamptz
     where account_id = $1::bigint and code_hash = $2::bytea and used_at is null
     returning 1`,
    [used.accountId, used.hash, new Date(used.now)],
  );
  return rows.length === 1;
}

/** Everything that an account proves itself by beside its password. */
export async function deleteFactors(tx: Transaction, accountId: string): Promise<void> {
  for (const table of ["passkey", "authenticator_app", "recovery_code"]) {
    await tx.query(`delete from ${table} where account_id = $1::bigint`, [accountId]);
  }
}

/** False where this challenge was answered before. */
export async function spendChallenge(
  tx: Transaction,
  spent: { readonly hash: Uint8Array; readonly until: number; readonly now: number },
): Promise<boolean> {
  await tx.query("delete from spent_challenge where until < $1::timestamptz", [
    new Date(spent.now),
  ]);
  const rows = await tx.query(
    `insert into spent_challenge (challenge_hash, until) values ($1::bytea, $2::timestamptz)
     on conflict do nothing returning 1`,
    [spent.hash, new Date(spent.until)],
  );
  return rows.length === 1;
}
