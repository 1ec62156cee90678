import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { call } from "#core/contract/call.ts";
import { allRoutes } from "#server/app/routes.ts";
import { readConfig } from "#server/config.ts";
import { type Database, type DatabaseError, ownerActor, systemActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { migrate } from "#server/db/migrate.ts";
import { openDatabase } from "#server/db/open.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { writeSetting } from "#server/db/settings.ts";
import { serve } from "#server/http/route.ts";
import { openTestApp } from "#tests/support/app.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { createCluster } from "#tests/support/postgres-cluster.ts";
import { isWhole } from "#tests/support/runs.ts";

/** Writes, and is then still at work when the database goes. */
const longWork = serve(call("POST /api/long", {}), {
  summary: "For this test",
  audience: ["sergeant"],
  audit: { none: "for this test" },
  handle: ({ db }) =>
    db.transaction(ownerActor, async (tx) => {
      await writeSetting(tx, "half", true);
      await tx.query(
        "select count(*) from generate_series(1, 100000) a, generate_series(1, 100000) b",
      );
    }),
});

/** The same whoever the database is; `kill` ends it, `revive` brings it back where that takes a hand. */
async function surviveTheEndOf(db: Database, kill: () => unknown, revive: () => unknown) {
  const test_ = await openTestApp(db, { routes: [...allRoutes, longWork] });
  const sergeant = await test_.as("sergeant");
  const underWay = sergeant.send("POST", "/api/long");
  await wait(500);
  const queued = sergeant.get("/api/session");
  await kill();

  const reply = await underWay;
  expect(reply.statusCode).toBe(503);
  expect(reply.headers["content-type"]).toContain("application/problem+json");
  expect(reply.json()).toMatchObject({
    title: "The database is not responding",
    detail: expect.stringContaining("Nothing was saved."),
  });
  expect(reply.body).not.toMatch(/ECONN|terminat|stopped|\.ts/);
  expect([200, 503]).toContain((await queued).statusCode);
  return {
    test_,
    sergeant,
    recovers: async () => {
      await revive();
      // The same server and the same session; what was half done is not there.
      const after = await sergeant.get("/api/session");
      expect(after.statusCode).toBe(200);
      expect(after.json()).toMatchObject({ signedIn: true, role: "sergeant" });
      expect((await test_.stranger.get("/readyz")).statusCode).toBe(200);
      const half = await db.transaction(ownerActor, (tx) =>
        tx.query("select value from setting where key = 'half'"),
      );
      expect(half).toEqual([]);
    },
  };
}

describe("a server of its own", () => {
  let cluster: Awaited<ReturnType<typeof createCluster>>;
  let db: Database | null = null;
  beforeAll(async () => {
    cluster = await createCluster();
    if ("reason" in cluster) return;
    const opened = openPostgres(cluster.url);
    db = opened;
    await migrate(opened);
  });
  afterAll(async () => {
    await db?.close();
    if ("drop" in cluster) cluster.drop();
  });

  test("a standby is named as such at the start, and a server that has become one is read-only", async ({
    skip,
  }) => {
    if ("reason" in cluster) return skip(cluster.reason);
    const standby = await cluster.follow();
    try {
      const config = readConfig({ DATABASE_URL: standby.url });
      await expect(openDatabase(config, () => undefined)).rejects.toMatchObject({
        status: 503,
        title: "This server is a standby (read-only)",
        detail: expect.stringContaining("Set DATABASE_URL to the address of the primary."),
      });
      const following = openPostgres(standby.url);
      const refused = await following
        .transaction(systemActor, (tx) => writeSetting(tx, "demo", true))
        .catch((error: unknown) => error);
      await following.close();
      expect(problemFromDatabase(refused as DatabaseError)).toMatchObject({
        status: 503,
        title: "The database is read-only",
      });
    } finally {
      standby.stop();
    }
  });

  test("PostgreSQL killed mid-request: a clear 503, and recovery without a restart of the server", async ({
    skip,
  }) => {
    if ("reason" in cluster) return skip(cluster.reason);
    if (db === null) throw new Error("The server was not opened");
    const { test_, sergeant, recovers } = await surviveTheEndOf(db, cluster.kill, cluster.start);
    for (const url of ["/api/session", "/api/operations", "/readyz"]) {
      expect((await sergeant.get(url)).statusCode, url).toBe(503);
    }
    expect((await sergeant.get("/healthz")).statusCode).toBe(200);
    await recovers();
    await test_.close();
  });
});

test.runIf(isWhole)(
  "the embedded database's thread ended mid-request: a clear 503, and the folder is opened again",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "boxster-ended-"));
    const workers: Worker[] = [];
    const start = () => {
      const worker = new Worker(new URL("../../../server/db/embedded-worker.ts", import.meta.url));
      workers.push(worker);
      return worker;
    };
    await startOnce(folder);
    const db = await openEmbedded({ folder: join(folder, "database"), snapshot: null }, start);
    try {
      const end = () => workers.at(-1)?.terminate();
      const { test_, recovers } = await surviveTheEndOf(db, end, () => undefined);
      await recovers();
      expect(workers).toHaveLength(2);
      await test_.close();
    } finally {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
    await expect(db.transaction(ownerActor, (tx) => tx.query("select 1"))).rejects.toThrow(
      "closed",
    );
    expect(workers).toHaveLength(2);
  },
);
