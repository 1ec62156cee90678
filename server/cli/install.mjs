// Plain JavaScript on purpose: it runs before anything is installed.

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./own-node.mjs";

const lock = join(root, "package-lock.json");
/** Written after a complete install: which lock file it was for. */
const mark = join(root, "node_modules", ".boxster-installed");

/** Installs the locked packages when they are missing or the lock file has changed; returns an exit code. */
export async function installMissing() {
  const wanted = createHash("sha256").update(readFileSync(lock)).digest("hex");
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return 0;
  console.error("Installing packages (only when they are missing or have changed)...");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const code = await run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel", "error"]);
  if (code === 0) writeFileSync(mark, wanted);
  else console.error("Packages could not be installed: see the lines above, then try again.");
  return code;
}
