import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { roles } from "#core/role.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import {
  type Database,
  doors,
  ownerActor,
  systemActor,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { redrawFootprints } from "#server/db/redraw-footprints.ts";
import { Problem } from "#server/problem.ts";

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

const folder = new URL("../../sql/migrations/", import.meta.url);
/** After this one footprints are drawn anew, which SQL alone cannot. */
const redraws = "0057-nested-classes.sql";
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
    const applied = await throughFence(tx, readApplied);
    refuseChanged(applied, migrations);
    const done = new Set(applied.map((row) => row.name));
    const missing = migrations.filter((migration) => !done.has(migration.name));
    if (missing.length > 0) await refuseUnlessPrepared(tx);
    for (const migration of missing) await apply(tx, migration);
    return missing.map((migration) => migration.name);
  });
}

const extensions = ["postgis", "btree_gist"];

interface Lacking {
  readonly login: string;
  /** Made by the owner of another database, who alone may grant them. */
  readonly foreign: string | null;
  readonly mayNotCreateRoles: boolean;
  readonly extensions: readonly string[];
}

/**
 * What only a superuser can give to an owner that is none, in SQL: before anything is tried, for each
 * attempt would name one thing.
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

/** For a login that may not change the schema: throws where `migrate` would have something to do. */
export async function refuseUnlessMigrated(
  db: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const applied = await db.transaction(systemActor, readApplied);
  refuseChanged(applied, migrations);
  if (applied.length === migrations.length) return;
  const count = migrations.length - applied.length;
  throw new Problem(
    503,
    "The database is not up to date",
    `${formatQuantity(count, "migration is", "migrations are")} missing, and this login may not change the schema. Run "npx boxster migrate" with DATABASE_URL set to the address of the database's owner.`,
  );
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

/** Which migrations a database has, in order; null when it never had any. For its owner. */
export async function appliedMigrations(tx: Transaction): Promise<Applied[] | null> {
  const [held] = await tx.query<{ there: boolean }>(
    "select to_regclass('public.migration') is not null as there",
  );
  return held?.there ? throughFence(tx, readApplied) : null;
}

function readApplied(tx: Transaction): Promise<Applied[]> {
  return tx.query("select name, checksum from migration order by name");
}

/**
 * Once the tables are fenced even their owner reads none of them, unless it is a superuser; the list
 * of migrations is read and written through the copier's door then.
 */
async function throughFence<Value>(
  tx: Transaction,
  work: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  const [held] = await tx.query<{ fenced: boolean }>(
    "select relrowsecurity as fenced from pg_class where oid = 'public.migration'::regclass",
  );
  return held?.fenced ? tx.through("copier", work) : work(tx);
}

async function apply(tx: Transaction, { name, sql, checksum }: Migration): Promise<void> {
  await tx.script(sql);
  if (name === redraws) await throughFence(tx, redrawFootprints);
  await throughFence(tx, (inside) =>
    inside.query("insert into migration (name, checksum) values ($1, $2)", [name, checksum]),
  );
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
