import { roles } from "#core/role.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import {
  type Applied,
  type Migration,
  noteApplied,
  readApplied,
  readMigrations,
  throughFence,
} from "#server/db/applied.ts";
import { beforeOf, bringFromBefore } from "#server/db/before.ts";
import {
  type Database,
  doors,
  ownerActor,
  systemActor,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** Any fixed number: two migrators at once wait for each other on it. */
const migrationLock = 7_300;

/**
 * Applies missing migrations, in order, in one transaction under a lock. An applied migration that
 * has changed or vanished since is refused. Returns the names applied now.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  return withOptions(db, { events: true, long: true }).transaction(ownerActor, async (tx) => {
    await tx.query("select pg_advisory_xact_lock($1::bigint)", [migrationLock]);
    await tx.script(`
      create table if not exists migration (
        name text not null,
        checksum text not null,
        applied_at timestamptz not null default now(),
        constraint migration_name_key primary key (name)
      );
      comment on table migration is 'Which files of sql/migrations have been applied.'`);
    const found = await throughFence(tx, readApplied);
    const before = beforeOf(found, "database");
    const applied = before ? await bringFromBefore(tx, before, migrations) : found;
    refuseChanged(applied, migrations);
    const done = new Set(applied.map((row) => row.name));
    const missing = migrations.filter((migration) => !done.has(migration.name));
    if (missing.length > 0) await refuseUnlessPrepared(tx);
    for (const migration of missing) await apply(tx, migration);
    return [...(before === "ed7c113a" ? applied : []), ...missing].map(({ name }) => name);
  });
}

const extensions = ["postgis", "btree_gist"];

interface Lacking {
  readonly login: string;
  /** Created by another database's owner, who alone may grant them. */
  readonly foreign: string | null;
  readonly mayNotCreateRoles: boolean;
  readonly extensions: readonly string[];
}

/**
 * Grants that only a superuser can give to a non-superuser owner, as SQL: reported before any
 * attempt, since each attempt would name just one.
 */
async function refuseUnlessPrepared(tx: Transaction): Promise<void> {
  const [lacking] = await tx.query<Lacking>(
    `select quote_ident(own.rolname) as "login",
            (
              select string_agg(quote_ident(rolname), ', ' order by rolname)
              from pg_roles
              where rolname = any($1::text[]) and not pg_has_role(own.oid, oid, 'set')
            ) as "foreign",
            not own.rolcreaterole and exists (
              select from unnest($1::text[]) as wanted (name)
              where not exists (select from pg_roles where rolname = wanted.name)
            ) as "mayNotCreateRoles",
            array(
              select name from unnest($2::text[]) as wanted (name)
              where not exists (select from pg_extension where extname = wanted.name)
                and not exists (
                  select from pg_available_extension_versions as version
                  where version.name = wanted.name and version.trusted
                )
            ) as "extensions"
     from pg_roles as own
     where own.rolname = current_user and not own.rolsuper`,
    [databaseRoles, extensions],
  );
  if (!lacking) return;
  const sql = [
    ...lacking.extensions.map((name) => `create extension ${name};`),
    ...(lacking.mayNotCreateRoles ? [`alter role ${lacking.login} createrole;`] : []),
    ...(lacking.foreign
      ? [`grant ${lacking.foreign} to ${lacking.login} with set true, inherit false;`]
      : []),
  ];
  if (sql.length === 0) return;
  const why = lacking.foreign
    ? " Another database on this server made its roles, which all of them share."
    : "";
  throw new Problem(
    403,
    "The database is not prepared",
    `Nothing was changed.${why} As a superuser run this in the database, then migrate again: ${sql.join(" ")}`,
  );
}

/** For a login without DDL rights: throws if a migration is pending. */
export async function refuseUnlessMigrated(
  db: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const found = await db.transaction(systemActor, readApplied);
  const applied = beforeOf(found, "database") ? [] : found;
  refuseChanged(applied, migrations);
  if (applied.length === migrations.length) return;
  const count = migrations.length - applied.length;
  throw new Problem(
    503,
    "The database is not up to date",
    `${formatQuantity(count, "migration is", "migrations are")} missing, and this login may not change the schema. Run "npx boxster migrate" with DATABASE_URL set to the address of the database's owner.`,
  );
}

/** In order; null when there never were any. Owner only. */
export async function appliedMigrations(tx: Transaction): Promise<Applied[] | null> {
  const [held] = await tx.query<{ there: boolean }>(
    "select to_regclass('public.migration') is not null as there",
  );
  return held?.there ? throughFence(tx, readApplied) : null;
}

async function apply(tx: Transaction, migration: Migration): Promise<void> {
  await tx.script(migration.sql);
  await throughFence(tx, (inside) => noteApplied(inside, migration));
}

function refuseChanged(applied: readonly Applied[], migrations: readonly Migration[]): void {
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

/** All that sql/migrations make and use: they belong to the whole server, not to one database of it. */
export const databaseRoles = [...roles, ...doors, "operator", "system", "nobody", "app"].map(
  (name) => `boxster_${name}`,
);
