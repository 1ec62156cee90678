import type { AuditEntry } from "#core/model/audit.ts";
import type { Actor } from "#core/model/role.ts";
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
