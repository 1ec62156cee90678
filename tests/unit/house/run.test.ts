import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** They are plain JavaScript, which the type check does not read. */
const load = (name: string): Promise<unknown> =>
  import(fileURLToPath(new URL(`../../run/${name}`, import.meta.url)));
const { reach } = (await load("reach.mjs")) as {
  reach: (changed: readonly string[]) => Record<"near" | "past", Map<string, number>>;
};

test("what a change can reach is told by imports, nearest first, and apart from what the whole server leads to", () => {
  const zone = reach(["core/time/zone.ts"]).near;
  expect(zone.get("core/time/zone.ts")).toBe(0);
  expect(zone.get("tests/unit/core/time/zone.test.ts")).toBe(1);
  const { near, past } = reach(["server/protected-time/routes.ts"]);
  const api = "tests/api/protected-time/outreach.api.test.ts";
  expect([near.has(api), past.has(api)]).toEqual([false, true]);
});

test("whatever changed, the house tests are near: they read every file, which no import tells", () => {
  const house = readdirSync(new URL(".", import.meta.url)).filter((name) => name.endsWith(".ts"));
  expect(house).toContain("words.test.ts");
  const { near } = reach(["README.md"]);
  expect([...near.keys()].sort()).toEqual(
    ["README.md", ...house.map((name) => `tests/unit/house/${name}`)].sort(),
  );
  expect(new Set(near.values())).toEqual(new Set([0]));
});
