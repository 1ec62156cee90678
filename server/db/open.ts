import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "#server/config.ts";
import type { Database } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { snapshotFile } from "#server/db/snapshot.ts";

/** Opens the database that the settings name and brings its schema up to date. */
export async function openDatabase(config: Config, say: (line: string) => void): Promise<Database> {
  const db = config.databaseUrl
    ? openPostgres(config.databaseUrl)
    : await openFolder(config.dataFolder, say);
  try {
    const applied = await migrate(db);
    if (applied.length > 0) say(`Database schema: ${applied.length} migrations applied.`);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

async function openFolder(dataFolder: string, say: (line: string) => void): Promise<Database> {
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const database = join(dataFolder, "database");
  mkdirSync(database, { mode: 0o700, recursive: true });
  // A folder that was there before may be open to others.
  chmodSync(database, 0o700);
  return openEmbedded({
    folder: database,
    snapshot: await snapshotFile(say),
  });
}
