import type { AuditEntry } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import { readAuditHead } from "#server/accounts/audit/read.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, statementOf } from "#server/db/sql.ts";

/**
 * Writes one act into the chain, in the transaction of the act. Rows follow each other one by one,
 * so call it late: whoever comes next waits until this transaction ends.
 */
export async function appendAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.through("clerk", (clerk) => clerk.run(auditInsert(actor, entry)));
}

/** The same as the last thing of the transaction, and the shortest wait for whoever comes next. */
export async function commitWithAudit(
  tx: Transaction,
  actor: Actor,
  entry: AuditEntry,
): Promise<void> {
  const insert = statementOf(auditInsert(actor, entry));
  await tx.through("clerk", (clerk) => clerk.commitWith({ name: "audit", ...insert }));
}

/** One row more in the chain; its number, time and hashes are the database's own. */
function auditInsert({ person, role, partner }: Actor, entry: AuditEntry) {
  const { verb, act, purpose, outcome } = entry;
  const detail = JSON.stringify(entry.detail);
  return insertInto("audit", { person, role, partner, verb, act, purpose, outcome, detail });
}

/** That the clock stands behind the last line of the log, in one plain line; null where it does not. */
export async function clockBehind(tx: Transaction, now: number): Promise<string | null> {
  const head = await tx.through("clerk", readAuditHead);
  const behindMs = head === null ? 0 : Date.parse(head.at) - now;
  // Smaller steps are those of a clock that is set right.
  if (behindMs <= minuteMs) return null;
  return `This machine’s clock is ${lengthOf(behindMs)} behind the last line of the log. Correct it. Until then new lines carry the time of that line and note the difference.`;
}

function lengthOf(ms: number): string {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs)} days`;
  return ms >= 2 * hourMs
    ? `${Math.floor(ms / hourMs)} hours`
    : `${Math.ceil(ms / minuteMs)} minutes`;
}
