import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as wait } from "node:timers/promises";
import type { Actor } from "#core/role.ts";
import { createZone, type Zone } from "#core/time/zone.ts";
import {
  type Connection,
  DatabaseError,
  type Door,
  type Transaction,
  type TransactionOptions,
  usualTimeZone,
} from "#server/db/database.ts";
import { connectionLost, outcomeUnknown } from "#server/db/errors.ts";
import { typedQueries } from "#server/db/rows.ts";
import type { SqlValue, Statement } from "#server/db/sql.ts";

/** Unusable once its connection is lent to another. */
interface Attempt {
  isOpen: boolean;
  /** First failed statement, even if its error was caught. */
  failure: { readonly error: unknown } | null;
  role: string;
  /** The database role that the connection has; null before the first statement, which begins it. */
  held: string | null;
  readonly begin: (role: string) => Statement[];
  readonly commitError: (error: unknown) => unknown;
}

interface TransactionRun<Value> extends TransactionOptions {
  readonly actor: Actor;
  readonly work: (tx: Transaction) => Promise<Value>;
  readonly session: <Result>(use: (tx: Connection) => Promise<Result>) => Promise<Result>;
  /** Sent together with `begin`. */
  readonly bounds?: string;
  readonly zone?: Zone;
}

/** Deadlock, serialisation failure, and the exclusion conflict of two writers at once. */
const retryable = new Set(["40P01", "40001", "23P01"]);

/** Detects nested transactions, which would deadlock. */
const running = new AsyncLocalStorage<Attempt>();

/** For cached reads: inside a transaction they fail always, not just on a cache miss. */
export function refuseInsideTransaction(): void {
  if (!running.getStore()?.isOpen) return;
  throw new Error("A transaction was begun inside another: hand the open one on instead.");
}

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
  const zone = run.zone ?? createZone(usualTimeZone);
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
      run.work(lendTransaction(connection, { attempt, role, zone })),
    );
    await commitAttempt(connection, attempt);
    return value;
  } catch (error) {
    attempt.isOpen = false;
    // The first error is the one to report; a lost connection cannot and need not roll back.
    if (attempt.held !== null) await connection.send([{ sql: "rollback" }]).catch(() => undefined);
    throw error;
  }
}

/** The connection, for as long as the attempt is open and has this role. */
function lendTransaction(
  connection: Connection,
  {
    attempt,
    role,
    zone,
  }: { readonly attempt: Attempt; readonly role: string; readonly zone: Zone },
): Transaction {
  const refuseOutOfTurn = () => {
    if (!attempt.isOpen) throw new Error("This transaction is over: its statement came too late.");
    if (attempt.role !== role) {
      throw new Error("A statement ran beside a door: wait for what goes through it first.");
    }
  };
  const guarded = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    refuseOutOfTurn();
    try {
      return await run();
    } catch (error) {
      attempt.failure ??= { error };
      throw error;
    }
  };
  const send = <Row>(statement: Statement) =>
    guarded(async () => {
      const answers = await connection.send([...ahead(attempt), statement]);
      return answers.at(-1) as Row[];
    });
  return {
    ...typedQueries(send, zone),
    query: <Row>(sql: string, params: readonly SqlValue[] = []) => send<Row>({ sql, params }),
    tryQuery: async <Row>(sql: string, params: readonly SqlValue[] = []) => {
      refuseOutOfTurn();
      // Statements queued ahead survive when this one is undone.
      const before = ahead(attempt);
      if (before.length > 0) await guarded(() => connection.send(before));
      try {
        const answers = await connection.send([savepoint, { sql, params }, release]);
        return answers[1] as Row[];
      } catch (error) {
        await guarded(() => connection.send([backToSavepoint, release]));
        throw error;
      }
    },
    script: (sql) =>
      guarded(async () => {
        const before = ahead(attempt);
        if (before.length > 0) await connection.send(before);
        await connection.script(sql);
      }),
    commitWith: <Row>(statement: Statement) =>
      guarded(async () => {
        // Otherwise the commit would succeed and keep nothing.
        if (attempt.failure) throw attempt.failure.error;
        const before = ahead(attempt);
        attempt.isOpen = false;
        const answers = await connection
          .send([...before, statement, commit])
          .catch((error: DatabaseError) => {
            throw attempt.commitError(error);
          });
        return answers.at(-2) as Row[];
      }),
    through: async (door: Door, work) => {
      const inside = `boxster_${door}`;
      await guarded(async () => {
        attempt.role = inside;
      });
      try {
        return await work(lendTransaction(connection, { attempt, role: inside, zone }));
      } finally {
        // The role is set again with the next statement, if any.
        attempt.role = role;
      }
    },
  };
}

/** Sent together with the next statement. */
function ahead(attempt: Attempt): Statement[] {
  const { held, role } = attempt;
  if (held === role) return [];
  attempt.held = role;
  if (held === null) return attempt.begin(role);
  return [{ name: "role", sql: "select set_config('role', $1::text, true)", params: [role] }];
}

const commit: Statement = { sql: "commit" };
const savepoint: Statement = { sql: "savepoint tried" };
const backToSavepoint: Statement = { sql: "rollback to savepoint tried" };
const release: Statement = { sql: "release savepoint tried" };

async function commitAttempt(connection: Connection, attempt: Attempt): Promise<void> {
  if (attempt.failure) throw attempt.failure.error;
  if (!attempt.isOpen) return;
  attempt.isOpen = false;
  if (attempt.held === null) return;
  await connection.send([commit]).catch((error: DatabaseError) => {
    throw attempt.commitError(error);
  });
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
 * When the connection is lost during commit the outcome is unknown: PostgreSQL's own code for that,
 * so that nobody reads "nothing was saved".
 */
function unknownIfLost(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || !connectionLost.test(error.code)) return error;
  return new DatabaseError({ ...error, message: error.message, code: outcomeUnknown });
}

/** `none`: the login's own role. */
function databaseRole({ role }: Actor): string {
  return role === "owner" ? "none" : `boxster_${role}`;
}
