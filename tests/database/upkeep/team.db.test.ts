import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { readConfig } from "#server/config.ts";
import { ownerActor } from "#server/db/database.ts";
import { openDatabase } from "#server/db/open.ts";
import { addTeam } from "#server/upkeep/team/add-team.ts";
import { createCluster, type ScratchCluster } from "#tests/support/postgres-cluster.ts";
import { isWhole } from "#tests/support/runs.ts";
import { typeCommand } from "#tests/support/typed-command.ts";

/** Ten seconds with the cluster's own start. */
const found = isWhole
  ? await createCluster({ trusted: "postgres" })
  : { reason: "it starts a cluster of its own: npm run test:slow does" };

if ("reason" in found)
  test.skip(`a team is added to a cluster: skipped, ${found.reason}`, () => undefined);
else describe("a team on a cluster", () => onCluster(found));

function onCluster(cluster: ScratchCluster): void {
  const folder = mkdtempSync(join(tmpdir(), "boxster-team-"));
  const adminUrl = withLogin(cluster.url, "fleet_admin", "of the fleet");

  beforeAll(async () => {
    await ask(
      cluster.url,
      "create role fleet_admin login createdb createrole password 'of the fleet'",
    );
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  afterAll(() => {
    cluster.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const type = (url: string, ...words: string[]) => {
    vi.stubEnv("DATABASE_URL", url);
    vi.stubEnv("BOXSTER_DATA", join(folder, "data"));
    return typeCommand(["team", ...words]);
  };
  /** Databases and roles, by which whatever is left behind shows. */
  const standing = () =>
    ask(
      cluster.url,
      `select datname as name from pg_database union all select rolname from pg_roles
       union all select roleid::regrole || ' in ' || member::regrole || ' by ' || grantor::regrole from pg_auth_members
       order by 1`,
    );

  test("what cannot be done is refused in words, and nothing is left of it", async () => {
    const before = await standing();
    const refusals: [RegExp, string, ...string[]][] = [
      [/"En-field" cannot name a team/, adminUrl, "add", "En-field"],
      [/Only "add" is known/, adminUrl, "drop", "enfield"],
      [/usage: boxster team add NAME/, adminUrl, "add"],
      [/refused this login/, withLogin(cluster.url, "fleet_admin", "wrong"), "add", "enfield"],
      // No superuser has put PostGIS into template1, which shows only once the database is there.
      [
        /may not create the extension postgis\. As a superuser run "create extension postgis;"/,
        adminUrl,
        "add",
        "enfield",
      ],
    ];
    for (const [words, url, ...line] of refusals) {
      const { exit, out, err } = await type(url, ...line);
      expect(err.join("\n")).toMatch(words);
      expect(exit).not.toBe(0);
      expect(out).toEqual([]);
    }
    await ask(cluster.url, "alter role fleet_admin nocreatedb");
    expect((await type(adminUrl, "add", "enfield")).err[0]).toMatch(
      /alter role fleet_admin createdb createrole;/,
    );
    await ask(cluster.url, "alter role fleet_admin createdb");
    expect(await standing()).toEqual(before);
  });

  test("without a server it is refused before anything is opened", async () => {
    const { err, exit } = await type("", "add", "enfield");
    expect(err[0]).toContain('"team" works on a PostgreSQL server. Set DATABASE_URL');
    expect(exit).toBe(1);
    expect(existsSync(join(folder, "data"))).toBe(false);
  });

  test("a dry run changes nothing", async () => {
    const before = await standing();
    const { out, exit } = await type(adminUrl, "add", "enfield", "--dry-run", "--json");
    expect(exit).toBe(0);
    expect(JSON.parse(out[0] ?? "")).toMatchObject({
      dryRun: true,
      database: "boxster_enfield",
      owner: "boxster_enfield_owner",
      login: "boxster_enfield_web",
      newRoles: expect.arrayContaining(["boxster_app", "boxster_public"]),
    });
    expect(await standing()).toEqual(before);
  });

  test("a login that is no superuser adds two teams, neither of which reaches the other", async () => {
    await ask(withDatabase(cluster.url, "template1"), "create extension postgis");
    const env = join(folder, "enfield.env");
    const first = await type(adminUrl, "add", "enfield", "--env", env);
    expect(first.err).toEqual([]);
    expect(first.out[0]).toMatch(
      /^Added the team enfield: database boxster_enfield, \d+ migrations\.$/,
    );
    const second = await type(adminUrl, "add", "haringey", "--json");
    expect(second.err).toEqual([]);
    const json = JSON.parse(second.out[0] ?? "") as {
      databaseUrl: string;
      ownerUrl: string;
      newRoles: string[];
    };
    expect(json.newRoles).toEqual([]);

    const files = { server: readEnv(env), owner: readEnv(join(folder, "enfield.owner.env")) };
    expect(statSync(env).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, "enfield.owner.env")).mode & 0o777).toBe(0o600);
    expect(files.server).toMatchObject({
      BOXSTER_DATA: "/var/lib/boxster/enfield",
      BOXSTER_PROXY: "127.0.0.1",
    });
    const config = readConfig(files.server);
    expect(config.secret).toHaveLength(64);
    expect(first.all).not.toContain(new URL(config.databaseUrl ?? "").password);

    // The server's login opens it, and may neither change the schema nor read past its rights.
    const db = await openDatabase(config, () => undefined);
    await expect(
      db.transaction(ownerActor, (tx) => tx.query("select from audit")),
    ).rejects.toThrow();
    await db.close();
    const chain = await ask(
      withDatabase(cluster.url, "boxster_enfield"),
      "select person, role, act, detail::text from audit order by id",
    );
    expect(chain).toMatchObject([
      { role: "operator", act: "add a team", detail: '{"team": "enfield"}' },
    ]);

    for (const login of [json.databaseUrl, json.ownerUrl, adminUrl]) {
      await expect(ask(withDatabase(login, "boxster_enfield"), "select 1")).rejects.toThrow(
        "permission denied",
      );
    }
    for (const login of [files.server["DATABASE_URL"] ?? "", files.owner["DATABASE_URL"] ?? ""]) {
      expect(await ask(login, "select 1 as one")).toEqual([{ one: 1 }]);
      for (const sql of [
        "grant boxster_copier to boxster_haringey_web",
        "alter role boxster_haringey_web password 'mine'",
        "alter role boxster_app login",
      ]) {
        await expect(ask(login, sql), sql).rejects.toThrow("permission denied");
      }
    }
    const stored = await ask(
      cluster.url,
      "select rolname from pg_authid where rolname like 'boxster\\_%\\_%' and rolcanlogin and rolpassword like 'SCRAM-SHA-256$4096:%'",
    );
    expect(stored).toHaveLength(4);
  });

  test("what exists is refused, whichever part of it, and so is a file that exists", async () => {
    await ask(cluster.url, "create role boxster_barnet_web");
    const before = await standing();
    expect((await type(adminUrl, "add", "enfield")).err[0]).toContain(
      "there is already the database boxster_enfield, the role boxster_enfield_owner, the role boxster_enfield_web.",
    );
    expect((await type(adminUrl, "add", "barnet")).err[0]).toContain(
      "already the role boxster_barnet_web.",
    );
    const file = join(folder, "camden.env");
    writeFileSync(file, "mine");
    expect((await type(adminUrl, "add", "camden", "--env", file)).err[0]).toContain(
      `${file} exists already`,
    );
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(await standing()).toEqual(before);
  });

  test("a step that fails, and Ctrl-C, leave nothing: no role, no database, no file", async () => {
    const before = await standing();
    const files = readdirSync(folder);
    const nowhere = join(folder, "no such folder", "ealing.env");
    expect((await type(adminUrl, "add", "ealing", "--env", nowhere)).err[0]).toContain(
      "(ENOENT). The team was not added",
    );
    expect(await standing()).toEqual(before);
    const stop = new AbortController();
    const cancelled = addTeam({
      team: "ealing",
      adminUrl,
      operator: "tester",
      dryRun: false,
      signal: stop.signal,
      keep: () => {
        stop.abort();
        return { takeBack: () => undefined };
      },
    });
    await expect(cancelled).rejects.toThrow(
      "The team was not added: Cancelled. Nothing of it is left.",
    );
    expect(await standing()).toEqual(before);
    expect(readdirSync(folder)).toEqual(files);
  });

  test("where the connection is lost, what could not be dropped is named", async () => {
    const before = await standing();
    const lost = addTeam({
      team: "sutton",
      adminUrl,
      operator: "tester",
      dryRun: false,
      signal: new AbortController().signal,
      keep: async () => {
        await ask(
          cluster.url,
          "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'fleet_admin'",
        );
        throw new Error("It failed on purpose.");
      },
    });
    await expect(lost).rejects.toThrow(
      "The team was not added: It failed on purpose. These could not be dropped again, so drop them by hand: the database boxster_sutton, the role boxster_sutton_web, the role boxster_sutton_owner.",
    );
    await ask(cluster.url, "drop database boxster_sutton");
    await ask(cluster.url, "drop role boxster_sutton_web, boxster_sutton_owner");
    expect(await standing()).toEqual(before);
  });

  test("roles that somebody else made are given by a superuser, in the words of the refusal", async () => {
    await ask(cluster.url, "create role other_admin login createdb createrole password 'x'");
    const other = withLogin(cluster.url, "other_admin", "x");
    const refused = await type(other, "add", "brent");
    const [, sql = ""] = /As a superuser run: (grant .+;)$/.exec(refused.err[0] ?? "") ?? [];
    await ask(cluster.url, sql);
    expect((await type(other, "add", "brent")).exit).toBe(0);
  });

  test("a superuser needs no template", async () => {
    await ask(withDatabase(cluster.url, "template1"), "drop extension postgis");
    expect((await type(cluster.url, "add", "merton")).exit).toBe(0);
  });
}

function withLogin(url: string, username: string, password: string): string {
  return Object.assign(new URL(url), { username, password }).href;
}

function withDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
}

async function ask(url: string, sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as object[];
  } finally {
    await client.end();
  }
}

function readEnv(file: string): Record<string, string> {
  const lines = readFileSync(file, "utf8").split("\n");
  return Object.fromEntries(
    lines.filter((line) => /^\w/.test(line)).map((line) => line.split(/=(.*)/s).slice(0, 2)),
  );
}
