import { spawn } from "node:child_process";
import { resolve } from "node:path";

/**
 * Removes a file when this process ends, however it ends: by a helper process that waits for the
 * end of its input, which only this process holds open. Returns a function that ends the watch. If
 * no helper can start, the next backup removes leftovers.
 */
export function removeIfKilled(file: string): () => void {
  const watch = spawn(process.execPath, ["-e", waitAndRemove, resolve(file)], {
    // Detached, to survive a kill of this process's group.
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
