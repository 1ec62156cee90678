import { randomBytes } from "node:crypto";
import { runOnServer } from "#tests/support/database.ts";

/** A database as a server should have it: owned by one login, used by another, superuser neither. */
export interface ServerLogins {
  readonly owner: string;
  readonly app: string;
  readonly superuser: string;
  readonly drop: () => Promise<void>;
}

const roleNames = [
  "sergeant",
  "analyst",
  "partner",
  "coordinator",
  "presenter",
  "liaison",
  "admin",
  "auditor",
  "operator",
  "system",
  "nobody",
  "gate",
  "keeper",
  "publisher",
  "public",
  "clerk",
  "copier",
  "app",
].map((name) => `boxster_${name}`);

/** The part of it that a database beside another one needs: `bare` leaves it out. */
interface LoginOptions {
  readonly bare?: boolean;
}

/**
 * What docs/deploy.md has the database's administrator do. The roles belong to the whole server and
 * may be there already, made by somebody else: then the new owner is given them.
 */
export async function makeLogins(
  server: string,
  { bare = false }: LoginOptions = {},
): Promise<ServerLogins> {
  const suffix = randomBytes(6).toString("hex");
  const [database, owner, app] = ["test", "owner", "app"].map(
    (part) => `boxster_${part}_${suffix}`,
  );
  const password = randomBytes(12).toString("hex");
  const addressOf = (login: string | null) => {
    const url = new URL(server);
    url.pathname = `/${database}`;
    if (login !== null) Object.assign(url, { username: login, password });
    return url.href;
  };
  const superuser = addressOf(null);
  await runOnServer(
    server,
    `create role ${owner} login createrole password '${password}';
     create role ${app} login password '${password}';
     ${(bare ? [] : roleNames)
       .map(
         (name) => `do $$ begin
           if exists (select from pg_roles where rolname = '${name}') then
             execute 'grant ${name} to ${owner} with set true, inherit false';
           end if;
         end $$;`,
       )
       .join("\n")}`,
  );
  await runOnServer(server, `create database ${database} owner ${owner}`);
  if (!bare) {
    await runOnServer(superuser, "create extension postgis; create extension btree_gist;");
  }
  return {
    owner: addressOf(owner ?? ""),
    app: addressOf(app ?? ""),
    superuser,
    drop: async () => {
      await runOnServer(server, `drop database ${database} with (force)`);
      await runOnServer(server, `drop role ${app}; drop role ${owner};`);
    },
  };
}
