import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dropFilledTemplates } from "#tests/support/filled-template.ts";
import { runFolder, runVariable } from "#tests/support/run-names.ts";

/**
 * Around all files of database and interface tests: what they share in files and on a server is gone afterwards. A
 * folder that is given stays, and a run of one file after the other begins sooner.
 */
export function setup(): () => Promise<void> {
  const server = process.env["TEST_DATABASE_URL"];
  const given = process.env[runFolder];
  const folder = given ?? mkdtempSync(join(tmpdir(), "boxster-run-"));
  const isOwn = process.env[runVariable] === undefined;
  process.env[runVariable] ??= randomBytes(4).toString("hex");
  process.env[runFolder] = folder;
  return async () => {
    if (!given) rmSync(folder, { recursive: true, force: true });
    if (server && isOwn) await dropFilledTemplates(server);
  };
}
