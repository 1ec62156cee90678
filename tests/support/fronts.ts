import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:https";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { makeCertificate } from "#tests/support/certificate.ts";
import type { HostileWay, HostileWish } from "#tests/support/hostile-callers.ts";
import { freePort } from "#tests/support/postgres-cluster.ts";
import { type ServedProcess, serveInProcess } from "#tests/support/served-process.ts";

/** What callers meet first: the server's own TLS, or a real proxy with the file of `deploy/`. */
export const fronts = ["own TLS", "nginx", "Caddy"] as const;
type FrontName = (typeof fronts)[number];

export interface Front {
  readonly port: number;
  readonly server: ServedProcess;
  readonly close: () => Promise<number | null>;
}

export const name = "boxster.example";
/** Where Debian puts them. */
export const programs = { nginx: "/usr/sbin/nginx", Caddy: "/usr/bin/caddy" };
const deployed = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${file}`, import.meta.url)), "utf8");

/** Null where what it needs is not installed. */
export async function openFront(front: FrontName, folder: string): Promise<Front | null> {
  const files = { cert: join(folder, "boxster.pem"), key: join(folder, "boxster.key") };
  if (!makeCertificate(name, files)) return null;
  const behind = await freePort();
  const settings = {
    BOXSTER_DATA: join(folder, "data"),
    BOXSTER_DEMO: "0",
    PORT: String(behind),
    BOXSTER_ORIGIN: `https://${name}`,
  };
  if (front === "own TLS") {
    const tls = { BOXSTER_TLS_CERT: files.cert, BOXSTER_TLS_KEY: files.key };
    const server = await serveInProcess({ ...settings, ...tls });
    return { port: behind, server, close: server.stop };
  }
  if (!existsSync(programs[front])) return null;
  const server = await serveInProcess({
    ...settings,
    BOXSTER_PROXY: "127.0.0.1",
    BOXSTER_SECRET: randomBytes(32).toString("hex"),
  });
  const port = await freePort();
  const proxy =
    front === "nginx" ? startNginx(folder, port, [behind]) : startCaddy(folder, port, behind);
  const ended = new Promise((resolve) => proxy.once("exit", resolve));
  while ((await askFront(port, "127.0.0.2")).status !== 200) {
    if (proxy.exitCode !== null) throw new Error(`${front} ended with ${proxy.exitCode}`);
    await wait(100);
  }
  return {
    port,
    server,
    close: async () => {
      proxy.kill("SIGTERM");
      await ended;
      return server.stop();
    },
  };
}

/** The file as it is deployed, on other ports and for as many connections as the guide says. */
export function startNginx(
  folder: string,
  port: number,
  /** Ports, and what else nginx is told of each. */
  behind: readonly (number | string)[],
): ChildProcess {
  const site = deployed("nginx.conf")
    .replace(/server \{\n {4}listen 80;.*?\n\}\n/s, "")
    .replace(/ {4}listen \[::\]:443 ssl;\n/, "")
    .replaceAll("listen 443 ssl", `listen 127.0.0.1:${port} ssl`)
    .replace("server 127.0.0.1:4173;", behind.map((at) => `server 127.0.0.1:${at};`).join("\n"))
    .replaceAll("/etc/nginx/boxster", join(folder, "boxster"))
    .replaceAll("/var/log/nginx", folder);
  const main = join(folder, "nginx.conf");
  writeFileSync(
    main,
    `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/nginx.log crit;
worker_processes auto; worker_rlimit_nofile 16384; events { worker_connections 8192; }
http { client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/f;
uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
${site} }`,
  );
  return spawn(programs.nginx, ["-c", main, "-e", join(folder, "nginx.log")], { stdio: "inherit" });
}

function startCaddy(folder: string, port: number, behind: number): ChildProcess {
  const file = join(folder, "Caddyfile");
  const site = deployed("Caddyfile").replaceAll("127.0.0.1:4173", `127.0.0.1:${behind}`);
  writeFileSync(
    file,
    `{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\thttps_port ${port}\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n${site}`,
  );
  return spawn(programs.Caddy, ["run", "--adapter", "caddyfile", "--config", file], {
    stdio: "ignore",
    env: { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder },
  });
}

