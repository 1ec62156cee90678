import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { makeTemplate, templateVariable } from "#tests/browser/support-server.ts";

/** Before all files of browser tests, which run two at a time: one build of the page and one demonstration. */
export async function setup(): Promise<() => Promise<void>> {
  const file = await makeTemplate();
  process.env[templateVariable] = file;
  return () => rm(dirname(file), { recursive: true, force: true });
}
