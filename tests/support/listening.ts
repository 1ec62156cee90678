import { type Database, wrapDatabase } from "#server/db/database.ts";

/** The same database, with every statement that goes to it written down. */
export function listening(db: Database, seen: string[]): Database {
  return wrapDatabase(db, (actor, work, options) =>
    db.transaction(
      actor,
      (tx) =>
        work({
          ...tx,
          query: (sql, params) => {
            seen.push(sql);
            return tx.query(sql, params);
          },
        }),
      options,
    ),
  );
}
