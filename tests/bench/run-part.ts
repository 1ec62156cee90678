import { fork } from "node:child_process";
import { type BenchLine, notAsked } from "#tests/bench/timing.ts";

/** What a script sends to whoever has started it, once it has measured a part. */
export type PartDone = readonly BenchLine[];

interface PartRun {
  /** Called with the name of the part and a scratch folder. */
  readonly script: string;
  readonly name: string;
  readonly folder: string;
  readonly limitMs: number;
}

export interface PartResult {
  readonly lines: readonly BenchLine[];
  readonly failed: boolean;
}

/** Each part in a process of its own, which can be ended whatever it hangs on; one that fails is a line that says so. */
export function runPart({ script, name, folder, limitMs }: PartRun): Promise<PartResult> {
  return new Promise((resolve) => {
    // What it prints for people must not come between the rows.
    const child = fork(script, [name, folder], { stdio: ["ignore", 2, 2, "ipc"] });
    let done: PartDone | null = null;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, limitMs);
    child.on("message", (lines) => {
      done = lines as PartDone;
    });
    child.once("exit", (code, signal) => {
      clearTimeout(timer);
      if (done !== null) return resolve({ lines: done, failed: false });
      const how = isLate
        ? `stopped after ${Math.round(limitMs / 1000)} s`
        : `ended with ${code ?? signal}`;
      resolve({ lines: [failedLine(name, how)], failed: true });
    });
  });
}

function failedLine(name: string, how: string): BenchLine {
  const figure = { ...notAsked(null, ""), ok: false };
  return { work: name, measured: `failed: ${how}`, beside: "", ratio: "", figure };
}
