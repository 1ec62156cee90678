import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "#core/role.ts";
import {
  type Connection,
  DatabaseError,
  type Statement,
  type Transaction,
  type TransactionOptions,
} from "#server/db/database.ts";
import { connectionLost, outcomeUnknown } from "#server/db/errors.ts";
import { type Attempt, commitAttempt, lendTransaction } from "#server/db/lend.ts";

interface TransactionRun<Value> extends TransactionOptions {
  readonly actor: Actor;
  readonly work: (tx: Transaction) => Promise<Value>;
  /** Lends a connection for one attempt. */
  readonly session: <Result>(use: (tx: Connection) => Promise<Result>) => Promise<Result>;
  /** Statements that follow `begin` in the same breath. */
  readonly bounds?: string;
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
  const role = databaseRole(run.actor);
  const attempt: Attempt = {
    isOpen: true,
    failure: null,
    role,
    held: null,
    begin: (first) => [{ sql: beginning(run) }, identity(run.actor, first)],
    commitError: run.readOnly ? (error) => error : unknownIfLost,
  };
  try {
    const value = await running.run(attempt, () =>
      run.work(lendTransaction(connection, attempt, role)),
    );
    await commitAttempt(connection, attempt);
    return value;
  } catch (error) {
    attempt.isOpen = false;
    // The first error is the one to report; a lost connection cannot roll back and need not.
    if (attempt.held !== null) await connection.send([{ sql: "rollback" }]).catch(() => undefined);
    throw error;
  }
}

function beginning({
  oneSnapshot,
  readOnly,
  bounds = "",
}: Pick<TransactionRun<unknown>, "oneSnapshot" | "readOnly" | "bounds">): string {
  return `begin${oneSnapshot ? " isolation level repeatable read" : ""}${readOnly ? " read only" : ""}${bounds}`;
}

function identity({ person, role, partner, neighbour }: Actor, databaseRole: string): Statement {
  return {
    name: "identity",
    sql: `select
       set_config('boxster.person', $1::text, true),
       set_config('boxster.role', $2::text, true),
       set_config('boxster.partner', $3::text, true),
       set_config('boxster.neighbour', $4::text, true),
       set_config('role', $5::text, true)`,
    params: [person, role, partner ?? "", neighbour ?? "", databaseRole],
  };
}

/**
 * A connection that is lost while it commits leaves open whether it did: PostgreSQL's own code for
 * that, so that nobody reads "nothing was saved".
 */
function unknownIfLost(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || !connectionLost.test(error.code)) return error;
  return new DatabaseError({ ...error, message: error.message, code: outcomeUnknown });
}

/** `none` is the login's own. */
function databaseRole({ role }: Actor): string {
  return role === "owner" ? "none" : `boxster_${role}`;
}
