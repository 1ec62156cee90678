import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const source = readFileSync(
  new URL("../../../server/checker/check-plan.ts", import.meta.url),
  "utf8",
);

test("the checker shares no code with what it checks", () => {
  const imported = [...source.matchAll(/^import (.*) from "(.*)";$/gm)].map((line) => line[2]);
  expect(imported).toEqual(["h3-js", "zod", "#server/db/database.ts"]);
  expect(source).toContain('import type { Transaction } from "#server/db/database.ts";');
  expect(source).not.toMatch(/import\(|require\(|from occupancy|join occupancy/);
});
