import type { Transaction } from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { readSetting } from "#server/db/settings.ts";
import { Problem } from "#server/problem.ts";

/**
 * The demonstration goes into a database that was never worked with, and nowhere else: one that
 * held real rows once stays real even when they are gone.
 */
export async function refuseUnlessNew(tx: Transaction): Promise<void> {
  if ((await readSetting(tx, "demo")) !== null) {
    throw new Problem(
      409,
      "Already a demonstration",
      "This database holds the demonstration already. To begin again, stop the server, set its data folder aside and start anew.",
    );
  }
  const used = await usedTables(tx);
  if (used.length === 0) return;
  throw new Problem(
    409,
    "Not a new database",
    `The demonstration is loaded into a new database only, and this one has been used (${used.join(", ")}). Set BOXSTER_DATA to another folder.`,
  );
}
