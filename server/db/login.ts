import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";

export interface Login {
  readonly name: string;
  /**
   * `owner` changes the schema and copies every row; `app` can do neither and takes on persons'
   * roles; `none` has no right to this database's rows. `new`: our schema does not exist yet.
   */
  readonly kind: "superuser" | "owner" | "app" | "new" | "none";
}

export function readLogin(db: Database): Promise<Login> {
  return db.transaction(ownerActor, loginOf);
}

async function loginOf(tx: Transaction): Promise<Login> {
  const [row] = await tx.query<
    Record<"isStandby" | "isSuper" | "there" | "mayCreate" | "owns" | "isApp", boolean> &
      Pick<Login, "name">
  >(
    `select
       session_user::text as "name",
       pg_is_in_recovery() as "isStandby",
       own.rolsuper as "isSuper",
       held.oid is not null as "there",
       has_schema_privilege('public', 'create') as "mayCreate",
       coalesce(pg_has_role(session_user, held.relowner, 'usage'), false) as "owns",
       coalesce(pg_has_role(session_user, app.oid, 'set'), false) as "isApp"
     from pg_roles own
     left join pg_class held on held.oid = to_regclass('public.migration')
     left join pg_roles app on app.rolname = 'boxster_app'
     where own.rolname = session_user`,
  );
  if (!row) throw new Error("The database does not know its own login.");
  const { name, isStandby, isSuper, there, mayCreate, owns, isApp } = row;
  if (isStandby) {
    throw new Problem(
      503,
      "This server is a standby (read-only)",
      "Boxster writes to the audit log with every read. Set DATABASE_URL to the address of the primary.",
    );
  }
  if (isSuper) return { name, kind: "superuser" };
  if (!there) return { name, kind: mayCreate ? "new" : "none" };
  if (owns) return { name, kind: "owner" };
  return { name, kind: isApp ? "app" : "none" };
}

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
