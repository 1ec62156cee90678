import { type ChildProcess, execFile, spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

export const isRoot = process.getuid?.() === 0;
const asPostgres = ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"];

/** A program and its words, as the user `postgres` where this one is root: neither PostgreSQL nor Patroni runs as root. */
function asUser(command: readonly string[]): readonly string[] {
  return isRoot ? ["setpriv", ...asPostgres, ...command] : command;
}

export interface Started {
  readonly name: string;
  readonly pid: number;
  readonly hasEnded: () => boolean;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<unknown>;
}

/** What was started, last first, to be ended in that order. */
const running: Started[] = [];

/** Runs beside this one until it is killed; what it writes is kept in a file. */
export function start(
  name: string,
  command: readonly string[],
  how: { readonly log: string; readonly env?: NodeJS.ProcessEnv; readonly asRoot?: boolean },
): Started {
  const [file = "", ...words] = how.asRoot ? command : asUser(command);
  const child: ChildProcess = spawn(file, words, {
    env: { ...process.env, ...how.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(how.log);
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise((resolve) => {
    child.once("exit", resolve);
    child.once("error", resolve);
  });
  const started: Started = {
    name,
    pid: child.pid ?? 0,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: (signal) => void child.kill(signal),
    ended,
  };
  running.unshift(started);
  return started;
}

const atEnd: (() => Promise<unknown>)[] = [];

/** For what runs beside and was not started by `start`. */
export function alsoAtEnd(end: () => Promise<unknown>): void {
  atEnd.push(end);
}

/** Ends all that was started and still runs, the last one first. */
export async function endAll(): Promise<void> {
  for (const end of atEnd) await end().catch(() => undefined);
  for (const one of running) {
    if (one.hasEnded()) continue;
    one.kill("SIGTERM");
    await Promise.race([one.ended, wait(20_000)]);
    if (!one.hasEnded()) one.kill("SIGKILL");
  }
}

/** Runs to its end and gives what it wrote. */
export async function run(
  command: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const [file = "", ...words] = command;
  const { stdout } = await promisify(execFile)(file, words, {
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
    timeout: 180_000,
  });
  return stdout;
}

export function runAsPostgres(command: readonly string[]): Promise<string> {
  return run(asUser(command));
}

/** Ports that nobody has taken at this moment. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => {
            const address = server.address();
            resolve(typeof address === "object" && address ? address.port : 0);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Asks once in a while until there is an answer. */
export async function until<Answer>(
  what: string,
  ask: () => Promise<Answer | null | false>,
  seconds = 90,
): Promise<Answer> {
  const end = performance.now() + seconds * 1000;
  let last: unknown = null;
  while (performance.now() < end) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== false) return answer;
    } catch (error) {
      last = error;
    }
    await wait(250);
  }
  throw new Error(`After ${seconds} s still not so: ${what}${last ? ` (${String(last)})` : ""}`);
}
