import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL server of a test's own, which it may stop and start. */
export interface ScratchCluster {
  readonly url: string;
  readonly start: () => void;
  /** As a power cut would: nothing is said to those who are connected. */
  readonly kill: () => void;
  /** A second server that follows this one and refuses every change. */
  readonly follow: () => Promise<{ readonly url: string; readonly stop: () => void }>;
  readonly drop: () => void;
}

/** Null, with the reason, where this machine cannot run one. */
export async function createCluster({
  trusted = null,
}: {
  /** The one login that needs no password; every login when null. */
  readonly trusted?: string | null;
} = {}): Promise<ScratchCluster | { readonly reason: string }> {
  const bin = newestServer();
  if (bin === null) return { reason: "no PostgreSQL with PostGIS is installed on this machine" };
  const user = process.getuid?.() === 0 ? postgresUser() : null;
  if (process.getuid?.() === 0 && user === null) {
    return { reason: "PostgreSQL does not run as root, and there is no user postgres" };
  }
  const folder = mkdtempSync(join(tmpdir(), "boxster-cluster-"));
  if (user !== null) chownSync(folder, user, user);
  const data = join(folder, "data");
  const port = await freePort();
  const run = (program: string, args: readonly string[]) =>
    execFileSync(join(bin, program), args, {
      cwd: folder,
      stdio: "ignore",
      ...(user === null ? {} : { uid: user, gid: user }),
    });
  run("initdb", [
    "-D",
    data,
    "-A",
    "trust",
    "-U",
    "postgres",
    "-E",
    "UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
  ]);
  if (trusted !== null) {
    const lines = [
      `host all ${trusted} 127.0.0.1/32 trust`,
      "host all all 127.0.0.1/32 scram-sha-256",
    ];
    writeFileSync(join(data, "pg_hba.conf"), `${lines.join("\n")}\n`);
  }
  const optionsAt = (at: number) =>
    `-p ${at} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c fsync=off`;
  const startAt = (of: string, at: number) =>
    run("pg_ctl", ["-D", of, "-w", "-l", `${of}.log`, "-o", optionsAt(at), "start"]);
  const start = () => startAt(data, port);
  const kill = () => run("pg_ctl", ["-D", data, "-w", "-m", "immediate", "stop"]);
  start();
  const urlAt = (at: number) => `postgres://postgres@127.0.0.1:${at}/postgres`;
  return {
    url: urlAt(port),
    start,
    kill,
    follow: async () => {
      const standby = join(folder, "standby");
      const at = await freePort();
      run("pg_basebackup", ["-d", urlAt(port), "-D", standby, "-R", "-c", "fast", "-N"]);
      startAt(standby, at);
      return {
        url: urlAt(at),
        stop: () => run("pg_ctl", ["-D", standby, "-w", "-m", "immediate", "stop"]),
      };
    },
    drop: () => {
      if (existsSync(join(data, "postmaster.pid"))) kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Debian keeps each version apart; 17 is the one that the migrations are written for. */
function newestServer(): string | null {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).map(Number) : [];
  const usable = versions
    .filter((version) => version >= 17)
    .filter((version) => existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`))
    .filter((version) => existsSync(join(root, String(version), "bin", "initdb")));
  return usable.length === 0 ? null : join(root, String(Math.max(...usable)), "bin");
}

export function postgresUser(): number | null {
  try {
    return Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" }));
  } catch {
    return null;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
