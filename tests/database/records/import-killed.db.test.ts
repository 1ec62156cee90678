import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import type { Database } from "#server/db/database.ts";
import { runImport } from "#server/records/import/run-import.ts";
import { testServices } from "#tests/support/app.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { autoChoices } from "#tests/support/import.ts";
import { analyst } from "#tests/support/import-server.ts";
import {
  asOwner,
  expectAllOrNothing,
  killProcessAt,
  prepareForKilling,
} from "#tests/support/kill-import.ts";
import {
  type KillPoint,
  killFile,
  sourceUntil,
  twentyPoints,
  wordsOf,
} from "#tests/support/kill-points.ts";
import { runsOf } from "#tests/support/runs.ts";

/**
 * SAFEGUARDS, invariant 15. Each fourth of them back from the commit; all twenty in `npm run test:slow`, and there alone
 * those of the embedded engine, whose every opening takes seconds: what is half written as it ends is gone after that by
 * tests/api/db/database-killed.api.test.ts.
 */
const tried = twentyPoints.filter((_, at) => (twentyPoints.length - 1 - at) % runsOf(1, 4) === 0);

/** Half a minute each on a machine that does nothing else. */
const busyMachineMs = 300_000;
const onPostgres = test.skipIf(!engines.includes("postgres"));

onPostgres(
  "a process that is killed at any point of an import leaves all of its rows or none",
  async () => {
    // Two at a time: what takes time is the start of each process.
    const lanes = [0, 1].map(async (lane) => {
      const { db, url, drop } = await openTestDatabase("postgres", prepareForKilling);
      try {
        for (const point of tried.filter((_, at) => at % 2 === lane)) {
          await killProcessAt(url ?? "", point);
          await expectAllOrNothing(asOwner(db), point);
        }
      } finally {
        await drop();
      }
    });
    await Promise.all(lanes);
  },
  busyMachineMs,
);

onPostgres(
  "a database connection that is ended at any point of an import leaves all of its rows or none",
  async () => {
    const { db, url, drop } = await openTestDatabase("postgres", prepareForKilling);
    const dataFolder = mkdtempSync(join(tmpdir(), "boxster-ended-"));
    const other = new pg.Client({ connectionString: url ?? "" });
    await other.connect();
    const ask = async (sql: string) => (await other.query<object>(sql)).rows;
    try {
      for (const point of tried) {
        const ended = await importUntilEnded(db, {
          point,
          dataFolder,
          endAll: () => endAll(other),
        });
        const events = await expectAllOrNothing(ask, point);
        // Whoever imported was told the truth: no success without rows, no failure with them.
        expect(ended, wordsOf(point)).toBe(events === 0);
      }
    } finally {
      await other.end();
      await drop();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  },
  busyMachineMs,
);

/** Ends every other connection to this database, from the server's side. */
async function endAll(other: pg.Client): Promise<void> {
  await other.query(
    `select pg_terminate_backend(pid)
     from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid()`,
  );
}

/** Whether the import failed. */
async function importUntilEnded(
  db: Database,
  given: {
    readonly point: KillPoint;
    readonly dataFolder: string;
    readonly endAll: () => Promise<void>;
  },
): Promise<boolean> {
  const { point, dataFolder, endAll: end } = given;
  const services = await testServices(db);
  let ending: Promise<void> = Promise.resolve();
  const reach = async () => {
    ending = end();
    if (point.isHeld) await ending;
  };
  try {
    await runImport(
      { ...services, actor: analyst, config: { ...services.config, dataFolder } },
      {
        source: sourceUntil(killFile, point, reach),
        choices: autoChoices,
        dryRun: false,
        signal: new AbortController().signal,
        onProgress: () => undefined,
      },
    );
    if (point.at === "committed") await end();
    return false;
  } catch {
    return true;
  } finally {
    await ending;
    await services.solver.close();
  }
}
