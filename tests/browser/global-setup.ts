import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { setup as shareDatabases } from "#tests/support/database-setup.ts";

/**
 * Before all files of browser tests: the page. The demonstration's rows are worked out by the first process that wants
 * them, while the others wait: this one would start a database for that alone.
 */
export function setup(): () => Promise<void> {
  const tearDown = shareDatabases();
  buildPage();
  return tearDown;
}

/** The tests see the page as it is now, never an older build. */
export function buildPage(): void {
  if (process.env["BOXSTER_PAGE_IS_BUILT"] === "1") return;
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const vite = resolve("node_modules", "vite", "bin", "vite.js");
  const built = spawnSync(process.execPath, [vite, "build", "--logLevel", "warn"], {
    env,
    encoding: "utf8",
  });
  if (built.status !== 0) throw new Error(`The page does not build:\n${built.stderr}`);
  // Processes of this run that start later take it as it is.
  process.env["BOXSTER_PAGE_IS_BUILT"] = "1";
}
