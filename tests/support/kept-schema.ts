import { type Database, ownerActor } from "#server/db/database.ts";

/** The rows of the catalogue that say what the schema, its rules and rights are, but for `pg_class`. */
const catalogues = [
  ...["pg_attribute", "pg_constraint", "pg_trigger", "pg_policy", "pg_proc", "pg_authid"],
  ...["pg_auth_members", "pg_db_role_setting", "pg_default_acl", "pg_namespace", "pg_type"],
];

/** Which changes with its tables' files, so that what is asked of it is named. */
const tables = `select concat_ws(' ', relname, relkind, relrowsecurity, relforcerowsecurity, relacl)
  from pg_class where relnamespace = 'public'::regnamespace`;

/** Quick to ask: any change, also one that was taken back, gives its row a newer transaction. */
export function lastChangeOf(db: Database): Promise<string> {
  return linesOf(
    db,
    catalogues.map(
      (name) => `select concat_ws(' ', '${name}', count(*), max(xmin::text::bigint)) from ${name}`,
    ),
  );
}

/** What the rows say; what a session keeps to itself goes first. */
export async function wordsOf(db: Database): Promise<string> {
  await db.transaction(ownerActor, (tx) => tx.script("discard temp"));
  return linesOf(
    db,
    catalogues.map((name) => {
      const ours = name === "pg_namespace" ? "where nspname !~ '^pg_(toast_)?temp_'" : "";
      return `select '${name} ' || md5(string_agg(one::text, ' ' order by one::text)) from ${name} as one ${ours}`;
    }),
  );
}

async function linesOf(db: Database, asked: readonly string[]): Promise<string> {
  const [found] = await db.transaction(ownerActor, (tx) =>
    tx.query<{ lines: string }>(
      `select string_agg(line, chr(10) order by line) as "lines"
       from (${[...asked, tables].join(" union all ")}) as found (line)`,
    ),
  );
  return found?.lines ?? "";
}
