import type { AuditEntry } from "#core/model/audit.ts";
import type { Actor } from "#core/model/role.ts";
import type { AuditHead } from "#core/wire/audit.ts";
import type { ChainRow } from "#server/audit/chain.ts";
import type { Transaction } from "#server/db/database.ts";

/** Adds one row to the chain; its number, time and hashes are the database's own. */
export async function insertAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.query(
    `insert into audit (person, role, partner, verb, act, purpose, outcome, detail)
     values (
       $1::text, $2::text, $3::text, $4::text, $5::text, $6::text, $7::text, $8::text::jsonb
     )`,
    [
      actor.person,
      actor.role,
      actor.partner,
      entry.verb,
      entry.act,
      entry.purpose,
      entry.outcome,
      JSON.stringify(entry.detail),
    ],
  );
}

/** Text to the microsecond, as the hash covers it; a Date would lose three digits. */
const atText = `to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The last row; null while the chain is empty. */
export async function readAuditHead(tx: Transaction): Promise<AuditHead | null> {
  const [head] = await tx.query<AuditHead>(
    `select id::text as "id", ${atText} as "at", encode(hash, 'hex') as "hash"
     from audit
     order by audit.id desc
     limit 1`,
  );
  return head ?? null;
}

/** Rows after a number, in the order of their numbers, up to one of them. */
export function readChainBlock(
  tx: Transaction,
  block: { readonly after: string | null; readonly upTo: string; readonly limit: number },
): Promise<ChainRow[]> {
  return tx.query<ChainRow>(
    `select id::text as "id",
            ${atText} as "at",
            person as "person",
            role as "role",
            partner as "partner",
            verb as "verb",
            act as "act",
            purpose as "purpose",
            outcome as "outcome",
            detail::text as "detail",
            encode(previous, 'hex') as "previous",
            encode(hash, 'hex') as "hash"
     from audit
     where audit.id > coalesce($1::bigint, -9223372036854775808) and audit.id <= $2::bigint
     order by audit.id
     limit $3::int`,
    [block.after, block.upTo, block.limit],
  );
}
