import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";

/** The rows of a database and where its numbers go on. */
export interface Contents {
  /** As a literal of an array of rows, by table; none where it is empty. */
  readonly rows: ReadonlyMap<string, string>;
  readonly numbers: ReadonlyMap<string, string>;
}

/** What tells whether a table was written to since, by table. */
export type Stand = ReadonlyMap<string, TableStand>;

interface TableStand {
  readonly rows: number;
  /** The last transaction that left a row; null where there is none. */
  readonly newest: string | null;
  readonly file: string;
}

export async function contentsOf(db: Database): Promise<Contents> {
  return db.transaction(ownerActor, async (tx) => {
    const rows = new Map<string, string>();
    const tables = await tablesOf(tx);
    const asked = tables.map(
      ({ name }) => `select '${name}' as "name" where exists (select from ${name})`,
    );
    const filled = await tx.query<{ name: string }>(asked.join(" union all "));
    const isFilled = new Set(filled.map(({ name }) => name));
    for (const { name } of tables.filter((table) => isFilled.has(table.name))) {
      const [found] = await tx.query<{ rows: string | null }>(
        `select array_agg(one)::text as "rows" from ${name} as one`,
      );
      if (found?.rows) rows.set(name, `'${found.rows.replaceAll("'", "''")}'::${name}[]`);
    }
    return { rows, numbers: await numbersOf(tx) };
  });
}

/**
 * A row that is new or changed has a newer transaction, one that is gone is missing from the count, and rows that
 * were rolled back leave the file longer.
 */
export async function standOf(db: Database): Promise<Stand> {
  return db.transaction(ownerActor, async (tx) => standOfTables(tx, await tablesOf(tx)));
}

async function standOfTables(
  tx: Transaction,
  tables: readonly { readonly name: string }[],
): Promise<Map<string, TableStand>> {
  const counts = tables.map(
    ({ name }) =>
      `select '${name}' as "name", count(*)::int as "rows", max(xmin::text::bigint)::text as "newest",
         concat_ws(' ', pg_relation_size('${name}'), pg_relation_filenode('${name}')) as "file"
       from ${name}`,
  );
  const found = await tx.query<{ name: string } & TableStand>(counts.join(" union all "));
  return new Map(found.map(({ name, ...stand }) => [name, stand]));
}

function isSame(one: TableStand | undefined, other: TableStand | undefined): boolean {
  return one?.rows === other?.rows && one?.newest === other?.newest && one?.file === other?.file;
}

/**
 * Puts the rows back that are wanted, as far as anybody wrote to their tables. Triggers and foreign keys rest
 * meanwhile: the rows were checked when they were first written.
 */
export async function restore(
  db: Database,
  before: { readonly contents: Contents; readonly stand: Stand },
  wanted: Contents,
): Promise<{ contents: Contents; stand: Stand }> {
  const tables = await db.transaction(ownerActor, tablesOf);
  const stand = await db.transaction(ownerActor, (tx) => standOfTables(tx, tables));
  const changes = tables.flatMap((table): Change[] => {
    const { name } = table;
    const [last, rows] = [before.stand.get(name), wanted.rows.get(name)];
    const isOther = before.contents.rows.get(name) !== rows;
    if (!isOther && isSame(stand.get(name), last)) return [];
    const isLarge = (stand.get(name)?.rows ?? 0) >= worthComparing;
    return [{ table, rows, last: isOther ? undefined : last, isLarge }];
  });
  await atRest(db, async (tx) => {
    for (const change of changes) await tx.script(takeOut(change));
  });
  await vacuum(
    db,
    changes.map(({ table }) => table.name),
  );
  return atRest(db, async (tx) => {
    for (const change of changes) await fill(tx, change);
    const numbers = await numbersOf(tx);
    for (const [name, set] of wanted.numbers) if (numbers.get(name) !== set) await tx.script(set);
    const changed = changes.map(({ table }) => table);
    const now = changed.length > 0 ? await standOfTables(tx, changed) : [];
    return { contents: wanted, stand: new Map([...stand, ...now]) };
  });
}

interface Change {
  readonly table: Table;
  /** All that is wanted. */
  readonly rows: string | undefined;
  /** Where the same is wanted as last time: what came since has gone, and what has gone since is to come back. */
  readonly last: TableStand | undefined;
  readonly isLarge: boolean;
}

/** Most rows of a large table are wanted again by whoever comes next: writing all of `occupancy` takes a second, comparing it a tenth. */
const worthComparing = 200;

/** The statement that leaves nothing in a table but what is wanted. */
function takeOut({ table: { name }, rows, last, isLarge }: Change): string {
  if (last?.newest) return `delete from ${name} where xmin::text::bigint > ${last.newest}`;
  if (rows === undefined || !isLarge) return `delete from ${name}`;
  return `delete from ${name} as one
    where one::text not in (select wanted::text from unnest(${rows}) as wanted)`;
}

async function fill(tx: Transaction, { table, rows, last, isLarge }: Change): Promise<void> {
  if (rows === undefined) return;
  const { name, columns } = table;
  const all = `insert into ${name} (${columns}) overriding system value
    select ${columns} from unnest(${rows}) as wanted`;
  if (!last?.newest && !isLarge) return tx.script(all);
  if (last) {
    const [found] = await tx.query<{ rows: number }>(`select count(*)::int as "rows" from ${name}`);
    if (found?.rows === last.rows) return;
  }
  await tx.script(`${all} where wanted::text not in (select one::text from ${name} as one)`);
  // Of two rows that are the same in all one may have gone: then none can be told from the other.
  const [counted] = await tx.query<{ isWhole: boolean }>(
    `select count(*) = cardinality(${rows}) as "isWhole" from ${name}`,
  );
  if (counted?.isWhole) return;
  await tx.script(`delete from ${name}`);
  await tx.script(all);
}

function atRest<Value>(db: Database, work: (tx: Transaction) => Promise<Value>): Promise<Value> {
  return db.transaction(ownerActor, async (tx) => {
    await tx.script("set local session_replication_role = replica");
    return work(tx);
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

interface Table {
  readonly name: string;
  /** But for those that the database works out. */
  readonly columns: string;
}

function tablesOf(tx: Transaction): Promise<Table[]> {
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
