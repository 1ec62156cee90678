import { readFileSync } from "node:fs";
import pg from "pg";
import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { mostWorking } from "#server/db/postgres.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { createCluster } from "#tests/support/postgres-cluster.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

const root = new URL("../../../", import.meta.url);

test("a server takes as many connections as every guide says: those that work, and one that listens", async ({
  skip,
}) => {
  const cluster = await createCluster();
  if ("reason" in cluster) return skip(cluster.reason);
  const data = testFolder("connections");
  const client = new pg.Client(cluster.url);
  try {
    const server = await serveInProcess({ DATABASE_URL: cluster.url, BOXSTER_DATA: data });
    await client.connect();
    // As many people at once as have nothing but a connection to wait for.
    await Promise.all(Array.from({ length: 60 }, () => fetch(`${server.url}/api/session`)));
    const { rows } = await client.query<{ listens: boolean; n: number }>(
      `select query like 'listen %' as listens, count(*)::int as n
       from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() group by 1`,
    );
    const count = (wanted: boolean) => rows.find(({ listens }) => listens === wanted)?.n ?? 0;
    expect(count(true)).toBe(1);
    expect(count(false)).toBeGreaterThan(1);
    expect(count(false)).toBeLessThanOrEqual(mostWorking);
    await server.stop();
    const most = mostWorking + count(true);
    for (const file of ["docs/deploy.md", "docs/scale.md", "deploy/pgbouncer.ini"]) {
      const text = readFileSync(new URL(file, root), "utf8").replace(/\s+/g, " ");
      expect([file, ...text.matchAll(/\bat most (\d+)(?:: | connections, )(\d+)/g)].flat()).toEqual(
        [file, expect.any(String), `${most}`, `${mostWorking}`],
      );
    }
  } finally {
    await client.end();
    cluster.drop();
  }
});

test("all who hear of changes in one process share a connection, which ends with the last of them", async ({
  skip,
}) => {
  if (!engines.includes("postgres")) return skip("TEST_DATABASE_URL names no server");
  const { db, drop } = await openTestDatabase("postgres");
  const listening = () =>
    db.transaction(ownerActor, async (tx) => {
      const rows = await tx.query(
        `select from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and query like 'listen %'`,
      );
      return rows.length;
    });
  const announce = (word: string) =>
    db.transaction(ownerActor, (tx) => tx.query("select pg_notify('boxster', $1::text)", [word]));
  try {
    const screens: (string | null)[] = [];
    const watch: (string | null)[] = [];
    const [first, second] = await Promise.all([
      db.listen((word) => screens.push(word)),
      db.listen((word) => watch.push(word)),
    ]);
    expect([first.hears, second.hears, await listening()]).toEqual([true, true, 1]);
    await announce("setting 7");
    await expect.poll(() => [screens, watch]).toEqual([["setting 7"], ["setting 7"]]);

    await first.stop();
    await first.stop();
    await announce("setting 8");
    await expect.poll(() => watch).toEqual(["setting 7", "setting 8"]);
    expect([screens, await listening()]).toEqual([["setting 7"], 1]);

    await second.stop();
    await expect.poll(listening).toBe(0);
    const again = await db.listen((word) => screens.push(word));
    await announce("setting 9");
    await expect.poll(() => screens).toEqual(["setting 7", "setting 9"]);
    await again.stop();
  } finally {
    await drop();
  }
});
