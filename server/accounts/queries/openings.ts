import type { OpeningAct } from "#core/accounts/wire/openings.ts";
import type { Role } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";

/** What was opened for an account (sql/migrations/0045-second-person.sql). */
export interface OpeningRow {
  readonly key: string;
  readonly account: string;
  readonly role: Role;
  /** Name of the account's partner. */
  readonly partner: string | null;
  readonly act: OpeningAct;
  readonly askedRole: Role | "operator";
  readonly askedBy: string | null;
  /** Epoch milliseconds, as all instants here. */
  readonly askedAt: number;
  readonly dueAt: number;
  readonly second: "not needed" | "waits" | "confirmed" | "refused";
  readonly decidedRole: Role | "operator" | null;
  readonly decidedAt: number | null;
  readonly isReplaced: boolean;
}

/** What the caller may see of them since then, and all that keep something shut; those that wait first, then the newest. */
export function loadOpenings(
  tx: Transaction,
  {
    since,
    withNames,
    withPartners,
  }: { readonly since: number; readonly withNames: boolean; readonly withPartners: boolean },
): Promise<OpeningRow[]> {
  return tx.query<OpeningRow>(
    `select
       opening.key::text as "key",
       opening.account_name as "account",
       opening.role as "role",
       ${withPartners ? "(select name from partner where partner.id = opening.partner_id)" : "null"} as "partner",
       opening.act as "act",
       opening.asked_role as "askedRole",
       ${withNames ? "opening.asked_by" : "null"} as "askedBy",
       (extract(epoch from opening.asked_at) * 1000)::float8 as "askedAt",
       (extract(epoch from opening.due_at) * 1000)::float8 as "dueAt",
       opening.second as "second",
       opening.decided_role as "decidedRole",
       (extract(epoch from opening.decided_at) * 1000)::float8 as "decidedAt",
       opening.replaced_at is not null as "isReplaced"
     from account_opening as opening
     where greatest(opening.asked_at, opening.decided_at) >= $1::timestamptz
       or (opening.second in ('waits', 'refused') and opening.replaced_at is null)
     order by opening.second = 'waits' and opening.replaced_at is null desc, opening.id desc
     limit 500`,
    [new Date(since)],
  );
}

/** Through the gate: keys of those that the acting person can be the second person for. */
export async function decidableOpenings(tx: Transaction): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ key: string }>(
    `select opening.key::text as "key"
     from account_opening as opening
     where opening.second = 'waits' and opening.replaced_at is null
       and opening.due_at > clock_timestamp() and may_decide(opening)`,
  );
  return new Set(rows.map(({ key }) => key));
}

/** Under the caller's own rights. */
export async function findOpening(tx: Transaction, key: string): Promise<{ id: string } | null> {
  const rows = await tx.query<{ id: string }>(
    `select id::text as "id" from account_opening where key = $1::uuid`,
    [key],
  );
  return rows[0] ?? null;
}

/** Those of an account that still wait, for a command. */
export async function waitingOpenings(tx: Transaction, account: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id::text as "id" from account_opening
     where account_name = $1::text and second = 'waits' and replaced_at is null
       and due_at > clock_timestamp()
     order by id`,
    [account],
  );
  return rows.map(({ id }) => id);
}

export interface DecidedOpening {
  readonly accountId: string;
  readonly account: string;
  readonly act: OpeningAct;
}

/** Through the gate. Whether the acting person may is the database's to say (may_decide). Null: it waits no more. */
export async function decideOpening(
  tx: Transaction,
  { id, word }: { readonly id: string; readonly word: "confirmed" | "refused" },
): Promise<DecidedOpening | null> {
  const rows = await tx.query<DecidedOpening>(
    `update account_opening set second = $2::text
     where id = $1::bigint and second = 'waits' and replaced_at is null
       and due_at > clock_timestamp()
     returning account_id::text as "accountId", account_name as "account", act as "act"`,
    [id, word],
  );
  return rows[0] ?? null;
}

/** Through the gate: what was handed out and could not be used until now has its full time from now on. */
export async function beginOpened(
  tx: Transaction,
  opened: { readonly accountId: string; readonly secretUntil: number; readonly linkUntil: number },
): Promise<void> {
  const { accountId, secretUntil, linkUntil } = opened;
  await tx.query(
    `update account set setup_until = $2::timestamptz
     where id = $1::bigint and setup_hash is not null`,
    [accountId, new Date(secretUntil)],
  );
  await tx.query(
    `update device_link set until = $2::timestamptz
     from account
     where device_link.account_id = $1::bigint and account.id = device_link.account_id
       and device_link.made_by <> account.name`,
    [accountId, new Date(linkUntil)],
  );
}

/** Whether an account waits for a second person, for a phone's link or for signing in. */
export async function isShut(
  tx: Transaction,
  accountId: string,
  way: "link" | "sign-in",
): Promise<boolean> {
  const rows = await tx.query<{ shut: boolean }>(
    `select account_is_shut($1::bigint, $2::text) as "shut"`,
    [accountId, way],
  );
  return rows[0]?.shut ?? false;
}

/** Through the gate: up to when its person has put them away. */
export async function openingsSeenAt(tx: Transaction, accountId: string): Promise<number> {
  const rows = await tx.query<{ at: number | null }>(
    `select (extract(epoch from openings_seen_at) * 1000)::float8 as "at"
     from account where id = $1::bigint`,
    [accountId],
  );
  return rows[0]?.at ?? Number.NEGATIVE_INFINITY;
}

/** Through the gate. */
export async function putOpeningsAway(tx: Transaction, accountId: string): Promise<void> {
  await tx.query(`update account set openings_seen_at = clock_timestamp() where id = $1::bigint`, [
    accountId,
  ]);
}

export interface Given {
  readonly act: "secret" | "password" | "provider";
  readonly role: "admin" | "operator";
  readonly at: number;
}

/** Through the gate: the newest that somebody else gave its person to sign in by, since they put such away. */
export async function givenTo(tx: Transaction, accountId: string): Promise<Given | null> {
  const rows = await tx.query<Given>(
    `select account_opening.act as "act", account_opening.asked_role as "role",
            (extract(epoch from account_opening.asked_at) * 1000)::float8 as "at"
     from account_opening
     join account on account.id = account_opening.account_id
     where account_opening.account_id = $1::bigint
       and account_opening.opens in ('password', 'provider')
       and account_opening.asked_role in ('admin', 'operator')
       and account_opening.asked_at > coalesce(account.openings_seen_at, '-infinity')
     order by account_opening.id desc
     limit 1`,
    [accountId],
  );
  return rows[0] ?? null;
}

/** Of the acting person at a partner: an administrator or the host opened the account, and no colleague confirmed it. */
export async function isOpenedFromOutside(tx: Transaction, account: string): Promise<boolean> {
  const rows = await tx.query<{ outside: boolean }>(
    `select decided_role is distinct from 'partner' as "outside"
     from account_opening
     where account_name = $1::text and asked_role in ('admin', 'operator') and second <> 'refused'
     order by id desc
     limit 1`,
    [account],
  );
  return rows[0]?.outside ?? false;
}
