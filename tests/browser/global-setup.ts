import { prepareRun } from "#tests/browser/support-server.ts";
import { setup as shareDatabases } from "#tests/support/database-setup.ts";

/** Before all files of browser tests, which run two at a time: one build of the page and one demonstration. */
export async function setup(): Promise<() => Promise<void>> {
  const tearDown = shareDatabases();
  await prepareRun();
  return tearDown;
}
