import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/**
 * The rooms of a floor, each after the ones that it may import (docs/adr/0023). The kit knows no room; types count.
 * A folder that is not listed fails, so that a new room is a decision, made here.
 */
const kit = ["time", "text", "geo", "stats", "disclosure", "table", "calendar"];
const rooms = [
  ...["accounts", "places", "records", "hotspots", "protected-time", "patrols"],
  ...["displacement", "neighbours", "outcomes", "place-plans", "releases", "upkeep"],
];
const order = [...kit, ...rooms];

const root = new URL("../../../", import.meta.url);

function filesOf(floor: string): string[] {
  return readdirSync(new URL(`${floor}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${floor}/${name}`);
}

function importsOf(file: string, floor: string): string[] {
  const text = readFileSync(new URL(file, root), "utf8");
  const named = /(?:from|import)\s*\(?\s*"#([^"?]+)"/g;
  return [...text.matchAll(named)]
    .map(([, path = ""]) => path)
    .filter((path) => path.startsWith(`${floor}/`));
}

/** Its place in the order; what stands beside the rooms (`core/result.ts`) is before all of them. */
function placeOf(file: string): number {
  const [, room = "", ...rest] = file.split("/");
  return rest.length === 0 ? -1 : order.indexOf(room);
}

/** Upwards, or from the kit into a room. */
function against(files: readonly string[], importsFrom: (file: string) => readonly string[]) {
  return files.flatMap((file) =>
    importsFrom(file)
      .filter((path) => placeOf(path) > placeOf(file))
      .map((path) => `${file} imports ${path}`),
  );
}

test("core has the rooms of the house and no others", () => {
  const folders = filesOf("core").flatMap((file) => file.split("/").slice(1, -1).slice(0, 1));
  expect([...new Set(folders)].sort()).toEqual([...order].sort());
});

test("a file of core imports its own room, the kit, and rooms above it", () => {
  const files = filesOf("core");
  expect(files.length).toBeGreaterThan(300);
  expect(against(files, (file) => importsOf(file, "core"))).toEqual([]);
  // A relative path would pass unseen.
  const relative = /(?:from|import)\s*\(?\s*"\.\.?\//;
  expect(files.filter((file) => relative.test(readFileSync(new URL(file, root), "utf8")))).toEqual(
    [],
  );
});

/** Files that reach each other both ways; types count. */
function circles(importsFrom: (file: string) => readonly string[], files: readonly string[]) {
  const reached = (from: string) => {
    const seen = new Set<string>();
    const left = [...importsFrom(from)];
    for (let file = left.pop(); file !== undefined; file = left.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      left.push(...importsFrom(file));
    }
    return seen;
  };
  return files.filter((file) => reached(file).has(file));
}

test("no two files of core need each other, directly or by others", () => {
  const files = filesOf("core");
  const imports = new Map(files.map((file) => [file, importsOf(file, "core")]));
  expect(circles((file) => imports.get(file) ?? [], files)).toEqual([]);
  const made = { a: ["b"], b: ["c"], c: ["a"], d: ["a"] } as Record<string, string[]>;
  expect(circles((file) => made[file] ?? [], ["a", "b", "c", "d"])).toEqual(["a", "b", "c"]);
});

test("an import against the direction is found, of types too, and between two of the kit", () => {
  const upward = against(["core/hotspots/summary.ts"], () => ["core/patrols/plan.ts"]);
  expect(upward).toEqual(["core/hotspots/summary.ts imports core/patrols/plan.ts"]);
  expect(against(["core/geo/cell.ts"], () => ["core/records/types.ts"])).toHaveLength(1);
  expect(against(["core/time/zone.ts"], () => ["core/table/columns.ts"])).toHaveLength(1);
  expect(against(["core/patrols/plan.ts"], () => ["core/hotspots/summary.ts"])).toEqual([]);
});
