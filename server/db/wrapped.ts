import type { Database, TransactionOptions } from "#server/db/database.ts";

const behind = new WeakMap<Database, Database>();

/** The same database with another way into its transactions. */
export function wrapDatabase(db: Database, transaction: Database["transaction"]): Database {
  const wrapped = { ...db, transaction };
  behind.set(wrapped, databaseBehind(db));
  return wrapped;
}

/** The same database, each of whose transactions has these options beside its own. */
export function withOptions(db: Database, options: TransactionOptions): Database {
  return wrapDatabase(db, (actor, work, own) =>
    db.transaction(actor, work, { ...options, ...own }),
  );
}

/** The database itself, whatever wraps it: what is kept in memory of a database goes by this one. */
export function databaseBehind(db: Database): Database {
  return behind.get(db) ?? db;
}
