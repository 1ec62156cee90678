import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const folder = new URL("../../../../server/patrols/checker/", import.meta.url);
const sourceOf = (name: string) => readFileSync(new URL(name, folder), "utf8");
const allowed: Record<string, readonly string[]> = {
  "cells-on-the-way.ts": ["h3-js", "#server/patrols/checker/stored.ts"],
  "check-plan.ts": [
    "#server/db/database.ts",
    "#server/patrols/checker/cells-on-the-way.ts",
    "#server/patrols/checker/stored.ts",
  ],
  "stored.ts": ["zod", "#server/db/database.ts"],
};

test("the checker shares no code with what it checks", () => {
  expect(readdirSync(folder).sort()).toEqual(Object.keys(allowed).sort());
  for (const [name, modules] of Object.entries(allowed)) {
    const source = sourceOf(name);
    const imported = [...source.matchAll(/\bfrom "([^"]+)"/g)].map((found) => found[1]);
    expect(imported, name).toEqual(modules);
    if (modules.includes("#server/db/database.ts")) {
      expect(source).toContain('import type { Transaction } from "#server/db/database.ts";');
    }
    expect(source).not.toMatch(/import\(|import "|require\(|\boccupancy (?!table)/);
  }
});

test("it is one page: what has to be read to believe it", () => {
  const lines = sourceOf("check-plan.ts").split("\n");
  const code = lines.filter((line) => line.trim() !== "" && !/^\s*(\/\/|\/?\*)/.test(line));
  expect(code.length).toBeLessThanOrEqual(90);
});
