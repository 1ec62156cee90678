import { roles } from "#core/role.ts";
import { doors, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

/** All that sql/migrations make and use: they belong to the whole server, not to one database of it. */
const databaseRoles = [...roles, ...doors, "operator", "system", "nobody", "app"].map(
  (name) => `boxster_${name}`,
);
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
export async function refuseUnlessPrepared(tx: Transaction): Promise<void> {
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
