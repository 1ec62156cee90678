import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run, type Started, start, until } from "#deploy/fleet/process.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const boxster = [process.execPath, join(root, "server/cli/boxster.mjs")];

export interface Team {
  readonly name: string;
  /** Two servers of one database. */
  readonly urls: readonly string[];
  /** `boxster WORDS` by the owner of the database; of a copy of the cluster where a port is given. */
  readonly asOwner: (words: readonly string[], port?: number) => Promise<string>;
  readonly servers: readonly Started[];
}

interface Given {
  readonly folder: string;
  readonly name: string;
  /** Of a login that may add teams, at the address that leads to the PostgreSQL that writes. */
  readonly adminUrl: string;
}

/** `boxster team add`, with the demonstration in its database. */
export async function addTeam({ folder, name, adminUrl }: Given): Promise<Team> {
  const env = join(folder, `${name}.env`);
  const data = join(folder, `${name}-data`);
  await run([...boxster, "team", "add", name, "--env", env], {
    DATABASE_URL: adminUrl,
    BOXSTER_DATA: data,
  });
  const owner = await settingsOf(join(folder, `${name}.owner.env`));
  const asOwner: Team["asOwner"] = (words, port) => {
    const url = new URL(owner["DATABASE_URL"] ?? "");
    if (port !== undefined) url.port = String(port);
    return run([...boxster, ...words], { DATABASE_URL: url.href, BOXSTER_DATA: data });
  };
  await asOwner(["load-demo"]);
  return { name, urls: [], servers: [], asOwner };
}

/** Login and password of each team's servers, for the pooler. */
export async function loginsOf(folder: string, names: readonly string[]) {
  return Promise.all(
    names.map(async (name) => {
      const { DATABASE_URL = "" } = await settingsOf(join(folder, `${name}.env`));
      const { username, password, pathname } = new URL(DATABASE_URL);
      return { login: username, password, database: pathname.slice(1) };
    }),
  );
}

/** Its two servers, on the same secret; what they ask goes through the pooler, what they listen to goes past it. */
export async function serveTeam(
  team: Team,
  given: {
    readonly folder: string;
    readonly poolerPort: number;
    readonly ports: readonly number[];
  },
): Promise<Team> {
  const { folder, poolerPort, ports } = given;
  const settings = await settingsOf(join(folder, `${team.name}.env`));
  const direct = settings["DATABASE_URL"] ?? "";
  const pooled = new URL(direct);
  pooled.port = String(poolerPort);
  const servers = ports.map((port) =>
    start(`${team.name}'s server`, [...boxster, "serve"], {
      log: join(folder, `${team.name}-${port}.log`),
      asRoot: true,
      env: {
        // As the unit files do.
        MALLOC_ARENA_MAX: "1",
        BOXSTER_SECRET: settings["BOXSTER_SECRET"],
        BOXSTER_DATA: join(folder, `${team.name}-data`),
        DATABASE_URL: pooled.href,
        BOXSTER_LISTEN_URL: direct,
        HOST: "127.0.0.1",
        PORT: String(port),
      },
    }),
  );
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  for (const url of urls) {
    await until(`${team.name} is ready on ${url}`, async () => (await fetch(`${url}/readyz`)).ok);
  }
  return { ...team, urls, servers };
}

/** PgBouncer by `deploy/pgbouncer.ini`, in front of the address that leads to the PostgreSQL that writes. */
export async function startPooler(given: {
  readonly folder: string;
  readonly port: number;
  readonly primaryPort: number;
  readonly teams: readonly string[];
}): Promise<void> {
  const { folder, port, primaryPort, teams } = given;
  const logins = await loginsOf(folder, teams);
  const users = join(folder, "userlist.txt");
  await writeFile(
    users,
    logins.map(({ login, password }) => `"${login}" "${password}"\n`).join(""),
  );
  const [before = "", after = ""] = (
    await readFile(join(root, "deploy/pgbouncer.ini"), "utf8")
  ).split("[pgbouncer]");
  const named = logins.map(({ database }) => `${database} = host=127.0.0.1 port=${primaryPort}`);
  const text = [
    before.slice(0, before.indexOf("boxster_")),
    `${named.join("\n")}\n\n[pgbouncer]`,
    after
      .replace(/^listen_port.*$/m, `listen_port = ${port}\nunix_socket_dir =`)
      .replace(/^auth_file.*$/m, `auth_file = ${users}`),
  ].join("");
  const file = join(folder, "pgbouncer.ini");
  await writeFile(file, text);
  start("PgBouncer", ["/usr/sbin/pgbouncer", file], { log: join(folder, "pgbouncer.log") });
}

/** The lines `NAME=VALUE` of a file of settings. */
async function settingsOf(file: string): Promise<Record<string, string>> {
  const lines = (await readFile(file, "utf8")).split("\n");
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
    return name && value !== undefined ? [[name, value] as const] : [];
  });
  return Object.fromEntries(pairs);
}
