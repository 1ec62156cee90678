import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "#core/model/role.ts";
import {
  type Connection,
  DatabaseError,
  type Transaction,
  type TransactionOptions,
} from "#server/db/database.ts";
import { connectionLost, outcomeUnknown } from "#server/db/errors.ts";
import { type Attempt, lendTransaction } from "#server/db/lend.ts";

interface TransactionRun<Value> extends TransactionOptions {
  readonly actor: Actor;
  readonly work: (tx: Transaction) => Promise<Value>;
  /** Lends a connection for one attempt. */
  readonly session: <Result>(use: (tx: Connection) => Promise<Result>) => Promise<Result>;
}

/** Deadlock, serialisation failure, and the exclusion conflict of two writers at once. */
const retryable = new Set(["40P01", "40001", "23P01"]);

/** What runs inside a transaction knows it, so that a second one is refused instead of waiting for ever. */
const running = new AsyncLocalStorage<Attempt>();

/** For reads that a cache answers at times: inside a transaction they fail always, not now and then. */
export function refuseInsideTransaction(): void {
  if (!running.getStore()?.isOpen) return;
  throw new Error("A transaction was begun inside another: hand the open one on instead.");
}

/** Both engines run a transaction the same way: begin, say who acts, work, commit or roll back. */
export async function runTransaction<Value>(run: TransactionRun<Value>): Promise<Value> {
  refuseInsideTransaction();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await run.session((tx) => attemptOnce(tx, run));
    } catch (error) {
      const again =
        attempt < (run.retries ?? 0) && error instanceof DatabaseError && retryable.has(error.code);
      if (!again) throw error;
      await wait(5 * (attempt + 1));
    }
  }
}

async function attemptOnce<Value>(
  connection: Connection,
  run: TransactionRun<Value>,
): Promise<Value> {
  await connection.query(run.oneSnapshot ? "begin isolation level repeatable read" : "begin");
  const role = databaseRole(run.actor);
  const attempt: Attempt = { isOpen: true, failure: null, role };
  const tx = lendTransaction(connection, attempt, role);
  try {
    await tx.query(
      `select
         set_config('boxster.person', $1::text, true),
         set_config('boxster.role', $2::text, true),
         set_config('boxster.partner', $3::text, true),
         set_config('role', $4::text, true)`,
      [run.actor.person, run.actor.role, run.actor.partner ?? "", role],
    );
    const value = await running.run(attempt, () => run.work(tx));
    // A statement that failed has ended the transaction; its commit would say "done" and keep nothing.
    if (attempt.failure) throw attempt.failure.error;
    attempt.isOpen = false;
    await connection.query("commit").catch(sayIfUnknown);
    return value;
  } catch (error) {
    attempt.isOpen = false;
    // The first error is the one to report; a lost connection cannot roll back and need not.
    await connection.query("rollback").catch(() => undefined);
    throw error;
  }
}

/**
 * A connection that is lost while it commits leaves open whether it did: PostgreSQL's own code for
 * that, so that nobody reads "nothing was saved".
 */
function sayIfUnknown(error: unknown): never {
  if (!(error instanceof DatabaseError) || !connectionLost.test(error.code)) throw error;
  throw new DatabaseError({ ...error, message: error.message, code: outcomeUnknown });
}

/** `none` is the login's own. */
function databaseRole({ role }: Actor): string {
  return role === "owner" ? "none" : `boxster_${role}`;
}
