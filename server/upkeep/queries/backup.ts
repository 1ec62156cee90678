import { z } from "zod";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

const storedTable = z.object({
  name: z.string(),
  columns: z.array(
    z.object({
      name: z.string(),
      /** As in a cast. */
      type: z.string(),
      /** Sequence of an identity column. */
      counter: z.string().nullable(),
    }),
  ),
  primaryKey: z.array(z.string()),
  refersTo: z.array(z.string()),
});
export type StoredTable = z.infer<typeof storedTable>;

/** From the catalogue, so new tables are included automatically. */
export const storedTables = (tx: Transaction) =>
  tx.rows(
    storedTable,
    sql`select held.relname as name,
        (
          select json_agg(
            json_build_object(
              'name', part.attname,
              'type', format_type(part.atttypid, part.atttypmod),
              'counter', case
                when part.attidentity <> ''
                then pg_get_serial_sequence(held.oid::regclass::text, part.attname)
              end
            )
            order by part.attnum
          )
          from pg_attribute part
          where part.attrelid = held.oid and part.attnum > 0
            and not part.attisdropped and part.attgenerated = ''
        ) as columns,
        coalesce((
          select json_agg(part.attname order by array_position(own.conkey, part.attnum))
          from pg_constraint own
          join pg_attribute part on part.attrelid = own.conrelid and part.attnum = any(own.conkey)
          where own.conrelid = held.oid and own.contype = 'p'
        ), '[]') as primary_key,
        coalesce((
          select json_agg(distinct other.relname)
          from pg_constraint link
          join pg_class other on other.oid = link.confrelid
          where link.conrelid = held.oid and link.contype = 'f' and link.confrelid <> held.oid
        ), '[]') as refers_to
      from pg_class held
      where held.relnamespace = 'public'::regnamespace
        and held.relkind in ('r', 'p')
        and not exists (
          select from pg_depend
          where pg_depend.classid = 'pg_class'::regclass
            and pg_depend.objid = held.oid and pg_depend.deptype = 'e'
        )
      order by held.relname`,
  );

/** Output independent of server and login settings. */
export const setPlainFormats = (tx: Transaction) =>
  tx.run(
    sql`select
        set_config('timezone', 'UTC', true),
        set_config('datestyle', 'ISO, YMD', true),
        set_config('intervalstyle', 'postgres', true),
        set_config('bytea_output', 'hex', true),
        set_config('extra_float_digits', '1', true)`,
  );

/** The rows of a table, each a JSON array of its values as text, `size` at a time. */
export async function* rowsOf(
  tx: Transaction,
  table: StoredTable,
  size: number,
): AsyncGenerator<string[]> {
  const values = table.columns.map(({ name }) => `${quote(name)}::text`).join(", ");
  const order = table.primaryKey.map(quote).join(", ");
  await tx.query(
    `declare backup_rows no scroll cursor for
     select json_build_array(${values})::text as "line"
     from ${quote(table.name)}
     ${order === "" ? "" : `order by ${order}`}`,
  );
  for (;;) {
    const rows = await tx.query<{ line: string }>(`fetch ${size} from backup_rows`);
    if (rows.length === 0) break;
    yield rows.map(({ line }) => line);
  }
  await tx.query("close backup_rows");
}

/** With their numbers; `lines` as from `rowsOf`. */
export async function insertRows(
  tx: Transaction,
  { name: table, columns }: StoredTable,
  lines: readonly string[],
): Promise<void> {
  const names = columns.map(({ name }) => quote(name)).join(", ");
  const values = columns.map(({ type }, index) => `(given.line ->> ${index})::${type}`).join(", ");
  await tx.query(
    `insert into ${quote(table)} (${names})
     overriding system value
     select ${values}
     from json_array_elements($1::text::json) as given (line)`,
    [`[${lines.join(",")}]`],
  );
}

export async function countRows(tx: Transaction, table: string): Promise<number> {
  const name = { texts: [quote(table)], values: [] };
  return (await tx.value(z.int(), sql`select count(*) from ${name}`)) ?? 0;
}

/** Null when it never gave one. Owner only. */
export const readCounter = (tx: Transaction, counter: string) =>
  tx.value(
    z.string(),
    sql`select last_value from pg_sequences
      where format('%I.%I', schemaname, sequencename)::regclass = ${counter}::text::regclass`,
  );

/** RESTART first: the only change of a sequence that a rollback undoes. */
export async function setCounter(tx: Transaction, counter: string, last: string): Promise<void> {
  await tx.query(`alter sequence ${counter} restart`);
  await tx.run(sql`select setval(${counter}::text::regclass, ${last}::bigint, true)`);
}

/** True for the owner, not for a server's login. */
export async function mayCopy(tx: Transaction): Promise<boolean> {
  const right = sql`select pg_has_role(session_user, oid, 'set') from pg_roles where rolname = 'boxster_copier'`;
  return (await tx.value(z.boolean(), right)) ?? true;
}

export const countOtherConnections = (tx: Transaction) =>
  tx.value(
    z.int(),
    sql`select count(*) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and usesysid is not null
        and coalesce(backend_type, 'client backend') = 'client backend'`,
  );

/** Meaningful only with the data folder's streets. */
export const countPlacedOnStreets = (tx: Transaction) =>
  tx.value(z.int(), sql`select count(*) from event where segment is not null`);

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
