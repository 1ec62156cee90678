import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "#server/config.ts";
import { openAsItIs } from "#server/db/open.ts";
import { testFolder } from "#tests/support/scratch.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test("the database's folder is closed to others, also where it was there before and open", async () => {
  const folder = join(testFolder("folder"), "var");
  const database = join(folder, "database");
  mkdirSync(database, { recursive: true });
  chmodSync(database, 0o755);
  const db = await openAsItIs(readConfig({ BOXSTER_DATA: folder }), () => undefined);
  await db.close();
  expect(existsSync(join(database, "PG_VERSION"))).toBe(true);
  expect(modeOf(database)).toBe("700");
});
