import type { Transaction } from "#server/db/database.ts";

/** One attempt of a transaction: of no use after it, when somebody else has the connection. */
export interface Attempt {
  isOpen: boolean;
  /** The first statement that failed, also where the work caught its error. */
  failure: { readonly error: unknown } | null;
}

/** The connection, for as long as the attempt is open. */
export function lendTransaction(connection: Transaction, attempt: Attempt): Transaction {
  const guarded = async <Value>(run: () => Promise<Value>): Promise<Value> => {
    if (!attempt.isOpen) throw new Error("This transaction is over: its statement came too late.");
    try {
      return await run();
    } catch (error) {
      attempt.failure ??= { error };
      throw error;
    }
  };
  return {
    query: (sql, params) => guarded(() => connection.query(sql, params)),
    script: (sql) => guarded(() => connection.script(sql)),
  };
}
