import { z } from "zod";
import { accountReply, partnerReply } from "#core/accounts/wire/accounts.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { type Sql, sql } from "#server/db/sql.ts";

/** Epoch milliseconds. */
const instant = z.number();

const accountRow = accountReply
  .omit({ setUpUntil: true, createdOn: true, lastDay: true, state: true, isOwn: true })
  .extend({
    setupUntil: instant.nullable(),
    createdAt: instant,
    expiresAt: instant.nullable(),
    disabledAt: instant.nullable(),
  });
export type AccountRow = z.infer<typeof accountRow>;

const ownColumns = accountRow.omit({
  partner: true,
  phones: true,
  hasSecondFactor: true,
  isBound: true,
});

const accountsWhere = (condition: Sql) => sql`
  select ${columnsOf(ownColumns, { of: "account" })}, coalesce(partner.code, account.patrol_partner) as partner,
    (select count(*) from partner_device where account_id = account.id) as phones,
    exists (select from passkey where account_id = account.id) or exists (
      select from authenticator_app where account_id = account.id and confirmed_at is not null
    ) as has_second_factor,
    account.oidc_subject is not null as is_bound
  from account left join partner on partner.id = account.partner_id
  where ${condition}
  order by account.name`;

export const listAccounts = (tx: Transaction) => tx.rows(accountRow, accountsWhere(sql`true`));

export const findAccount = (
  tx: Transaction,
  by: { readonly id: string } | { readonly name: string },
) =>
  tx.maybe(
    accountRow,
    accountsWhere("id" in by ? sql`account.id = ${by.id}` : sql`account.name = ${by.name}`),
  );

const accountCounts = z.object({
  all: z.int(),
  inUse: z.int(),
  admins: z.int(),
});
export type AccountCounts = z.infer<typeof accountCounts>;

export const countAccounts = (tx: Transaction, now: number) =>
  tx.one(
    accountCounts,
    sql`select count(*) as all,
        count(*) filter (where in_use) as in_use,
        count(*) filter (where in_use and role = 'admin') as admins
      from (
        select role, disabled_at is null and coalesce(expires_at > ${new Date(now)}, true) as in_use
        from account
      ) as account`,
  );

export const partnerRow = z.object({ id: z.string(), code: z.string(), name: z.string() });
export type PartnerRow = z.infer<typeof partnerRow>;

export const patrolPartnerChoices = (tx: Transaction) =>
  tx.rows(partnerReply, sql`select code, name from patrol_partner order by number`);

export const partnerChoices = (tx: Transaction) =>
  tx.rows(
    partnerRow,
    sql`select ${columnsOf(partnerRow)} from partner where left_at is null order by name, id`,
  );

/** By code, or by name without regard to case. */
export const findPartner = (tx: Transaction, name: string) =>
  tx.maybe(
    partnerRow,
    sql`select ${columnsOf(partnerRow)} from partner
      where (code = lower(btrim(${name})) or lower(name) = lower(btrim(${name})))
        and left_at is null
      order by (code = lower(btrim(${name}))) desc
      limit 1`,
  );

/** From the names of their edges; borders inside the command are left out. */
export async function neighbourNames(tx: Transaction): Promise<string[]> {
  const rows = await tx.rows(
    z.object({ neighbour: z.string() }),
    sql`select neighbour from edge_line
      where not exists (
        select from area first_one, area second_one
        where first_one.in_command and second_one.in_command
          and edge_line.neighbour = first_one.name || '-' || second_one.name
      )
      order by neighbour`,
  );
  return rows.map(({ neighbour }) => neighbour);
}
