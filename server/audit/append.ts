import type { AuditEntry } from "#core/model/audit.ts";
import type { Actor } from "#core/model/role.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertAudit } from "#server/queries/audit.ts";

/**
 * Writes one act into the chain, in the transaction of the act. Rows follow each other one by one,
 * so call it last: whoever comes next waits until this transaction ends.
 */
export function appendAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
  return tx.through("clerk", (clerk) => insertAudit(clerk, actor, entry));
}
