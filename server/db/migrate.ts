import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const folder = new URL("../../sql/migrations/", import.meta.url);
/** Any fixed number: two migrators at once wait for each other on it. */
const migrationLock = 7_300;

export function readMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Applies what is missing, in order, in one transaction under a lock.
 * A migration that was applied and has changed since, or is gone, is refused.
 * Returns the names that were applied now.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  return db.transaction(ownerActor, async (tx) => {
    await tx.query("select pg_advisory_xact_lock($1::bigint)", [migrationLock]);
    await tx.script(`
      create table if not exists migration (
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now(),
        constraint migration_name_key primary key (name)
      );
      comment on table migration is 'Which files of sql/migrations have been applied.'`);
    const applied = await tx.query<{ name: string; checksum: string }>(
      "select name, checksum from migration order by name",
    );
    refuseChanged(applied, migrations);
    const done = new Set(applied.map((row) => row.name));
    const missing = migrations.filter((migration) => !done.has(migration.name));
    for (const migration of missing) await apply(tx, migration);
    return missing.map((migration) => migration.name);
  });
}

async function apply(tx: Transaction, migration: Migration): Promise<void> {
  await tx.script(migration.sql);
  await tx.query("insert into migration (name, checksum) values ($1, $2)", [
    migration.name,
    migration.checksum,
  ]);
}

function refuseChanged(
  applied: readonly { name: string; checksum: string }[],
  migrations: readonly Migration[],
): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const migration = byName.get(row.name);
    if (!migration) {
      throw new Error(
        `The database has migration ${row.name}, which this version of Boxster does not know: use the newer version, or restore an older backup.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new Error(
        `Migration ${row.name} has changed since it was applied: undo the change and add a new migration instead.`,
      );
    }
  }
  const last = applied.at(-1)?.name;
  const early = migrations.find(
    (migration) =>
      last !== undefined &&
      migration.name < last &&
      !applied.some((row) => row.name === migration.name),
  );
  if (early) {
    throw new Error(
      `Migration ${early.name} comes before ${last}, which is applied already: give it the next number.`,
    );
  }
}
