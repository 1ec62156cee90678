import type { Role } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";

/** An account as its administrator sees it: all but its secrets. */
export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly shownName: string | null;
  readonly role: Role;
  /** Code of the partner. */
  readonly partner: string | null;
  /** Of a liaison. */
  readonly neighbour: string | null;
  readonly hasPassword: boolean;
  /** Of a partner's account: whether it may have one. */
  readonly partnerPassword: boolean;
  /** Phones that open by a PIN. */
  readonly phones: number;
  /** A passkey, or an authenticator app. */
  readonly hasSecondFactor: boolean;
  /** Epoch milliseconds, as all instants here. */
  readonly setupUntil: number | null;
  readonly oidcName: string | null;
  readonly isBound: boolean;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly disabledAt: number | null;
}

const columns = `
  account.id::text as "id",
  account.name as "name",
  account.shown_name as "shownName",
  account.role as "role",
  partner.code as "partner",
  account.neighbour as "neighbour",
  account.has_password as "hasPassword",
  account.partner_password as "partnerPassword",
  (
    select count(*)::int from partner_device where partner_device.account_id = account.id
  ) as "phones",
  exists (select from passkey where passkey.account_id = account.id) or exists (
    select from authenticator_app as app
    where app.account_id = account.id and app.confirmed_at is not null
  ) as "hasSecondFactor",
  (extract(epoch from account.setup_until) * 1000)::float8 as "setupUntil",
  account.oidc_name as "oidcName",
  account.oidc_subject is not null as "isBound",
  (extract(epoch from account.created_at) * 1000)::float8 as "createdAt",
  (extract(epoch from account.expires_at) * 1000)::float8 as "expiresAt",
  (extract(epoch from account.disabled_at) * 1000)::float8 as "disabledAt"`;

export async function listAccounts(tx: Transaction): Promise<AccountRow[]> {
  return tx.query<AccountRow>(
    `select ${columns}
     from account left join partner on partner.id = account.partner_id
     order by account.name`,
  );
}

export async function findAccount(
  tx: Transaction,
  by: { readonly id: string } | { readonly name: string },
): Promise<AccountRow | null> {
  const [column, value] = "id" in by ? ["id = $1::bigint", by.id] : ["name = $1::text", by.name];
  const rows = await tx.query<AccountRow>(
    `select ${columns}
     from account left join partner on partner.id = account.partner_id
     where account.${column}`,
    [value],
  );
  return rows[0] ?? null;
}

export interface NewAccount {
  readonly name: string;
  readonly shownName: string | null;
  readonly role: Role;
  readonly partnerId: string | null;
  readonly neighbour: string | null;
  readonly oidcName: string | null;
  readonly expiresAt: number | null;
  readonly now: number;
}

export async function insertAccount(tx: Transaction, account: NewAccount): Promise<string> {
  const rows = await tx.query<{ id: string }>(
    `insert into account (
       name, shown_name, role, partner_id, oidc_name, created_at, expires_at, neighbour
     )
     values (
       $1::text, $2::text, $3::text, $4::bigint, $5::text, $6::timestamptz, $7::timestamptz,
       $8::text
     )
     returning id::text as "id"`,
    [
      account.name,
      account.shownName,
      account.role,
      account.partnerId,
      account.oidcName,
      new Date(account.now),
      instant(account.expiresAt),
      account.neighbour,
    ],
  );
  return rows[0]?.id ?? "";
}

export interface AccountState {
  readonly shownName: string | null;
  readonly role: Role;
  readonly partnerId: string | null;
  readonly neighbour: string | null;
  readonly oidcName: string | null;
  readonly partnerPassword: boolean;
  readonly expiresAt: number | null;
  readonly disabledAt: number | null;
}

/** What ends its sessions is the database's to know (0010: end_account_sessions). */
export async function updateAccount(
  tx: Transaction,
  id: string,
  account: AccountState,
): Promise<void> {
  await tx.query(
    `update account
     set shown_name = $2::text, role = $3::text, partner_id = $4::bigint, oidc_name = $5::text,
         expires_at = $6::timestamptz, disabled_at = $7::timestamptz, neighbour = $8::text,
         partner_password = $9::boolean
     where id = $1::bigint`,
    [
      id,
      account.shownName,
      account.role,
      account.partnerId,
      account.oidcName,
      instant(account.expiresAt),
      instant(account.disabledAt),
      account.neighbour,
      account.partnerPassword,
    ],
  );
}

/** Two changes of accounts at once follow each other. */
export async function lockAccounts(tx: Transaction): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(7321)");
}

export interface AccountCounts {
  readonly all: number;
  readonly inUse: number;
  /** In use. */
  readonly admins: number;
}

export async function countAccounts(tx: Transaction, now: number): Promise<AccountCounts> {
  const rows = await tx.query<AccountCounts>(
    `select
       count(*)::int as "all",
       count(*) filter (where in_use)::int as "inUse",
       count(*) filter (where in_use and role = 'admin')::int as "admins"
     from (
       select role, disabled_at is null and coalesce(expires_at > $1::timestamptz, true) as in_use
       from account
     ) as account`,
    [new Date(now)],
  );
  return rows[0] ?? { all: 0, inUse: 0, admins: 0 };
}

export interface PartnerChoice {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

export async function partnerChoices(tx: Transaction): Promise<PartnerChoice[]> {
  return tx.query<PartnerChoice>(
    `select id::text as "id", code as "code", name as "name" from partner
     where left_at is null
     order by name, id`,
  );
}

function instant(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

/** The organisation that an account of the role `partner` belongs to. */
export interface PartnerRow {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** By code, or by name without regard to case. */
export async function findPartner(tx: Transaction, name: string): Promise<PartnerRow | null> {
  const rows = await tx.query<PartnerRow>(
    `select id::text as "id", code as "code", name as "name"
     from partner
     where (code = lower(btrim($1::text)) or lower(name) = lower(btrim($1::text)))
       and left_at is null
     order by (code = lower(btrim($1::text))) desc
     limit 1`,
    [name],
  );
  return rows[0] ?? null;
}

/** Neighbouring commands by the names of their edges; a line between two boroughs of the command is none. */
export async function neighbourNames(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ neighbour: string }>(
    `select neighbour as "neighbour"
     from edge_line
     where not exists (
       select from area first_one, area second_one
       where first_one.in_command and second_one.in_command
         and edge_line.neighbour = first_one.name || '-' || second_one.name
     )
     order by neighbour`,
  );
  return rows.map(({ neighbour }) => neighbour);
}
