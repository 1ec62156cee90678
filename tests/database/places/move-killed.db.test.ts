import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { everyRow, scratchFolders } from "#tests/support/backup.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { engines, runOnServer } from "#tests/support/database.ts";
import { killMove, prepareForKilling } from "#tests/support/kill-import.ts";
import { noteBackup } from "#tests/support/moved.ts";
import { redrawnPack } from "#tests/support/redrawn.ts";
import { serveInProcess } from "#tests/support/served-process.ts";
import { makeLogins } from "#tests/support/server-logins.ts";
import { typeCommand } from "#tests/support/typed-command.ts";

/** A move in a process of its own: killed once all is written and nothing kept, and beside a server. */
const folders = scratchFolders();
const data = folders.make();
const pack = () => redrawnPack("moved");
beforeEach(() => {
  vi.stubEnv("BOXSTER_DATA", data);
  vi.stubEnv("DATABASE_URL", "");
});
afterEach(() => vi.unstubAllEnvs());
afterAll(() => folders.clear());

/** Opened for it alone: whoever is connected stands in the way of a move. */
async function within<Value>(
  open: () => Promise<Database>,
  work: (db: Database) => Promise<Value>,
) {
  const db = await open();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

/** All rows but those of the chain, which every command lengthens. */
async function rowsOf(db: Database) {
  const { audit, clock_mark, ...rows } = await everyRow(db);
  return rows;
}

test("no server starts during a move, and killed by SIGKILL it leaves the old boundaries whole: embedded", async () => {
  await startOnce(data);
  const folder = join(data, "database");
  const open = () => openEmbedded({ folder, snapshot: null });
  const before = await within(open, async (db) => {
    await noteBackup({ db });
    return rowsOf(db);
  });
  await killMove(folder, await pack(), () =>
    expect(serveInProcess({ BOXSTER_DATA: data })).rejects.toThrow(
      /Another Boxster process already uses/,
    ),
  );
  expect(await within(open, rowsOf)).toEqual(before);
});

test.skipIf(!engines.includes("postgres"))(
  "no move while a server of the same database runs, and no start during one; killed it leaves the old boundaries, done it shuts out the old pack: PostgreSQL",
  async () => {
    const logins = await makeLogins(process.env["TEST_DATABASE_URL"] ?? "");
    const login = new URL(logins.app).username;
    const open = async () => openPostgres(logins.owner);
    const move = async (url: string, more: readonly string[] = []) => {
      vi.stubEnv("DATABASE_URL", url);
      return typeCommand(["places", "move", await pack(), ...more]);
    };
    try {
      await within(open, async (db) => {
        await prepareForKilling(db);
        await noteBackup({ db });
      });
      await runOnServer(
        logins.superuser,
        `grant boxster_app to ${login} with set true, inherit false`,
      );
      // As docs/deploy.md has the database's administrator do: the server's login sees no statistics.
      await runOnServer(
        logins.superuser,
        readFileSync("sql/migrations/0014-quiet-statistics.sql", "utf8"),
      );
      const served = { DATABASE_URL: logins.app, BOXSTER_DATA: folders.make() };
      const server = await serveInProcess(served);
      const before = await within(open, rowsOf);
      const refused = await move(logins.owner);
      expect(refused).toMatchObject({ exit: 1, out: [] });
      expect(refused.all).toMatch(
        /other processes are connected to this database\. Stop the server first/,
      );
      const unseen = await move(logins.app);
      expect(unseen).toMatchObject({ exit: 1, out: [] });
      expect(unseen.all).toMatch(/This login cannot see whether a server is running/);
      expect(await move(logins.owner, ["--dry-run"])).toMatchObject({ exit: 0 });
      expect(await within(open, rowsOf)).toEqual(before);
      await server.stop();
      await killMove(logins.owner, await pack(), () =>
        expect(serveInProcess(served)).rejects.toThrow(
          /The boundaries of this database are being moved/,
        ),
      );
      expect(await within(open, rowsOf)).toEqual(before);
      expect(await move(logins.owner)).toMatchObject({ exit: 0 });
      vi.stubEnv("BOXSTER_PLACES", await pack());
      const back = await typeCommand(["places", "move", "--back", "--json"]);
      expect(JSON.parse(back.out.join(""))).toMatchObject({ back: "Enfield and Haringey" });
      vi.stubEnv("BOXSTER_PLACES", "");
      expect(await move(logins.owner)).toMatchObject({ exit: 0 });
      await expect(serveInProcess(served)).rejects.toThrow(
        /This database is for the places "redrawn-moved"/,
      );
    } finally {
      await logins.drop();
    }
  },
);
