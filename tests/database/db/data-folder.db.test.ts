import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { openAsItIs } from "#server/db/open.ts";

let parent = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "boxster-folder-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("the database's folder is closed to others, also where it was there before and open", async () => {
  const folder = join(parent, "var");
  const database = join(folder, "database");
  mkdirSync(database, { recursive: true });
  chmodSync(database, 0o755);
  const db = await openAsItIs(readConfig({ BOXSTER_DATA: folder }), () => undefined);
  await db.close();
  expect(existsSync(join(database, "PG_VERSION"))).toBe(true);
  expect(modeOf(database)).toBe("700");
});
