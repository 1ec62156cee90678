import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, test } from "vitest";
import { createCluster } from "#tests/support/postgres-cluster.ts";

const pathOf = (name: string) => fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url));

test("deploy/logins.sql goes through beside a fleet's admin, and again where it stopped half-way", async ({
  skip,
}) => {
  const cluster = await createCluster({ trusted: "postgres" });
  if ("reason" in cluster) return skip(cluster.reason);
  const run = (file: string, secret: string) =>
    execFileSync("psql", ["-X", "-q", "-d", cluster.url, "-f", pathOf(file)], {
      env: {
        ...process.env,
        ADMIN_PASSWORD: secret,
        OWNER_PASSWORD: secret,
        WEB_PASSWORD: secret,
      },
      stdio: "pipe",
    });
  const asLogin = async (login: string, password: string, database: string, sql: string) => {
    const url = new URL(cluster.url);
    Object.assign(url, { username: login, password, pathname: `/${database}` });
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  };
  try {
    run("fleet-admin.sql", "first");
    run("logins.sql", "first");
    const extensions = await asLogin(
      ...(["boxster_owner", "first", "boxster"] as const),
      "select extname from pg_extension where extname in ('postgis', 'btree_gist')",
    );
    expect(extensions.rowCount).toBe(2);
    await asLogin("boxster_web", "first", "boxster", "select 1");
    await asLogin("postgres", "", "postgres", "drop database boxster");
    run("logins.sql", "second");
    await asLogin("boxster_owner", "second", "boxster", "create table made (n int)");
    run("logins.sql", "third");
    await asLogin("boxster_web", "third", "boxster", "select 1");
    await expect(asLogin("boxster_web", "second", "boxster", "select 1")).rejects.toThrow(
      /password authentication failed/,
    );
  } finally {
    cluster.drop();
  }
});
