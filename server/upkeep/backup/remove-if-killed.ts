import { spawn } from "node:child_process";
import { resolve } from "node:path";

/**
 * Has a file removed as this process ends, however it ends: by a process beside it, for nothing of ours runs any more
 * once it is killed. That one waits for the end of its input, which nobody but this process holds open. Answers what
 * ends the watch. Where none can be started the next backup removes what is left.
 */
export function removeIfKilled(file: string): () => void {
  const watch = spawn(process.execPath, ["-e", waitAndRemove, resolve(file)], {
    // Not ended together with this one by whoever kills its group.
    detached: true,
    env: {},
    stdio: ["pipe", "ignore", "ignore"],
    windowsHide: true,
  });
  watch.on("error", () => undefined);
  watch.stdin.on("error", () => undefined);
  watch.unref();
  return () => watch.stdin.end();
}

const waitAndRemove = `
  const { rmSync } = require("node:fs");
  process.stdin.on("error", () => {}).on("close", () => rmSync(process.argv[1], { force: true })).resume();
`;
