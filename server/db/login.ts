import { type Database, ownerActor } from "#server/db/database.ts";

export interface DatabaseLogin {
  readonly name: string;
  /** `app` is bound by row security; the other two could switch it off. */
  readonly kind: "superuser" | "owner" | "app";
}

/** Who the server is to the database, before it takes on any role. */
export async function describeLogin(db: Database): Promise<DatabaseLogin> {
  const [row] = await db.transaction(ownerActor, (tx) =>
    tx.query<DatabaseLogin>(
      `select session_user::text as name,
              case
                when rolsuper or rolbypassrls or rolcreaterole then 'superuser'
                when exists (
                  select from pg_class
                  where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                    and pg_has_role(session_user, relowner, 'member')
                ) then 'owner'
                else 'app'
              end as kind
       from pg_roles
       where rolname = session_user`,
    ),
  );
  if (!row) throw new Error("The database does not say who its login is");
  return row;
}