interface Asked {
  /** Of the answer, or what went wrong. */
  readonly status: number | string;
  readonly ms: number;
}

/** Somebody else asks, on a connection of their own. */
export function askFront(port: number, localAddress: string, path = "/healthz"): Promise<Asked> {
  const from = performance.now();
  return new Promise((resolve) => {
    const done = (status: number | string) => resolve({ status, ms: performance.now() - from });
    const to = { host: "127.0.0.1", port, localAddress, path, servername: name };
    const request = get(
      { ...to, headers: { host: name }, agent: false, rejectUnauthorized: false, timeout: 10_000 },
      (reply) => {
        reply.resume().once("end", () => done(reply.statusCode ?? "no status"));
        reply.once("error", (error) => done(error.message));
      },
    );
    request.on("timeout", () => request.destroy(new Error("no answer within 10 s")));
    request.on("error", (error) => done(error.message));
  });
}

export interface Withstood {
  readonly way: HostileWay;
  /** What others were answered, and how often. */
  readonly seen: Readonly<Record<string, number>>;
  readonly p95: number;
  /** The same of as many before anybody attacked: what the machine itself takes. */
  readonly quiet: number;
  /** Of one core, that the server took meanwhile. */
  readonly share: number;
  /** Megabytes of the server: before, the most meanwhile, and a minute later at the least. */
  readonly before: number;
  readonly most: number;
  readonly after: number;
}

const addresses = [3, 4, 5, 6, 7].map((last) => `127.0.0.${last}`);
const hostile = fileURLToPath(new URL("./hostile-callers.ts", import.meta.url));

/** 1,000 connections from each of five addresses for some time, while others ask; then a minute of quiet at most. */
export async function withstand(
  { port, server }: Front,
  way: HostileWay,
  seconds = 25,
): Promise<Withstood> {
  const memory = () => server.memory() ?? 0;
  const before = memory();
  const calm: Asked[] = [];
  for (let time = 0; time < 20; time += 1) calm.push(await askFront(port, "127.0.0.2"));
  const wish: HostileWish = {
    port,
    tls: true,
    host: name,
    way,
    each: 1_000,
    addresses,
    path: page,
  };
  const child = spawn(process.execPath, [hostile, JSON.stringify(wish)], { stdio: "inherit" });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const began = { cpu: cpuSeconds(server.pid), at: performance.now() };
  const asked: Asked[] = [];
  let most = before;
  const end = performance.now() + seconds * 1_000;
  while (performance.now() < end) {
    asked.push(await askFront(port, "127.0.0.2", asked.length % 2 === 0 ? "/healthz" : "/"));
    most = Math.max(most, memory());
    await wait(100);
  }
  const passed = (performance.now() - began.at) / 1_000;
  const share = (cpuSeconds(server.pid) - began.cpu) / passed;
  child.kill("SIGKILL");
  await gone;
  let after = memory();
  for (let waited = 0; waited < 60 && after > before + 50; waited += 1) {
    await wait(1_000);
    after = Math.min(after, memory());
  }
  const seen: Record<string, number> = {};
  for (const { status } of asked) seen[status] = (seen[status] ?? 0) + 1;
  return { way, seen, p95: p95Of(asked), quiet: p95Of(calm), share, before, most, after };
}

function p95Of(asked: readonly Asked[]): number {
  const times = asked.map(({ ms }) => ms).sort((one, other) => one - other);
  return times[Math.floor(0.95 * times.length)] ?? Number.POSITIVE_INFINITY;
}

/** A hundredth of a second is what the system counts in. */
function cpuSeconds(pid: number): number {
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = (fields[0] ?? "").split(" ").slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) / 100;
}

/** The largest file that anybody may ask for. */
const page = largestFile();

function largestFile(): string {
  const folder = fileURLToPath(new URL("../../dist/client/assets/", import.meta.url));
  const [file = ""] = readdirSync(folder)
    .filter((one) => /^MapView-.*\.js$/.test(one))
    .map((one) => `/assets/${one}`);
  return file;
}
