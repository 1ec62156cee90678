import type { AuditEntry } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { auditInsert } from "#server/accounts/queries/audit.ts";
import type { Transaction } from "#server/db/database.ts";

/**
 * Writes one act into the chain, in the transaction of the act. Rows follow each other one by one,
 * so call it late: whoever comes next waits until this transaction ends.
 */
export async function appendAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
  const { sql, params } = auditInsert(actor, entry);
  await tx.through("clerk", (clerk) => clerk.query(sql, params));
}

/** The same as the last thing of the transaction, and the shortest wait for whoever comes next. */
export async function commitWithAudit(
  tx: Transaction,
  actor: Actor,
  entry: AuditEntry,
): Promise<void> {
  await tx.through("clerk", (clerk) => clerk.commitWith(auditInsert(actor, entry)));
}
