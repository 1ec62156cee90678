import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { type EmbeddedDatabase, openEmbedded } from "#server/db/embedded.ts";
import type { Fill } from "#tests/support/filled-template.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";

/**
 * One migrated embedded database a test process: starting one takes 2 to 4 s of processor time, emptying it a
 * tenth of one. It is lent to one block of tests at a time; a second one that is wanted meanwhile is started anew.
 */
interface Kept {
  readonly db: EmbeddedDatabase;
  /** As the migrations left it. */
  readonly migrated: Contents;
  /** As those who fill it left it, by who that was: the demonstration is worked out once. */
  readonly filled: Map<Fill, Contents>;
  readonly schema: string;
}

/** Statements that put the rows of all tables, and where their numbers go on, into empty ones. */
export type Contents = readonly string[];

let kept: Kept | null = null;
let isLent = false;

export interface LentDatabase {
  readonly db: Database;
  readonly giveBack: () => Promise<void>;
}

/** Migrated and filled, whoever had it before; null while another block has it. */
export async function borrowDatabase(fill?: Fill): Promise<LentDatabase | null> {
  if (isLent) return null;
  isLent = true;
  kept = (kept && (await isAsMigrated(kept)) ? kept : null) ?? (await startAgain());
  const { db, filled, migrated } = kept;
  const known = fill && filled.get(fill);
  await restore(db, known ?? migrated);
  if (fill && !known) {
    await fill(db);
    filled.set(fill, await db.transaction(ownerActor, contentsOf));
  }
  return lend(db);
}

/** For a process that is not a test's and goes on. */
export async function closeKept(): Promise<void> {
  await kept?.db.close();
  kept = null;
}

/** What a block left running must not reach into the next one. */
function lend(db: EmbeddedDatabase): LentDatabase {
  let isOver = false;
  return {
    db: {
      ...db,
      transaction: async (...asked) => {
        if (isOver) throw new Error("The test database was given back");
        return db.transaction(...asked);
      },
      close: async () => undefined,
    },
    giveBack: async () => {
      isOver = true;
      isLent = false;
    },
  };
}

/** Where a block has changed the schema, or left the connection in a state that answers nothing. */
async function startAgain(): Promise<Kept> {
  await kept?.db.close().catch(() => undefined);
  const db = await openEmbedded({ folder: null, snapshot: await migratedSnapshot() });
  return db.transaction(ownerActor, async (tx) => ({
    db,
    migrated: await contentsOf(tx),
    filled: kept?.filled ?? new Map(),
    schema: await schemaOf(tx),
  }));
}

async function isAsMigrated({ db, schema }: Kept): Promise<boolean> {
  return db.transaction(ownerActor, schemaOf).then(
    (found) => found === schema,
    () => false,
  );
}

/** Triggers and foreign keys rest meanwhile: the rows were checked when they were first written. */
export async function restore(db: Database, contents: Contents): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    const names = (await tablesOf(tx)).map(({ name }) => name);
    await tx.script(`set local session_replication_role = replica;
      truncate ${names.join(", ")} restart identity cascade`);
    for (const statement of contents) await tx.script(statement);
  });
}

export async function contentsOf(tx: Transaction): Promise<Contents> {
  const statements: string[] = [];
  for (const { name, columns } of await tablesOf(tx)) {
    const [found] = await tx.query<{ rows: string | null }>(
      `select array_agg(one)::text as "rows" from ${name} as one`,
    );
    if (!found?.rows) continue;
    const rows = found.rows.replaceAll("'", "''");
    statements.push(
      `insert into ${name} (${columns}) overriding system value
       select ${columns} from unnest('${rows}'::${name}[])`,
    );
  }
  const sequences = await tx.query<{ set: string }>(
    `select format('select setval(%L, %s)', format('%I.%I', schemaname, sequencename), last_value) as "set"
     from pg_sequences where schemaname = 'public' and last_value is not null`,
  );
  return [...statements, ...sequences.map(({ set }) => set)];
}

/** Each with its columns but for those that the database works out. */
function tablesOf(tx: Transaction): Promise<{ name: string; columns: string }[]> {
  return tx.query(
    `select format('%I.%I', nspname, relname) as "name",
       string_agg(quote_ident(attname), ', ' order by attnum) as "columns"
     from pg_class
     join pg_namespace on pg_namespace.oid = relnamespace
     join pg_attribute on attrelid = pg_class.oid
     where relkind in ('r', 'p') and nspname = 'public' and relname <> 'spatial_ref_sys'
       and attnum > 0 and not attisdropped and attgenerated = ''
     group by 1 order by 1`,
  );
}

/**
 * The rows of the catalogue that say what the schema, its rules and rights are: a change gives its row a newer
 * transaction. `pg_class` changes with its files, so what is asked of it is named.
 */
async function schemaOf(tx: Transaction): Promise<string> {
  const whole = [
    ...["pg_attribute", "pg_constraint", "pg_trigger", "pg_policy", "pg_proc", "pg_authid"],
    ...["pg_auth_members", "pg_db_role_setting", "pg_default_acl", "pg_namespace", "pg_type"],
  ].map(
    (table) =>
      `select '${table} ' || count(*) || ' ' || max(xmin::text::bigint) as line from ${table}`,
  );
  const [found] = await tx.query<{ schema: string }>(
    `select string_agg(line, chr(10) order by line) as "schema" from (
       ${whole.join(" union all ")}
       union all
       select concat_ws(' ', relname, relkind, relrowsecurity, relforcerowsecurity, relacl)
       from pg_class where relnamespace = 'public'::regnamespace
     ) as lines`,
  );
  return found?.schema ?? "";
}
