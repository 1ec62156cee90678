import type { Role } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";
import type { SqlValue } from "#server/db/sql.ts";

/** One signed-in browser that has not ended. */
export interface SignInRow {
  readonly id: string;
  /** Null: by role, in the demonstration. */
  readonly accountId: string | null;
  readonly person: string;
  readonly shownName: string | null;
  readonly role: Role;
  readonly partner: string | null;
  readonly neighbour: string | null;
  readonly isLocked: boolean;
  /** The phone that it was opened on by PIN. */
  readonly deviceId: string | null;
  /** The account has one stored; whether it opens anything, the setting of local passwords says. */
  readonly hasPassword: boolean;
  readonly hasPasskey: boolean;
  /** An authenticator app, which its first code has confirmed. */
  readonly hasApp: boolean;
  /** The setting that asks police for a second factor. */
  readonly isAskedOfPolice: boolean;
  /** Opened through the identity provider. */
  readonly byProvider: boolean;
  /** When its person last proved to be there. */
  readonly freshAt: number | null;
  /** Epoch milliseconds, both. */
  readonly lastSeenAt: number;
}

/** Ends: 12 hours after its start, unused, or with its account. */
export interface SessionEnds {
  readonly absoluteMs: number;
  readonly idleMs: number;
  /** In the demonstration, by role. */
  readonly idleByRoleMs: number;
}

/** Neither unused for long nor old at $1. */
const isRecent = `
  sign_in.created_at > $1::timestamptz - make_interval(secs => $2::float8)
  and sign_in.last_seen_at > $1::timestamptz - make_interval(
    secs => case when sign_in.account_id is null then $4::float8 else $3::float8 end
  )`;

/** What an account is at $1 decides, never what it was when the session began. A later last day has to be confirmed by then. */
const accountStands = `
  account.id = sign_in.account_id
  and account.epoch = sign_in.epoch
  and account.disabled_at is null
  and coalesce(account.expires_at > $1::timestamptz, true)
  and not exists (
    select from account_opening as longer
    where longer.account_id = account.id and longer.shuts_from <= $1::timestamptz
      and longer.second in ('waits', 'refused') and longer.replaced_at is null
  )`;

const alive = `
  ${isRecent}
  and (sign_in.account_id is null or exists (select from account where ${accountStands}))`;

function aliveAt(now: number, ends: SessionEnds): readonly SqlValue[] {
  const { absoluteMs, idleMs, idleByRoleMs } = ends;
  return [new Date(now), absoluteMs / 1000, idleMs / 1000, idleByRoleMs / 1000];
}

export async function insertSignIn(
  tx: Transaction,
  row: {
    readonly tokenHash: Uint8Array;
    readonly person: string;
    readonly role: string;
    readonly partner: string | null;
    readonly neighbour: string | null;
    readonly account: { readonly id: string; readonly epoch: number } | null;
    readonly device: string | null;
    /** The phone that it was opened on by PIN. */
    readonly deviceId?: string | null;
    readonly byProvider?: boolean;
    readonly now: number;
  },
): Promise<void> {
  await tx.query(
    `insert into sign_in (
       token_hash, person, role, partner, account_id, epoch, device, created_at, last_seen_at,
       partner_device_id, neighbour, by_provider, fresh_at
     )
     values (
       $1::bytea, $2::text, $3::text, $4::text, $5::bigint, $6::integer, $7::text,
       $8::timestamptz, $8::timestamptz, $9::uuid, $10::text, $11::boolean, $8::timestamptz
     )`,
    [
      row.tokenHash,
      row.person,
      row.role,
      row.partner,
      row.account?.id ?? null,
      row.account?.epoch ?? null,
      row.device,
      new Date(row.now),
      row.deviceId ?? null,
      row.neighbour,
      row.byProvider ?? false,
    ],
  );
}

/** The session of a token, with the role that its account has at this moment; nothing else is asked with it. */
export async function findSignIn(
  tx: Transaction,
  tokenHash: Uint8Array,
  now: number,
  ends: SessionEnds,
): Promise<SignInRow | null> {
  const rows = await tx.commitWith<SignInRow>({
    name: "session",
    sql: `select
       sign_in.id::text as "id",
       sign_in.account_id::text as "accountId",
       coalesce(account.name, sign_in.person) as "person",
       account.shown_name as "shownName",
       coalesce(account.role, sign_in.role) as "role",
       case when account.id is null then sign_in.partner
         else (select code from partner where partner.id = account.partner_id)
       end as "partner",
       case when account.id is null then sign_in.neighbour else account.neighbour end as "neighbour",
       sign_in.locked_at is not null as "isLocked",
       sign_in.partner_device_id::text as "deviceId",
       account.password_hash is not null as "hasPassword",
       exists (select from passkey where account_id = account.id) as "hasPasskey",
       exists (
         select from authenticator_app where account_id = account.id and confirmed_at is not null
       ) as "hasApp",
       exists (
         select from setting where key = 'second-factor-for-police' and value = 'true'::jsonb
       ) as "isAskedOfPolice",
       sign_in.by_provider as "byProvider",
       (extract(epoch from sign_in.fresh_at) * 1000)::float8 as "freshAt",
       (extract(epoch from sign_in.last_seen_at) * 1000)::float8 as "lastSeenAt"
     from sign_in
     left join account on account.id = sign_in.account_id
     where sign_in.token_hash = $5::bytea
       and ${isRecent}
       and (sign_in.account_id is null or (${accountStands}))`,
    params: [...aliveAt(now, ends), tokenHash],
  });
  return rows[0] ?? null;
}

