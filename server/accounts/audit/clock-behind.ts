import { dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import { readAuditHead } from "#server/accounts/queries/audit.ts";
import type { Transaction } from "#server/db/database.ts";

/** Smaller steps are those of a clock that is set right. */
const leastMs = minuteMs;

/** That the clock stands behind the last line of the log, in one plain line; null where it does not. */
export async function clockBehind(tx: Transaction, now: number): Promise<string | null> {
  const head = await tx.through("clerk", readAuditHead);
  const behindMs = head === null ? 0 : Date.parse(head.at) - now;
  if (behindMs <= leastMs) return null;
  return `The clock of this machine stands ${lengthOf(behindMs)} behind the last line of the log. Set it right; until then each line carries that time, and says how far the clock is behind.`;
}

function lengthOf(ms: number): string {
  if (ms >= 2 * dayMs) return `${Math.floor(ms / dayMs)} days`;
  return ms >= 2 * hourMs
    ? `${Math.floor(ms / hourMs)} hours`
    : `${Math.ceil(ms / minuteMs)} minutes`;
}
