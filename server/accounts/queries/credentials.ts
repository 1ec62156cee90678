import type { Role } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";

/** What the gate alone reads of an account. */
export interface Credentials {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Code of the partner. */
  readonly partner: string | null;
  /** Of a liaison. */
  readonly neighbour: string | null;
  readonly passwordHash: string | null;
  readonly setupHash: Uint8Array | null;
  /** Epoch milliseconds. */
  readonly setupUntil: number | null;
  readonly epoch: number;
  /** Neither disabled nor past its last day. */
  readonly isInUse: boolean;
}

const columns = `
  account.id::text as "id",
  account.name as "name",
  account.role as "role",
  partner.code as "partner",
  account.neighbour as "neighbour",
  account.password_hash as "passwordHash",
  account.setup_hash as "setupHash",
  (extract(epoch from account.setup_until) * 1000)::float8 as "setupUntil",
  account.epoch as "epoch",
  account.disabled_at is null
    and coalesce(account.expires_at > $2::timestamptz, true) as "isInUse"`;

export async function credentialsByName(
  tx: Transaction,
  name: string,
  now: number,
): Promise<Credentials | null> {
  const rows = await tx.query<Credentials>(
    `select ${columns}
     from account left join partner on partner.id = account.partner_id
     where account.name = $1::text`,
    [name, new Date(now)],
  );
  return rows[0] ?? null;
}

/** Held until the transaction ends: what is decided on it cannot change beneath. */
export async function lockCredentials(
  tx: Transaction,
  id: string,
  now: number,
): Promise<Credentials | null> {
  const rows = await tx.query<Credentials>(
    `select ${columns}
     from account left join partner on partner.id = account.partner_id
     where account.id = $1::bigint
     for update of account`,
    [id, new Date(now)],
  );
  return rows[0] ?? null;
}

/** A new password; a one-time secret is used up by it. */
export async function setPasswordHash(
  tx: Transaction,
  account: { readonly id: string; readonly hash: string; readonly now: number },
): Promise<void> {
  await tx.query(
    `update account
     set password_hash = $2::text, password_set_at = $3::timestamptz,
         setup_hash = null, setup_until = null
     where id = $1::bigint`,
    [account.id, account.hash, new Date(account.now)],
  );
}

/** A one-time secret instead of the password there was. */
export async function setSetupHash(
  tx: Transaction,
  account: { readonly id: string; readonly hash: Uint8Array; readonly until: number },
): Promise<void> {
  await tx.query(
    `update account
     set password_hash = null, password_set_at = null,
         setup_hash = $2::bytea, setup_until = $3::timestamptz
     where id = $1::bigint`,
    [account.id, account.hash, new Date(account.until)],
  );
}

interface Subject {
  readonly issuer: string;
  readonly subject: string;
}

/** Number of the account that is bound to this person of the provider. */
export async function accountOfSubject(
  tx: Transaction,
  { issuer, subject }: Subject,
): Promise<string | null> {
  const rows = await tx.query<{ id: string }>(
    `select id::text as "id" from account
     where oidc_issuer = $1::text and oidc_subject = $2::text`,
    [issuer, subject],
  );
  return rows[0]?.id ?? null;
}

/** Numbers of the accounts that wait for one of these names, letter by letter. */
export async function accountsAwaiting(
  tx: Transaction,
  names: readonly string[],
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id::text as "id" from account
     where oidc_name = any($1::text[]) and oidc_subject is null
     order by id`,
    [names],
  );
  return rows.map(({ id }) => id);
}

export async function bindSubject(
  tx: Transaction,
  id: string,
  { issuer, subject }: Subject,
): Promise<void> {
  await tx.query(
    `update account set oidc_issuer = $2::text, oidc_subject = $3::text
     where id = $1::bigint and oidc_subject is null`,
    [id, issuer, subject],
  );
}
