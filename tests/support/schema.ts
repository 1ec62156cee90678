import type { Transaction } from "#server/db/database.ts";

/** Who may do what to which rows and columns, as text from the catalogue: the same on both engines. */
export async function describeRights(tx: Transaction): Promise<string> {
  return `${[...(await readRights(tx)), "", ...(await readColumnRights(tx))].join("\n")}\n`;
}

/** One line a table and verb: who beside the copier, and which rows where not all that an acting person may. */
async function readRights(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ table: string; verb: string; roles: string; rows: string }>(
    `select tablename as "table", lower(cmd) as verb,
            string_agg(array_to_string(roles, ', '), ', ' order by roles::text) as roles,
            coalesce(qual, with_check) as rows
     from pg_policies
     where schemaname = 'public' and policyname <> tablename || '_all_copier'
     group by tablename, cmd, coalesce(qual, with_check)
     order by tablename, cmd, coalesce(qual, with_check)`,
  );
  const anybody = "(( SELECT acting_person() AS acting_person) IS NOT NULL)";
  return rows.map(({ table, verb, roles, rows: which }) => {
    const where = which.replace(/\s+/g, " ");
    const rest = where === anybody ? "" : `\n  where ${where.replace(`(${anybody} AND `, "(")}`;
    return `${table}: ${verb} by ${roles.replaceAll("boxster_", "")}${rest}`;
  });
}

/** What is granted column by column, one line for a table, a verb and its columns. */
export async function readColumnRights(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ line: string }>(
    `select format('%s: %s of %s by %s', name, verb, columns, string_agg(role, ', ' order by role)) as "line"
     from (
       select relname::text as name, lower(privilege_type) as verb,
              coalesce(replace(rolname, 'boxster_', ''), 'everybody') as role,
              string_agg(attname, ', ' order by attname) as columns
       from pg_attribute
       join pg_class on pg_class.oid = attrelid
       cross join aclexplode(attacl)
       left join pg_roles on pg_roles.oid = grantee
       where relnamespace = 'public'::regnamespace and relname <> 'spatial_ref_sys'
       group by relname, privilege_type, rolname
     ) as held
     group by name, verb, columns
     order by name, verb, columns`,
  );
  return rows.map(({ line }) => line);
}
