import { failuresForgottenMs, waitAfterFailuresMs } from "#core/accounts/attempt-wait.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  type AttemptKey,
  forgetFailures,
  forgetFailuresBefore,
  lockFailures,
  writeFailures,
} from "#server/queries/sign-in-failures.ts";

/** Who tries, under keyed hashes; the name also where no account has it. */
export interface Attempt {
  readonly name: AttemptKey;
  readonly address: AttemptKey;
  readonly now: number;
}

/**
 * Counts a try as failed before it is judged, so that a thousand tries at once are a thousand; what
 * succeeds takes its count back. Returns how long the caller has to wait: then nothing is counted
 * and nothing may be judged.
 */
export async function beginAttempt(tx: Transaction, attempt: Attempt): Promise<number> {
  const { now } = attempt;
  await forgetFailuresBefore(tx, now - failuresForgottenMs);
  // Always in this order: two that try at once wait for each other and never both.
  const keys = [attempt.address, attempt.name];
  const rows = [];
  for (const key of keys) rows.push({ key, row: await lockFailures(tx, key, now) });
  const waitMs = Math.max(...rows.map(({ row }) => row.waitsUntil - now));
  if (waitMs > 0) return waitMs;
  for (const { key, row } of rows) {
    const failures = row.failures + 1;
    const waitsUntil = now + waitAfterFailuresMs(key.kind, failures);
    await writeFailures(tx, key, { failures, lastAt: now, waitsUntil });
  }
  return 0;
}

/**
 * The name begins anew. The address only loses the count of this try: with an account of one's own
 * nobody gets unlimited tries at others.
 */
export async function settleAttempt(tx: Transaction, attempt: Attempt): Promise<void> {
  const { address, name, now } = attempt;
  const row = await lockFailures(tx, address, now);
  const failures = Math.max(0, row.failures - 1);
  const waitsUntil = row.lastAt > now ? row.waitsUntil : now;
  await writeFailures(tx, address, { failures, lastAt: row.lastAt, waitsUntil });
  await forgetFailures(tx, name);
}
