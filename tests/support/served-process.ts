import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const boxster = fileURLToPath(new URL("../../server/cli/boxster.mjs", import.meta.url));

export interface ServedProcess {
  readonly url: string;
  readonly pid: number;
  /** Memory of the process in megabytes; null where the system does not tell. */
  readonly memory: () => number | null;
  /** How many files and sockets the process holds; null where the system does not tell. */
  readonly descriptors: () => number | null;
  /** Every line that it has written, to either output. */
  readonly written: () => readonly string[];
  /** Lines of the log that are faults. */
  readonly faults: () => readonly string[];
  /** What it says beside its log. */
  readonly said: () => readonly string[];
  readonly signal: (name: NodeJS.Signals) => void;
  readonly hasEnded: () => boolean;
  readonly stop: () => Promise<number | null>;
}

/** What is run: this folder's own with the Node of the tests, unless said otherwise. */
interface Served {
  readonly program: readonly string[];
  readonly boxster: string;
}

/** `boxster serve` in a process of its own, on a free port. */
export async function serveInProcess(
  settings: Readonly<Record<string, string>>,
  served: Served = { program: [process.execPath], boxster },
): Promise<ServedProcess> {
  const [file = "", ...args] = served.program;
  const child = spawn(file, [...args, served.boxster, "serve"], {
    // As deploy/boxster.service sets it.
    env: { PATH: process.env["PATH"], PORT: "0", MALLOC_ARENA_MAX: "1", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written: string[] = [];
  const said: string[] = [];
  const faults: string[] = [];
  createInterface({ input: child.stderr }).on("line", (line) => {
    written.push(line);
    if (!line.startsWith("{")) said.push(line);
    else if (!line.startsWith('{"level":"info"')) faults.push(line);
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    child.once("error", reject);
    createInterface({ input: child.stdout }).on("line", (line) => {
      written.push(line);
      const [, address] = /^Boxster is ready on (\S+)$/.exec(line) ?? [];
      if (address) resolve(address);
    });
    void ended.then((code) =>
      reject(new Error(`The server ended with ${code}: ${said.join(" ")}`)),
    );
  });
  return {
    url,
    pid: child.pid ?? 0,
    memory: () => residentMegabytes(child.pid ?? 0),
    descriptors: () => heldBy(child.pid ?? 0),
    written: () => written,
    faults: () => faults,
    said: () => said,
    signal: (name) => {
      child.kill(name);
    },
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
  };
}

function heldBy(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

function residentMegabytes(pid: number): number | null {
  try {
    const [, kilobytes] =
      /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}
