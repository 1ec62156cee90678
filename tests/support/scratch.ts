import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** A folder for the tests of a file or block, gone when they end. */
export function scratchFolder(name: string): string {
  return folderUntil(afterAll, name);
}

/** A folder for the test that makes it, or whose `beforeEach` does; gone when that test ends. */
export function testFolder(name: string): string {
  return folderUntil(onTestFinished, name);
}

function folderUntil(end: (remove: () => void) => void, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `boxster-${name}-`));
  end(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
