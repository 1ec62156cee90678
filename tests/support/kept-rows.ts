import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";

/** The rows of a database and where its numbers go on. */
export interface Contents {
  /** The statement that puts a table's rows into it, by table; none where it is empty. */
  readonly rows: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, string>;
}

/** What tells whether a table was written to since, by table. */
export type Stand = ReadonlyMap<string, string>;

export async function contentsOf(db: Database): Promise<Contents> {
  return db.transaction(ownerActor, async (tx) => {
    const rows = new Map<string, string>();
    for (const { name, columns } of await tablesOf(tx)) {
      const [found] = await tx.query<{ rows: string | null }>(
        `select array_agg(one)::text as "rows" from ${name} as one`,
      );
      if (!found?.rows) continue;
      const literal = found.rows.replaceAll("'", "''");
      rows.set(
        name,
        `insert into ${name} (${columns}) overriding system value
         select ${columns} from unnest('${literal}'::${name}[])`,
      );
    }
    return { rows, numbers: await numbersOf(tx) };
  });
}

/**
 * A row that is new or changed has a newer transaction, one that is gone is missing from the count, and rows that
 * were rolled back leave the file longer.
 */
export async function standOf(db: Database): Promise<Stand> {
  return db.transaction(ownerActor, async (tx) => {
    const counts = (await tablesOf(tx)).map(
      ({ name }) =>
        `select '${name}' as "name", concat_ws(' ', count(*), max(xmin::text::bigint),
           pg_relation_size('${name}'), pg_relation_filenode('${name}')) as "stand" from ${name}`,
    );
    const found = await tx.query<{ name: string; stand: string }>(counts.join(" union all "));
    return new Map(found.map(({ name, stand }) => [name, stand]));
  });
}

/**
 * Empties and refills the tables that hold something else than is wanted, as far as anybody wrote to them. Triggers and
 * foreign keys rest meanwhile: the rows were checked when they were first written.
 */
export async function restore(
  db: Database,
  before: { readonly contents: Contents; readonly stand: Stand },
  wanted: Contents,
): Promise<{ contents: Contents; stand: Stand }> {
  const stand = await standOf(db);
  const names = [...stand.keys()].filter(
    (name) =>
      stand.get(name) !== before.stand.get(name) ||
      before.contents.rows.get(name) !== wanted.rows.get(name),
  );
  await atRest(db, async (tx) => {
    for (const name of names) await tx.script(`delete from ${name}`);
  });
  await vacuum(db, names);
  await atRest(db, async (tx) => {
    for (const name of names) await tx.script(wanted.rows.get(name) ?? "select");
    const numbers = await numbersOf(tx);
    for (const [name, set] of wanted.numbers) if (numbers.get(name) !== set) await tx.script(set);
  });
  return { contents: wanted, stand: await standOf(db) };
}

async function atRest(db: Database, work: (tx: Transaction) => Promise<void>): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    await tx.script("set local session_replication_role = replica");
    await work(tx);
  });
}

/** Which no transaction may hold, so the one that was begun ends before it. */
async function vacuum(db: Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await db.transaction(ownerActor, async (tx) => {
    await tx.script("commit");
    await tx.script(`vacuum ${names.join(", ")}`);
    await tx.script("begin");
  });
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

/** The statements that set them, by sequence. */
async function numbersOf(tx: Transaction): Promise<Map<string, string>> {
  const found = await tx.query<{ name: string; set: string }>(
    `select sequencename as "name", format('select setval(%L, %s, %L)',
       format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value),
       last_value is not null) as "set"
     from pg_sequences where schemaname = 'public'`,
  );
  return new Map(found.map(({ name, set }) => [name, set]));
}
