import type { Cluster } from "#server/db/cluster.ts";
import { databaseRoles } from "#server/db/migrate.ts";
import { Problem } from "#server/problem.ts";
import { createTeamLogins, type TeamLogins } from "#server/upkeep/team/team-logins.ts";

export interface Prepared {
  readonly logins: TeamLogins;
  readonly missingRoles: readonly string[];
  readonly isSuperuser: boolean;
}

interface Found {
  readonly login: string;
  readonly isSuperuser: boolean;
  readonly mayCreate: boolean;
  readonly isStandby: boolean;
  readonly port: string;
  readonly missing: readonly string[];
  /** Roles that this login may not give to others. */
  readonly foreign: string | null;
}

/** Whether a team of this name can be added; changes nothing. Throws a Problem that says why not. */
export async function lookAtCluster(
  cluster: Cluster,
  { team, adminUrl }: { readonly team: string; readonly adminUrl: string },
): Promise<Prepared> {
  const [found] = await cluster.run<Found>(
    `select quote_ident(own.rolname) as "login",
            own.rolsuper as "isSuperuser",
            own.rolsuper or (own.rolcreatedb and own.rolcreaterole) as "mayCreate",
            pg_is_in_recovery() as "isStandby",
            current_setting('port') as "port",
            array(
              select name from unnest($1::text[]) as wanted (name)
              where not exists (select from pg_roles where rolname = wanted.name)
              order by name
            ) as "missing",
            (
              select string_agg(quote_ident(role.rolname), ', ' order by role.rolname)
              from pg_roles as role
              where role.rolname = any($1::text[])
                and not own.rolsuper
                and not pg_has_role(own.oid, role.oid, 'member with admin option')
            ) as "foreign"
     from pg_roles as own
     where own.rolname = current_user`,
    [databaseRoles],
  );
  if (!found) throw new Error("The cluster does not know its own login.");
  refuseUnlessAllowed(found);
  const logins = createTeamLogins(team, adminUrl, found.port);
  await refuseExisting(cluster, logins);
  return { logins, missingRoles: found.missing, isSuperuser: found.isSuperuser };
}

function refuseUnlessAllowed({ login, mayCreate, isStandby, foreign }: Found): void {
  if (isStandby) {
    throw refusal(
      503,
      "This server is a standby (read-only). Set DATABASE_URL to the address of the primary.",
    );
  }
  if (!mayCreate) {
    throw refusal(
      403,
      `The login ${login} of DATABASE_URL may not make databases and roles. As a superuser run: alter role ${login} createdb createrole;`,
    );
  }
  if (foreign !== null) {
    throw refusal(
      403,
      `Another login made the roles that all teams share. As a superuser run: grant ${foreign} to ${login} with admin true, set false, inherit false;`,
    );
  }
}

async function refuseExisting(cluster: Cluster, logins: TeamLogins): Promise<void> {
  const { database, owner, server } = logins;
  const taken = await cluster.run<{ what: string }>(
    `select 'the database ' || datname as "what" from pg_database where datname = $1
     union all
     select 'the role ' || rolname from pg_roles where rolname = any($2::text[])
     order by 1`,
    [database, [owner.name, server.name]],
  );
  if (taken.length === 0) return;
  const what = taken.map((one) => one.what).join(", ");
  throw refusal(
    409,
    `On this cluster there is already ${what}. Nothing was changed. Choose another name; drop what is left of an attempt that was killed.`,
  );
}

const refusal = (status: number, detail: string) =>
  new Problem(status, "The team was not added", detail);
