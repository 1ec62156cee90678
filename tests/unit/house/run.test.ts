import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** They are plain JavaScript, which the type check does not read. */
const load = (name: string): Promise<unknown> =>
  import(fileURLToPath(new URL(`../../run/${name}`, import.meta.url)));
const { runPacked } = (await load("packed.mjs")) as {
  runPacked: <Result>(
    parts: readonly {
      readonly width: number;
      readonly run: (spare: () => void) => Promise<Result>;
    }[],
  ) => Promise<Result[]>;
};
const { reach } = (await load("reach.mjs")) as {
  reach: (changed: readonly string[]) => Record<"near" | "past", Map<string, number>>;
};

test("parts are packed on two cores: one starts as soon as any core is free, and never with none", async () => {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const spares = new Map<string, () => void>();
  const part = (name: string, width: number) => ({
    width,
    run: async (spare: () => void) => {
      log.push(name);
      spares.set(name, spare);
      await new Promise<void>((end) => ends.set(name, end));
      return name;
    },
  });
  const settle = () => new Promise((done) => setImmediate(done));
  const after = async (act: (() => void) | undefined) => {
    act?.();
    await settle();
    return log.join(" ");
  };
  const all = runPacked([
    part("lint", 1),
    part("build", 1),
    part("dead", 1),
    part("unit", 2),
    part("database", 2),
  ]);
  expect(await after(undefined)).toBe("lint build");
  expect(await after(ends.get("build"))).toBe("lint build dead");
  expect(await after(ends.get("lint"))).toBe("lint build dead unit");
  // It is at its last file, but the lint beside it still has the other core.
  expect(await after(ends.get("dead"))).toBe("lint build dead unit");
  expect(await after(spares.get("unit"))).toBe("lint build dead unit database");
  await after(ends.get("unit"));
  await after(ends.get("database"));
  expect(await all).toEqual(["lint", "build", "dead", "unit", "database"]);
});

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
