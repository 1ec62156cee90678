import { afterEach, describe, expect, test, vi } from "vitest";
import { runCommandLine } from "#server/app/run.ts";
import { scratchFolders } from "#tests/support/backup.ts";
import { runOnServer } from "#tests/support/database.ts";
import { migratedTemplate } from "#tests/support/migrated.ts";
import { makeLogins } from "#tests/support/server-logins.ts";

const server = process.env["TEST_DATABASE_URL"] ?? "";
const folders = scratchFolders();

describe.skipIf(!server)("a second team's database on one server (postgres)", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    folders.clear();
  });

  test("migrate says in one line what a superuser has to run, and works once that was done", async () => {
    // The first team's migrations have made the roles.
    await migratedTemplate(server);
    const logins = await makeLogins(server, { bare: true });
    try {
      vi.stubEnv("BOXSTER_DATA", folders.make());
      vi.stubEnv("DATABASE_URL", logins.owner);
      const { username } = new URL(logins.owner);
      const refused = await migrate();
      expect(refused.exit).toBe(1);
      expect(refused.said).toHaveLength(1);
      const [, sql = ""] =
        /As a superuser run this in the database, then migrate again: (.+)$/.exec(
          refused.said[0] ?? "",
        ) ?? [];
      expect(sql).toMatch(
        new RegExp(
          `^create extension postgis; grant boxster_admin, .+ to ${username} with set true, inherit false;$`,
        ),
      );
      await runOnServer(logins.superuser, sql);
      const done = await migrate();
      expect(done.said).toContain("0001-ground.sql is in.");
      expect(done.exit).toBe(0);
    } finally {
      await logins.drop();
    }
  });
});

async function migrate() {
  const said: string[] = [];
  const exit = await runCommandLine(["migrate"], {
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    readInput: () => Promise.resolve(""),
    askHidden: () => Promise.resolve(null),
    signal: new AbortController().signal,
  });
  return { exit, said };
}
