import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { readMigrations } from "#server/db/applied.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/open.ts";
import { openPostgres } from "#server/db/postgres.ts";

/**
 * Migrated databases to start from, made once per state of sql/migrations. On a server a test block copies one in a
 * tenth of a second; the embedded engine takes 2 to 4 s to start from one, of which most is its own start.
 */
const state = createHash("sha256")
  .update(
    readMigrations()
      .map(({ name, checksum }) => `${name} ${checksum}`)
      .join("\n"),
  )
  .digest("hex")
  .slice(0, 12);

/** A dump of a migrated embedded database. */
export async function migratedSnapshot(): Promise<string> {
  const empty = await snapshotFile(() => undefined);
  const file = fileURLToPath(
    new URL(`../../node_modules/.cache/boxster/migrated-${state}.tar.gz`, import.meta.url),
  );
  if (existsSync(file)) return file;
  const db = await openEmbedded({ folder: null, snapshot: empty });
  try {
    await migrate(db);
    await db.dump(file);
  } finally {
    await db.close();
  }
  return file;
}

/** Any fixed number: two test processes at once wait for each other on it. */
const templateLock = 7_301;

/** The name of a migrated database on a server, which `create database` copies. */
export async function migratedTemplate(server: string): Promise<string> {
  const name = `boxster_template_${state}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      const partial = `${name}_partial`;
      await client.query(`drop database if exists ${partial} with (force)`);
      await client.query(`create database ${partial}`);
      await migrateAt(server, partial);
      await client.query(`alter database ${partial} rename to ${name}`);
    }
  } finally {
    await client.end();
  }
  return name;
}

/** By its files: the other way writes the whole copy to the log as well, and takes more than twice the work. */
export function copyDatabase(name: string, template: string): string {
  return `create database ${name} template ${template} strategy file_copy`;
}

async function migrateAt(server: string, name: string): Promise<void> {
  const url = new URL(server);
  url.pathname = `/${name}`;
  const db = openPostgres(url.href);
  try {
    await migrate(db);
  } finally {
    await db.close();
  }
}
