import type { OpenServices } from "#server/app/services.ts";
import { systemActor } from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";

/**
 * Loads the demonstration where the settings ask for it: into a new embedded database only,
 * and never into `DATABASE_URL`.
 */
export async function prepareDatabase(
  services: OpenServices,
  say: (line: string) => void,
): Promise<void> {
  const { config, db, asAt } = services;
  if (!config.demo || config.databaseUrl !== null || asAt.demo) return;
  const used = await db.transaction(systemActor, usedTables);
  if (used.length === 0) await loadDemo(services, say);
}
