import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { savedPlace } from "#core/protected-time/wire/outreach.ts";
import { runCommandLine } from "#server/app/run.ts";
import { startUpkeep } from "#server/app/serve.ts";
import { operatorActor } from "#server/cli/command.ts";
import { readConfig } from "#server/config.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { openDatabase } from "#server/db/open.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { runOnServer } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { plainTable } from "#tests/support/import.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
import { suggestThrough } from "#tests/support/plan-database.ts";
import { makeLogins, type ServerLogins } from "#tests/support/server-logins.ts";

const server = process.env["TEST_DATABASE_URL"];
const folders = scratchFolders();
const silent = () => undefined;

/** The embedded engine has one login, the owner of its folder: these are about a server. */
describe.skipIf(!server)("a server's login that owns nothing (postgres)", () => {
  let logins: ServerLogins;
  beforeAll(async () => {
    logins = await makeLogins(server ?? "");
  });
  afterAll(async () => {
    await logins.drop();
    folders.clear();
  });
  beforeEach(() => {
    vi.stubEnv("BOXSTER_DATA", folders.make());
    vi.stubEnv("BOXSTER_PASSPHRASE", "five words nobody would guess");
  });
  afterEach(() => vi.unstubAllEnvs());

  const boxster = async (login: "owner" | "app", ...words: string[]) => {
    vi.stubEnv("DATABASE_URL", logins[login]);
    const said: string[] = [];
    const exit = await runCommandLine(words, {
      out: (line) => said.push(line),
      err: (line) => said.push(line),
      readInput: () => Promise.resolve(""),
      askHidden: () => Promise.resolve(null),
      signal: new AbortController().signal,
    });
    return { exit, said: said.join("\n") };
  };
  const appConfig = () => readConfig({ DATABASE_URL: logins.app });

  test("before the schema is there it is told what its owner has to do", async () => {
    await expect(openDatabase(appConfig(), silent)).rejects.toThrow(
      /has no rights there\. As the database's owner run "npx boxster migrate", then "grant boxster_app to/,
    );
    expect(await boxster("app", "migrate")).toMatchObject({
      exit: 1,
      said: expect.stringMatching(/is not the database's owner\. Set DATABASE_URL to the owner's/),
    });
  });

  test("the owner, no superuser, migrates; migrating again changes nothing", async () => {
    const first = await boxster("owner", "migrate");
    expect(first.said).toContain("0001-ground.sql is in.");
    expect(first.exit).toBe(0);
    expect(await boxster("owner", "migrate")).toEqual({
      exit: 0,
      said: "The schema is up to date.",
    });
    await runOnServer(logins.superuser, `grant boxster_app to ${new URL(logins.app).username}`);
  });

  test("where a migration is missing it says so in one line and does not start", async () => {
    await runOnServer(
      logins.superuser,
      `create temp table held as select * from migration order by name desc limit 1;
       delete from migration where name in (select name from held);
       create table kept_aside as select * from held;`,
    );
    await expect(openDatabase(appConfig(), silent)).rejects.toThrow(
      '1 migration is missing, and this login may not change the schema. Run "npx boxster migrate" with DATABASE_URL set to the address of the database\'s owner.',
    );
    await runOnServer(
      logins.superuser,
      "insert into migration select * from kept_aside; drop table kept_aside;",
    );
    const db = await openDatabase(appConfig(), silent);
    await db.close();
  });

  test("doctor says which kind of login it is", async () => {
    const app = await boxster("app", "doctor");
    expect(app.said).toMatch(
      /Login: boxster_app_\w+, which may neither change the schema nor copy/,
    );
    const owner = await boxster("owner", "doctor");
    expect(owner.said).toMatch(
      /Login: boxster_owner_\w+, the owner of the tables: a server should/,
    );
  });

  test("what only a superuser can close doctor names, until its file was run", async () => {
    const counts = "select n_tup_ins from pg_stat_user_tables where relname = 'saved_place'";
    const asSergeant = async () => {
      const own = openPostgres(logins.app);
      try {
        const rows = await own.transaction(ownerActor, async (tx) => {
          await tx.query("set local role boxster_sergeant");
          return tx.query(counts);
        });
        return rows.length;
      } finally {
        await own.close();
      }
    };
    const [, file = ""] =
      /Statistics: open\. .* As a superuser run (\S+) in the database\./.exec(
        (await boxster("app", "doctor")).said,
      ) ?? [];
    expect(await asSergeant()).toBe(1);
    await runOnServer(logins.superuser, readFileSync(file, "utf8"));
    await expect(asSergeant()).rejects.toMatchObject({ code: "42501" });
    for (const login of ["app", "owner"] as const) {
      expect((await boxster(login, "doctor")).said).toContain("Statistics: closed to every role");
    }
  });

  describe("once it is running", () => {
    let db: Database;
    let app: TestApp;
    beforeAll(async () => {
      db = await openDatabase(appConfig(), silent);
      await fillDemo(db);
      app = await openTestApp(db);
    });
    afterAll(async () => {
      await app.close();
      await db.close();
    });

    test("whole flows work: outreach, events, hotspots, plan, panel, import and its undo", async () => {
      const [partner, sergeant, analyst, presenter] = [
        await app.as("partner", "a"),
        await app.as("sergeant"),
        await app.as("analyst"),
        await app.as("presenter"),
      ];
      const stop = await startUpkeep(app.services, silent);
      await stop();
      const place = await partner.send("POST", "/api/outreach/places", {
        label: "By the tree",
        ...circleAt(corner),
      });
      const session = await partner.send("POST", "/api/outreach/sessions", {
        placeId: savedPlace.parse(place.json()).id,
        rule: { repeats: "once", firstDate: "2021-11-30", start: "20:00", end: "22:00" },
      });
      expect(session.statusCode, session.body).toBe(200);
      for (const [caller, url] of [
        [partner, "/api/outreach/record"],
        [sergeant, "/api/events"],
        [analyst, "/api/hotspots?from=2021-10-01&to=2021-11-26"],
        [analyst, "/api/displacement?operation=boxster-2021"],
        [sergeant, "/api/keep-clear?from=2021-11-26T00:00:00Z&to=2021-12-10T00:00:00Z"],
        [presenter, "/api/public/releases/latest"],
      ] as const) {
        const reply = await caller.get(url);
        expect(reply.statusCode, `${url}: ${reply.body.slice(0, 200)}`).toBe(200);
      }
      const { plan } = await suggestThrough(sergeant, { days: 1 });
      const agreed = await sergeant.send("POST", `/api/plans/${plan.id}/agree`, {});
      expect(agreed.statusCode, agreed.body).toBe(200);
      const brought = await analyst.inject({
        method: "POST",
        url: "/api/imports?fileName=week.csv",
        headers: { "content-type": "application/octet-stream" },
        payload: plainTable(["2021-06-05"]),
      });
      expect(brought.body).toContain('"accepted":1');
      const [batch] = (await analyst.get("/api/imports")).json<{ batches: { id: number }[] }>()
        .batches;
      const undone = await analyst.send("DELETE", `/api/imports/${batch?.id}`);
      expect(undone.statusCode, undone.body).toBe(200);
      expect((await sergeant.send("DELETE", "/api/session")).statusCode).toBeLessThan(300);
    });

    test.each([
      "alter table event add column more text",
      "alter table event disable row level security",
      "drop policy event_select_analyst on event",
      "create policy mine on event using (true)",
      "alter table audit disable trigger audit_append_only",
      "drop table tally",
      "create table mine (id int)",
      "create or replace function acting_person() returns text language sql as 'select 1::text'",
      "set role boxster_copier",
      "grant boxster_copier to current_user",
      "select * from event",
      "select * from migration",
    ])("the database refuses it: %s", async (sql) => {
      const own = openPostgres(logins.app);
      try {
        await expect(own.transaction(ownerActor, (tx) => tx.query(sql))).rejects.toMatchObject({
          code: "42501",
        });
      } finally {
        await own.close();
      }
    });

    test("the owner itself, no superuser, reads no row of a table without a role", async () => {
      const own = openPostgres(logins.owner);
      try {
        const rows = await own.transaction(ownerActor, (tx) =>
          tx.query("select from event union all select from saved_place"),
        );
        expect(rows).toEqual([]);
        const events = await own.transaction(operatorActor("tester"), (tx) =>
          tx.query<{ n: number }>("select count(*)::int as n from event"),
        );
        expect(events[0]?.n).toBeGreaterThan(1_000);
      } finally {
        await own.close();
      }
    });

    test("a backup is the owner's to make, and comes back into the owner's next database", async () => {
      const file = join(folders.make(), "server.backup");
      const refused = await boxster("app", "backup", file);
      expect(refused.exit).toBe(1);
      expect(refused.said).toContain("run this with the address of the database's owner");
      const made = await boxster("owner", "backup", file);
      expect(made.said).toContain("Audit chain: row");
      expect(made.exit).toBe(0);
      const next = await makeLogins(server ?? "");
      try {
        vi.stubEnv("DATABASE_URL", next.owner);
        const from = logins;
        logins = next;
        const restored = await boxster("owner", "restore", file);
        logins = from;
        expect(restored.said).toContain("Row counts and audit log match the backup.");
        expect(restored.exit).toBe(0);
      } finally {
        await next.drop();
      }
    });
  });
});
