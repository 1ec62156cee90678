// Plain JavaScript on purpose: see boxster.mjs.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The Node that the project brings: an optional package for this system, whose binary the lock file covers. Null before
 * the packages are installed, and on a system that has no such package.
 */
export function ownNode() {
  const system = `${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const name = process.platform === "win32" ? "node.exe" : "node";
  const files = [`node-${system}`, `node-bin-${system}`].map((folder) =>
    join(root, "node_modules", folder, "bin", name),
  );
  return files.find((file) => existsSync(file)) ?? null;
}

export function isRecentEnough(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/**
 * Runs a program behind another one, whose end is its own: what it says on standard error is told as long as that runs.
 */
export function runBehind(file, args, { signal, env }) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: ["ignore", "ignore", "pipe"], cwd: root, env });
    signal.addEventListener("abort", () => child.kill("SIGKILL"));
    child.stderr.on("data", (words) => {
      if (!signal.aborted) process.stderr.write(words);
    });
    child.on("error", () => resolve(1));
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs a program to its end; Ctrl-C and termination reach it, and its exit code comes back. */
export function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: "inherit", cwd: root, ...options });
    const forward = (signal) => child.kill(signal);
    process.on("SIGINT", forward);
    process.on("SIGTERM", forward);
    child.on("error", (error) => {
      console.error(`${file} could not be started: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code, signal) => {
      process.off("SIGINT", forward);
      process.off("SIGTERM", forward);
      resolve(code ?? (signal === "SIGINT" || signal === "SIGTERM" ? 0 : 1));
    });
  });
}
