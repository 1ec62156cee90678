import type { ImportResult } from "#core/records/wire/import.ts";
import { type Database, databaseBehind } from "#server/db/database.ts";
import { createTallies, type TallyCount } from "#server/tally.ts";

const tallyOf = createTallies();
const rowsOf = new WeakMap<Database, number>();

/** Counts one reading of a file: a trial too, and both where a file is read twice. */
export async function countImport(
  db: Database,
  work: () => Promise<ImportResult>,
): Promise<ImportResult> {
  const behind = databaseBehind(db);
  const result = await tallyOf(behind).count(work);
  rowsOf.set(behind, (rowsOf.get(behind) ?? 0) + result.rows);
  return result;
}

/** Imports by this process, and the rows of those that came to their end. */
export function importsSoFar(db: Database): TallyCount & { readonly rows: number } {
  const behind = databaseBehind(db);
  return { ...tallyOf(behind).now(), rows: rowsOf.get(behind) ?? 0 };
}
