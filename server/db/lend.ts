import type {
  Connection,
  DatabaseError,
  Door,
  SqlValue,
  Statement,
  Transaction,
} from "#server/db/database.ts";

/** One attempt of a transaction: of no use after it, when somebody else has the connection. */
export interface Attempt {
  isOpen: boolean;
  /** The first statement that failed, also where the work caught its error. */
  failure: { readonly error: unknown } | null;
  /** The database role that the next statement must have. */
  role: string;
  /** The database role that the connection has; null before the first statement, which begins it. */
  held: string | null;
  /** How it begins, with whoever acts in a role. */
  readonly begin: (role: string) => Statement[];
  /** What a connection lost at the commit is to be called. */
  readonly commitError: (error: unknown) => unknown;
}

const commit: Statement = { sql: "commit" };

/** The connection, for as long as the attempt is open and has this role. */
export function lendTransaction(
  connection: Connection,
  attempt: Attempt,
  role: string,
): Transaction {
  const guarded = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    if (!attempt.isOpen) throw new Error("This transaction is over: its statement came too late.");
    if (attempt.role !== role) {
      throw new Error("A statement ran beside a door: wait for what goes through it first.");
    }
    try {
      return await run();
    } catch (error) {
      attempt.failure ??= { error };
      throw error;
    }
  };
  return {
    query: <Row>(sql: string, params: readonly SqlValue[] = []) =>
      guarded(async () => {
        const answers = await connection.send([...ahead(attempt), { sql, params }]);
        return answers.at(-1) as Row[];
      }),
    script: (sql) =>
      guarded(async () => {
        const before = ahead(attempt);
        if (before.length > 0) await connection.send(before);
        await connection.script(sql);
      }),
    commitWith: <Row>(statement: Statement) =>
      guarded(async () => {
        // Its commit would say "done" and keep nothing.
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
        return await work(lendTransaction(connection, attempt, inside));
      } finally {
        // The connection takes the role on again with the next statement, if there is one.
        attempt.role = role;
      }
    },
  };
}

/** Commits what was done, if anything was. */
export async function commitAttempt(connection: Connection, attempt: Attempt): Promise<void> {
  if (attempt.failure) throw attempt.failure.error;
  if (!attempt.isOpen) return;
  attempt.isOpen = false;
  if (attempt.held === null) return;
  await connection.send([commit]).catch((error: DatabaseError) => {
    throw attempt.commitError(error);
  });
}

/** What the connection has to be told before the next statement, which is sent together with it. */
function ahead(attempt: Attempt): Statement[] {
  const { held, role } = attempt;
  if (held === role) return [];
  attempt.held = role;
  if (held === null) return attempt.begin(role);
  return [{ name: "role", sql: "select set_config('role', $1::text, true)", params: [role] }];
}
