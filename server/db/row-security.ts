import { type Database, ownerActor } from "#server/db/database.ts";

export interface UnboundLogin {
  readonly name: string;
  readonly because:
    | "a superuser"
    | "the owner of the tables"
    | "one that may make roles"
    | "one that may copy every row (boxster_copier)";
}

/** The login that row security would not hold, and why; null for one that it holds. */
export async function findUnboundLogin(db: Database): Promise<UnboundLogin | null> {
  const [row] = await db.transaction(ownerActor, (tx) =>
    tx.query<{ name: string; because: UnboundLogin["because"] | null }>(
      `select session_user::text as name,
              case
                when rolsuper or rolbypassrls then 'a superuser'
                when exists (
                  select from pg_class
                  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                    and pg_has_role(session_user, relowner, 'member')
                ) then 'the owner of the tables'
                when rolcreaterole then 'one that may make roles'
                when exists (
                  select from pg_roles
                  where rolname = 'boxster_copier' and pg_has_role(session_user, oid, 'member')
                ) then 'one that may copy every row (boxster_copier)'
              end as because
       from pg_roles
       where rolname = session_user`,
    ),
  );
  if (!row) throw new Error("The database does not say who its login is");
  return row.because === null ? null : { name: row.name, because: row.because };
}
