import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { openTestApp } from "#tests/support/app.ts";
import { openTestDatabase } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { listenLive } from "#tests/support/live.ts";
import { freePort, postgresUser } from "#tests/support/postgres-cluster.ts";

const program = "/usr/sbin/pgbouncer";

/** PgBouncer in transaction mode in front of a server; null, with the reason, where it cannot run. */
async function startPooler(
  server: string,
): Promise<
  { readonly url: string; readonly stop: () => Promise<void> } | { readonly reason: string }
> {
  if (!existsSync(program)) return { reason: "PgBouncer is not installed on this machine" };
  const user = process.getuid?.() === 0 ? postgresUser() : null;
  if (process.getuid?.() === 0 && user === null) {
    return { reason: "PgBouncer does not run as root, and there is no user postgres" };
  }
  const folder = mkdtempSync(join(tmpdir(), "boxster-pooler-"));
  const port = await freePort();
  const { hostname, port: behind, username, password } = new URL(server);
  writeFileSync(join(folder, "users"), `"${username}" "${decodeURIComponent(password)}"\n`);
  writeFileSync(
    join(folder, "settings"),
    `[databases]
* = host=${hostname} port=${behind || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${join(folder, "users")}
pool_mode = transaction
default_pool_size = 4
`,
  );
  for (const path of [folder, join(folder, "users"), join(folder, "settings")]) {
    if (user !== null) chownSync(path, user, user);
  }
  const child = spawn(program, [join(folder, "settings")], {
    stdio: "ignore",
    ...(user === null ? {} : { uid: user, gid: user }),
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  while (!(await answers(port))) {
    if (child.exitCode !== null) return { reason: `PgBouncer ended with ${child.exitCode}` };
    await wait(20);
  }
  const url = new URL(server);
  url.host = `127.0.0.1:${port}`;
  return {
    url: url.href,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("error", () => resolve(false));
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
  });
}

test("behind PgBouncer in transaction mode nothing is heard, which is found at once, and all else works", async ({
  skip,
}) => {
  const server = process.env["TEST_DATABASE_URL"];
  if (!server) return skip("TEST_DATABASE_URL names no server");
  const own = await openTestDatabase("postgres");
  const pooler = await startPooler(own.url ?? "");
  if ("reason" in pooler) {
    await own.drop();
    return skip(pooler.reason);
  }
  const deaf = openPostgres(pooler.url);
  const hearing = openPostgres(pooler.url, { listenUrl: own.url });
  try {
    await fillDemo(deaf);
    const line = await deaf.listen(() => undefined);
    expect(line.hears).toBe(false);
    const app = await openTestApp(deaf);
    const { signIn, url } = await listenLive(app.app);
    // No browser comes back by itself after this; the page asks once a minute.
    const live = await fetch(`${url}/api/live`, { headers: { cookie: await signIn("sergeant") } });
    expect(live.status).toBe(204);
    const analyst = await app.as("analyst");
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        analyst.get(at % 2 ? "/api/events" : "/api/hotspots?from=2021-10-01&to=2021-11-26"),
      ),
    );
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await app.close();

    const heard: (string | null)[] = [];
    const past = await hearing.listen((word) => heard.push(word));
    expect(past.hears).toBe(true);
    await hearing.transaction(ownerActor, (tx) =>
      tx.query("select pg_notify('boxster', 'setting 7')"),
    );
    await expect.poll(() => heard).toEqual(["setting 7"]);
    await past.stop();
  } finally {
    await deaf.close();
    await hearing.close();
    await pooler.stop();
    await own.drop();
  }
});