export async function touchSignIn(tx: Transaction, id: string, now: number): Promise<void> {
  await tx.query("update sign_in set last_seen_at = $2::timestamptz where id = $1::uuid", [
    id,
    new Date(now),
  ]);
}

export async function lockSignIn(tx: Transaction, id: string, now: number): Promise<void> {
  await tx.query(
    `update sign_in set locked_at = coalesce(locked_at, $2::timestamptz) where id = $1::uuid`,
    [id, new Date(now)],
  );
}

/** Opens a locked session of this account under a new token; false where it has ended meanwhile. */
export async function unlockSignIn(
  tx: Transaction,
  unlocked: {
    readonly id: string;
    readonly accountId: string;
    readonly tokenHash: Uint8Array;
    readonly now: number;
  },
): Promise<boolean> {
  const rows = await tx.query(
    `update sign_in
     set token_hash = $3::bytea, locked_at = null, last_seen_at = $4::timestamptz,
         fresh_at = $4::timestamptz
     where id = $1::uuid and account_id = $2::bigint
     returning 1`,
    [unlocked.id, unlocked.accountId, unlocked.tokenHash, new Date(unlocked.now)],
  );
  return rows.length === 1;
}

/** Its person has proved to be there. */
export async function refreshSignIn(tx: Transaction, id: string, now: number): Promise<void> {
  await tx.query("update sign_in set fresh_at = $2::timestamptz where id = $1::uuid", [
    id,
    new Date(now),
  ]);
}

/** All sessions of an account, and whatever of it stands between two steps. */
export async function deleteSignInsOf(tx: Transaction, accountId: string): Promise<void> {
  await tx.query("delete from sign_in where account_id = $1::bigint", [accountId]);
  await tx.query("delete from second_step where account_id = $1::bigint", [accountId]);
}

/** False where it is gone already. */
export async function deleteSignIn(tx: Transaction, id: string): Promise<boolean> {
  const rows = await tx.query("delete from sign_in where id = $1::uuid returning 1", [id]);
  return rows.length > 0;
}

/** One of a person's own; false where there is none of that number. */
export async function deleteOwnSignIn(
  tx: Transaction,
  own: { readonly id: string; readonly accountId: string },
): Promise<boolean> {
  const rows = await tx.query(
    "delete from sign_in where id = $1::uuid and account_id = $2::bigint returning 1",
    [own.id, own.accountId],
  );
  return rows.length === 1;
}

/** Rows of sessions that have ended serve nobody. */
export async function deleteEndedSignIns(
  tx: Transaction,
  now: number,
  ends: SessionEnds,
): Promise<void> {
  await tx.query(`delete from sign_in where not (${alive})`, aliveAt(now, ends));
}

/** What a session is that stands and is not locked. */
export interface StandingRow {
  readonly id: string;
  readonly role: Role;
  /** The code of its partner. */
  readonly partner: string | null;
}

/** Those of these sessions that stand; looked at alone, none counts as used. */
export function standingSignIns(
  tx: Transaction,
  ids: readonly string[],
  now: number,
  ends: SessionEnds,
): Promise<StandingRow[]> {
  return tx.query<StandingRow>(
    `select
       sign_in.id::text as "id",
       coalesce(account.role, sign_in.role) as "role",
       case when account.id is null then sign_in.partner
         else (select code from partner where partner.id = account.partner_id)
       end as "partner"
     from sign_in
     left join account on account.id = sign_in.account_id
     where sign_in.id = any($5::uuid[]) and sign_in.locked_at is null and ${isRecent}
       and (sign_in.account_id is null or (${accountStands}))`,
    [...aliveAt(now, ends), ids],
  );
}

export interface OwnSignInRow {
  readonly id: string;
  readonly device: string | null;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly isLocked: boolean;
}

export async function ownSignIns(
  tx: Transaction,
  accountId: string,
  now: number,
  ends: SessionEnds,
): Promise<OwnSignInRow[]> {
  return tx.query<OwnSignInRow>(
    `select id::text as "id", device as "device",
            (extract(epoch from created_at) * 1000)::float8 as "createdAt",
            (extract(epoch from last_seen_at) * 1000)::float8 as "lastSeenAt",
            locked_at is not null as "isLocked"
     from sign_in
     where account_id = $5::bigint and ${alive}
     order by last_seen_at desc, id`,
    [...aliveAt(now, ends), accountId],
  );
}
