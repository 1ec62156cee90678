import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { expect, test } from "vitest";
import { mostWorking } from "#server/db/postgres.ts";
import { createCluster } from "#tests/support/postgres-cluster.ts";
import { serveInProcess } from "#tests/support/served-process.ts";

const root = new URL("../../../", import.meta.url);

test("a server takes as many connections as every guide says: those that work, and two that listen", async ({
  skip,
}) => {
  const cluster = await createCluster();
  if ("reason" in cluster) return skip(cluster.reason);
  const data = mkdtempSync(join(tmpdir(), "boxster-connections-"));
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
    expect(count(true)).toBe(2);
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
    rmSync(data, { recursive: true, force: true });
  }
});
