import { randomBytes } from "node:crypto";

export interface TeamLogins {
  readonly database: string;
  readonly owner: Login;
  readonly server: Login;
}

interface Login {
  readonly name: string;
  readonly password: string;
  /** Holds the password. */
  readonly url: string;
}

/** Names made from it need no quoting. */
export const teamName = /^[a-z][a-z0-9_]{0,30}$/;

/** With new passwords. `port`: default for an address without one. */
export function createTeamLogins(team: string, adminUrl: string, port: string): TeamLogins {
  const database = `boxster_${team}`;
  const login = (name: string): Login => {
    const password = randomBytes(24).toString("hex");
    return { name, password, url: addressOf(adminUrl, { database, name, password, port }) };
  };
  return { database, owner: login(`${database}_owner`), server: login(`${database}_web`) };
}

export function databaseAt(adminUrl: string, database: string): string {
  const { start, authority, query } = partsOf(adminUrl);
  return `${start}${authority}/${database}${query.size > 0 ? `?${query.toString()}` : ""}`;
}

/** Sockets authenticate by system user, so password logins use loopback. */
function addressOf(
  adminUrl: string,
  to: {
    readonly database: string;
    readonly name: string;
    readonly password: string;
    readonly port: string;
  },
): string {
  const { start, authority, query } = partsOf(adminUrl);
  for (const name of ["user", "password"]) query.delete(name);
  const named = authority.slice(authority.lastIndexOf("@") + 1);
  const isSocket = (query.get("host") ?? named).replace(/^$/, "/").startsWith("/");
  if (isSocket) for (const name of ["host", "port"]) query.delete(name);
  const host = isSocket ? `127.0.0.1:${to.port}` : named;
  return `${start}${to.name}:${to.password}@${host}/${to.database}${query.size > 0 ? `?${query.toString()}` : ""}`;
}

function partsOf(url: string) {
  const [, start = "", authority = "", query = ""] =
    /^(postgres(?:ql)?:\/\/)([^/?]*)(?:\/[^?]*)?(?:\?(.*))?$/.exec(url) ?? [];
  return { start, authority, query: new URLSearchParams(query) };
}
