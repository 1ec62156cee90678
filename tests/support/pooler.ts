import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort, postgresUser } from "#tests/support/postgres-cluster.ts";

const program = "/usr/sbin/pgbouncer";

/** PgBouncer in transaction mode in front of a server; null, with the reason, where it cannot run. */
export async function startPooler(
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
