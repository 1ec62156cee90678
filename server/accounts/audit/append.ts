import type { AuditEntry } from "#core/audit.ts";
import type { Actor } from "#core/role.ts";
import { dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import { readAuditHead } from "#server/accounts/audit/read.ts";
import type { Transaction } from "#server/db/database.ts";
import { insertInto, statementOf } from "#server/db/sql.ts";

/**
 * Appends one act to the chain, in the act's transaction. Appends are serial, so call it late: the
 * next one waits until this transaction ends.
 */
export async function appendAudit(tx: Transaction, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.through("clerk", (clerk) => clerk.run(auditInsert(actor, entry)));
}

/** As the last statement of a transaction, which keeps the chain's lock short. */
export async function commitWithAudit(
  tx: Transaction,
  actor: Actor,
  entry: AuditEntry,
): Promise<void> {
  const insert = statementOf(auditInsert(actor, entry));
  await tx.through("clerk", (clerk) => clerk.commitWith({ name: "audit", ...insert }));
}

function auditInsert({ person, role, partner }: Actor, entry: AuditEntry) {
  const { verb, act, purpose, outcome } = entry;
  const detail = JSON.stringify(entry.detail);
  return insertInto("audit", { person, role, partner, verb, act, purpose, outcome, detail });
}

/** One-line warning that the clock is behind the log's last line; null where it is not. */
export async function clockBehind(tx: Transaction, now: number): Promise<string | null> {
  const head = await tx.through("clerk", readAuditHead);
  const behindMs = head === null ? 0 : Date.parse(head.at) - now;
  // Smaller steps are ordinary clock corrections.
  if (behindMs <= minuteMs) return null;
  return `This machine’s clock is ${lengthOf(behindMs)} behind the last line of the log. Correct it. Until then new lines carry the time of that line and note the difference.`;
}

function lengthOf(ms: number): string {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs)} days`;
  return ms >= 2 * hourMs
    ? `${Math.floor(ms / hourMs)} hours`
    : `${Math.ceil(ms / minuteMs)} minutes`;
}
