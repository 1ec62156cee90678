import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Database, ownerActor } from "#server/db/database.ts";
import { fillPlaces } from "#server/places/load.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { type LoadResult, putUnderLoad } from "#tests/support/load-clients.ts";
import { type ServedProcess, serveInProcess } from "#tests/support/served-process.ts";

const mostConnections = 10;

/** Samples of memory while 50 people work, the first part left out: caches fill and code warms up. */
async function loadAndMeasure(server: ServedProcess, seconds: number) {
  const samples: number[] = [];
  const watch = setInterval(() => {
    const memory = server.memory();
    if (memory !== null) samples.push(memory);
  }, 500);
  const result = await putUnderLoad(server.url, seconds);
  clearInterval(watch);
  const settled = samples.slice(Math.floor(samples.length / 4));
  const half = Math.floor(settled.length / 2);
  return { result, first: median(settled.slice(0, half)), second: median(settled.slice(half)) };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function expectGoodWork(server: ServedProcess, result: LoadResult, least: number): void {
  expect(result.wrong).toEqual([]);
  expect(server.faults()).toEqual([]);
  expect(result.calls).toBeGreaterThan(least);
  for (const work of ["suggest", "add session", "import", "read /api/events"]) {
    expect(result.byWork.get(work) ?? 0, work).toBeGreaterThan(0);
  }
}

async function connectionsOf(db: Database): Promise<{ busy: number; all: number }> {
  const [row] = await db.transaction(ownerActor, (tx) =>
    tx.query<{ busy: number; all: number }>(
      `select count(*) filter (where state <> 'idle')::int as busy, count(*)::int as all
       from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
    ),
  );
  return row ?? { busy: -1, all: -1 };
}

test.runIf(engines.includes("postgres"))(
  "50 people for two minutes on PostgreSQL: no error, no connection kept, flat memory",
  async () => {
    const { db, url, drop } = await openTestDatabase("postgres");
    const folder = mkdtempSync(join(tmpdir(), "boxster-load-"));
    await fillPlaces(db);
    await fillDemo(db);
    const server = await serveInProcess({ DATABASE_URL: url ?? "", BOXSTER_DATA: folder });
    try {
      const { result, first, second } = await loadAndMeasure(server, 120);
      expectGoodWork(server, result, 600);
      await wait(2_000);
      const { busy, all } = await connectionsOf(db);
      expect(busy).toBe(0);
      // Of the server's pool, and this test's own idle ones.
      expect(all).toBeLessThan(2 * mostConnections);
      expect(second, `memory in MB, first half ${first.toFixed(0)}`).toBeLessThan(
        first * 1.15 + 20,
      );
      expect(await server.stop()).toBe(0);
      expect((await connectionsOf(db)).all).toBeLessThan(mostConnections);
    } finally {
      await server.stop();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test("50 people for half a minute on the embedded database: no error, flat memory", async () => {
  const folder = mkdtempSync(join(tmpdir(), "boxster-load-"));
  const server = await serveInProcess({ BOXSTER_DATA: folder, BOXSTER_DEMO: "1" });
  try {
    const { result, first, second } = await loadAndMeasure(server, 40);
    expectGoodWork(server, result, 100);
    expect(second, `memory in MB, first half ${first.toFixed(0)}`).toBeLessThan(first * 1.15 + 20);
    expect(await server.stop()).toBe(0);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
