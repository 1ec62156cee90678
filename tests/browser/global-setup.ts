import { rm } from "node:fs/promises";
import { makeTemplate, templateVariable } from "#tests/browser/support-server.ts";

/** Before all files of browser tests, which run two at a time: one build of the page and one demonstration. */
export async function setup(): Promise<() => Promise<void>> {
  const folder = await makeTemplate();
  process.env[templateVariable] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
