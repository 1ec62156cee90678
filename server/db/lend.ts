import type { Connection, Door, Transaction } from "#server/db/database.ts";

/** One attempt of a transaction: of no use after it, when somebody else has the connection. */
export interface Attempt {
  isOpen: boolean;
  /** The first statement that failed, also where the work caught its error. */
  failure: { readonly error: unknown } | null;
  /** The database role that the connection has at this moment. */
  role: string;
}

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
  const takeOn = async (next: string) => {
    await connection.query("select set_config('role', $1::text, true)", [next]);
    attempt.role = next;
  };
  return {
    query: (sql, params) => guarded(() => connection.query(sql, params)),
    script: (sql) => guarded(() => connection.script(sql)),
    through: async (door: Door, work) => {
      const inside = `boxster_${door}`;
      await guarded(() => takeOn(inside));
      try {
        return await work(lendTransaction(connection, attempt, inside));
      } finally {
        // After a failed statement the transaction answers nothing more, and ends as it is.
        if (attempt.isOpen && !attempt.failure) await takeOn(role);
      }
    },
  };
}
