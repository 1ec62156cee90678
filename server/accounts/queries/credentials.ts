import { z } from "zod";
import { roles } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { assigned, type Sql, sql } from "#server/db/sql.ts";

const credentials = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  /** Partner code. */
  partner: z.string().nullable(),
  neighbour: z.string().nullable(),
  passwordHash: z.string().nullable(),
  setupHash: z.instanceof(Uint8Array).nullable(),
  /** Epoch milliseconds. */
  setupUntil: z.number().nullable(),
  epoch: z.int(),
  /** Neither disabled nor past its last day. */
  isInUse: z.boolean(),
});
export type Credentials = z.infer<typeof credentials>;

const ownColumns = credentials.omit({ partner: true, isInUse: true });

const credentialsWhere = (condition: Sql, now: number) => sql`
  select ${columnsOf(ownColumns, { of: "account" })}, coalesce(partner.code, account.patrol_partner) as partner,
    account.disabled_at is null
      and coalesce(account.expires_at > ${new Date(now)}, true) as is_in_use
  from account left join partner on partner.id = account.partner_id
  where ${condition}`;

export const credentialsByName = (tx: Transaction, name: string, now: number) =>
  tx.maybe(credentials, credentialsWhere(sql`account.name = ${name}`, now));

/** Row lock until the transaction ends. */
export const lockCredentials = (tx: Transaction, id: string, now: number) =>
  tx.maybe(
    credentials,
    sql`${credentialsWhere(sql`account.id = ${id}`, now)} for update of account`,
  );

/** Uses up a one-time secret. */
export function setPasswordHash(
  tx: Transaction,
  { id, hash, now }: { readonly id: string; readonly hash: string; readonly now: number },
): Promise<void> {
  const fields = { passwordHash: hash, passwordSetAt: new Date(now) };
  const spent = { setupHash: null, setupUntil: null };
  return tx.run(sql`update account set ${assigned({ ...fields, ...spent })} where id = ${id}`);
}
