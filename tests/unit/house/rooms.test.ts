import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { groupBy } from "#core/group-by.ts";

/**
 * The rooms of the house, each after the ones that it may import, equal on every floor (docs/adr/0023-rooms.md). The kit of
 * a floor stands before them and knows none; what stands on top may import all. Types count. A folder that is not
 * listed fails, so that a new room is a decision, made here.
 */
const rooms = [
  "accounts",
  "places",
  "records",
  "protected-time",
  "hotspots",
  "patrols",
  "neighbours",
  "displacement",
  "outcomes",
  "releases",
  "place-plans",
  "upkeep",
];
const kits = {
  core: ["time", "text", "geo", "stats", "disclosure", "table", "calendar", "contract"],
  server: ["db", "acts", "http", "files", "cli"],
  client: ["state", "api", "live", "ui", "files", "charts", "map"],
};
const tops = { core: [], server: ["live", "app"], client: ["app"] };
/** Rooms that a floor has nothing for. */
const without = { core: ["upkeep"], server: [], client: ["upkeep"] };
/** Starts the program. */
const entries = ["server/main.ts", "client/main.tsx"];

type Floor = keyof typeof kits;
const floors = Object.keys(kits) as Floor[];
const root = new URL("../../../", import.meta.url);

function textOf(file: string): string {
  return readFileSync(new URL(file, root), "utf8");
}

function filesOf(floor: Floor): string[] {
  return readdirSync(new URL(`${floor}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${floor}/${name}`);
}

function importsOf(file: string): string[] {
  const named = /(?:from|import)\s*\(?\s*"#([^"?]+)"/g;
  return [...textOf(file).matchAll(named)].map(([, path = ""]) => path).filter(isOnFloor);
}

function isOnFloor(path: string): boolean {
  return floors.some((floor) => path.startsWith(`${floor}/`));
}

function orderOf(floor: Floor): string[] {
  return [...kits[floor], ...rooms, ...tops[floor]];
}

/** What stands beside the rooms (`core/result.ts`) is before all of them. */
function placeOf(file: string): number {
  const [floor = "", room = "", ...rest] = file.split("/");
  if (entries.includes(file)) return Number.POSITIVE_INFINITY;
  return rest.length === 0 ? -1 : orderOf(floor as Floor).indexOf(room);
}

/** Upwards, from the kit into a room, or into a room of the floor below that stands under the own one. */
function isAgainst(file: string, path: string): boolean {
  const [floor = "", room = ""] = file.split("/");
  const [below = "", other = ""] = path.split("/");
  if (floor === below) return placeOf(path) > placeOf(file);
  if (!rooms.includes(other) || placeOf(file) === Number.POSITIVE_INFINITY) return false;
  if (!rooms.includes(room)) return !(tops[floor as Floor] as string[]).includes(room);
  return rooms.indexOf(other) > rooms.indexOf(room);
}

function against(files: readonly string[], importsFrom: (file: string) => readonly string[]) {
  return files.flatMap((file) =>
    importsFrom(file)
      .filter((path) => isAgainst(file, path))
      .map((path) => `${file} imports ${path}`),
  );
}

test.each(floors)("%s has the rooms of the house and no others", (floor) => {
  const folders = filesOf(floor).flatMap((file) => file.split("/").slice(1, -1).slice(0, 1));
  const expected = orderOf(floor).filter((room) => !(without[floor] as string[]).includes(room));
  expect([...new Set(folders)].sort()).toEqual(expected.sort());
});

test.each(floors)("a file of %s imports its own room, the kit, and rooms above it", (floor) => {
  const files = filesOf(floor);
  expect(files.length).toBeGreaterThan(300);
  expect(against(files, importsOf)).toEqual([]);
  // A relative path would pass unseen.
  const relative = /(?:from|import)\s*\(?\s*"\.\.?\//;
  expect(files.filter((file) => relative.test(textOf(file)))).toEqual([]);
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

test.each(floors)("no two files of %s need each other, directly or by others", (floor) => {
  const files = filesOf(floor);
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  expect(circles((file) => imports.get(file) ?? [], files)).toEqual([]);
});

/** Rooms so large that they have boxes of their own: each file is in one, and no two boxes need each other. */
test.each(["core/patrols", "client/hotspots"])("the boxes of %s stand on each other", (room) => {
  const [floor = ""] = room.split("/");
  const files = filesOf(floor as Floor).filter((file) => file.startsWith(`${room}/`));
  const boxOf = (file: string) => file.split("/").slice(0, 3).join("/");
  const boxes = groupBy(files, boxOf);
  expect([...boxes.keys()].filter((box) => /\.tsx?$/.test(box))).toEqual([]);
  const needs = (box: string) =>
    (boxes.get(box) ?? [])
      .flatMap(importsOf)
      .filter((path) => path.startsWith(`${room}/`))
      .map(boxOf);
  const others = new Map(
    [...boxes.keys()].map((box) => [box, needs(box).filter((it) => it !== box)]),
  );
  expect(circles((box) => others.get(box) ?? [], [...boxes.keys()])).toEqual([]);
});

test("a circle is found, and of what leads into one only that which is in it", () => {
  const made = { a: ["b"], b: ["c"], c: ["a"], d: ["a"] } as Record<string, string[]>;
  expect(circles((file) => made[file] ?? [], ["a", "b", "c", "d"])).toEqual(["a", "b", "c"]);
});

test.each([
  ["core/hotspots/summary.ts", "core/patrols/plan/plan.ts"],
  ["core/geo/cell.ts", "core/records/types.ts"],
  ["core/time/zone.ts", "core/table/columns.ts"],
  ["server/patrols/suggest.ts", "server/displacement/assess.ts"],
  ["server/patrols/suggest.ts", "core/displacement/compare.ts"],
  ["server/http/route.ts", "core/accounts/password.ts"],
  ["server/records/queries/events.ts", "server/app/services.ts"],
  ["client/hotspots/screen/Hotspots.tsx", "client/place-plans/PinToPlan.tsx"],
  ["client/ui/Dialog.tsx", "client/accounts/session.ts"],
  ["client/map/style.ts", "core/places/wire/places.ts"],
])("%s must not import %s", (file, path) => {
  expect(against([file], () => [path])).toEqual([`${file} imports ${path}`]);
});

test.each([
  ["core/patrols/plan/plan.ts", "core/hotspots/summary.ts"],
  ["server/displacement/assess.ts", "core/records/columns.ts"],
  ["server/http/route.ts", "core/role.ts"],
  ["server/app/services.ts", "core/releases/build.ts"],
])("%s may import %s", (file, path) => {
  expect(against([file], () => [path])).toEqual([]);
});
