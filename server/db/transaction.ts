import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "#core/model/role.ts";
import { DatabaseError, type Transaction } from "#server/db/database.ts";

interface TransactionRun<Value> {
  readonly actor: Actor;
  readonly work: (tx: Transaction) => Promise<Value>;
  readonly retries: number;
  /** Lends a connection for one attempt. */
  readonly session: <Result>(use: (tx: Transaction) => Promise<Result>) => Promise<Result>;
}

/** Deadlock, serialisation failure, and the exclusion conflict of two writers at once. */
const retryable = new Set(["40P01", "40001", "23P01"]);

/** Both engines run a transaction the same way: begin, say who acts, work, commit or roll back. */
export async function runTransaction<Value>(run: TransactionRun<Value>): Promise<Value> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await run.session((tx) => attemptOnce(tx, run));
    } catch (error) {
      const again =
        attempt < run.retries && error instanceof DatabaseError && retryable.has(error.code);
      if (!again) throw error;
      await wait(5 * (attempt + 1));
    }
  }
}

async function attemptOnce<Value>(tx: Transaction, run: TransactionRun<Value>): Promise<Value> {
  await tx.query("begin");
  try {
    await tx.query(
      `select
         set_config('boxster.person', $1::text, true),
         set_config('boxster.role', $2::text, true),
         set_config('boxster.partner', $3::text, true)`,
      [run.actor.person, run.actor.role, run.actor.partner ?? ""],
    );
    const value = await run.work(tx);
    await tx.query("commit");
    return value;
  } catch (error) {
    // The first error is the one to report; a lost connection cannot roll back and need not.
    await tx.query("rollback").catch(() => undefined);
    throw error;
  }
}
