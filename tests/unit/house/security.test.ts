import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(join(root, "docs/security.md"), "utf8");
const rows = [
  ...page.matchAll(
    /^\| (held|\*\*not held\*\*|n\/a) \| \*\*([\d.]+)(?:-([\d.]+))?\*\* ([^|]+) \| ([^|]*) \| ([^|]*)\|$/gm,
  ),
].map(([, state = "", from = "", to = from, words = "", heldBy = "", tests = ""]) => ({
  state,
  from,
  to,
  words,
  heldBy,
  tests: [...tests.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name),
}));

/** How many requirements of levels 1 and 2 each section of ASVS 5.0 has; they are numbered from 1. */
const sections: Readonly<Record<string, readonly number[]>> = {
  1: [2, 9, 11, 3, 2],
  2: [3, 3, 4, 1],
  3: [0, 2, 4, 6, 5, 0, 2],
  4: [3, 1, 2, 4],
  5: [1, 3, 2, 3],
  6: [3, 12, 4, 4, 5, 3, 0, 4],
  7: [3, 4, 2, 5, 2, 2],
  8: [2, 3, 1, 1],
  9: [3, 4],
  10: [2, 2, 4, 11, 5, 2, 3],
  11: [2, 3, 3, 4, 1, 1],
  12: [3, 2, 4],
  13: [1, 5, 2, 5],
  14: [2, 4, 3],
  15: [3, 3, 7],
  16: [1, 5, 4, 3, 3],
  17: [1, 4, 2],
};

const required = Object.entries(sections)
  .map(([chapter, counts]) => [Number(chapter), counts] as const)
  .sort(([a], [b]) => a - b)
  .flatMap(([chapter, counts]) =>
    counts.flatMap((count, section) =>
      Array.from({ length: count }, (_, number) => `${chapter}.${section + 1}.${number + 1}`),
    ),
  );

function testFiles(): string {
  return readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("house"))
    .map((name) => readFileSync(join(root, "tests", name), "utf8"))
    .join("\n");
}

test("docs/security.md answers each requirement of ASVS 5.0 level 2 once, in order", () => {
  expect(required).toHaveLength(253);
  const answered = rows.flatMap(({ from, to }) => {
    const [first, last] = [required.indexOf(from), required.indexOf(to)];
    return first < 0 || last < first ? [`${from}-${to}?`] : required.slice(first, last + 1);
  });
  expect(answered).toEqual(required);
});

test("no row of the table is written so that it is not read as one", () => {
  const written = page.split("\n").filter((line) => /^\|.*\*\*\d+\.\d/.test(line));
  expect(rows).toHaveLength(written.length);
});

test("every test that docs/security.md names exists under that name", () => {
  const named = rows.flatMap(({ tests }) => tests);
  expect(named.length).toBeGreaterThan(100);
  const written = testFiles();
  expect([...new Set(named)].filter((name) => !written.includes(`"${name}"`))).toEqual([]);
});

test("every file that docs/security.md names as holding something exists", () => {
  const named = rows.flatMap(({ heldBy }) => [
    ...heldBy.matchAll(/`((?:server|core|client|tests)\/[^`]+)`/g),
  ]);
  expect(named.length).toBeGreaterThan(20);
  expect(
    named.map(([, path = ""]) => path).filter((path) => !existsSync(join(root, path))),
  ).toEqual([]);
});

test("every row says what holds it, or why it does not apply", () => {
  expect(rows.filter(({ heldBy }) => heldBy.length < 5).map(({ from }) => from)).toEqual([]);
});

test("what is not held stands at the beginning, with the reason, and nothing else does", () => {
  const unmet = rows.filter(({ state }) => state === "**not held**").map(({ from }) => from);
  expect(unmet.length).toBeGreaterThan(0);
  const list = page.slice(page.indexOf("## Not held, and why"), page.indexOf("\n## V1 "));
  const reasons = [...list.matchAll(/^- \*\*([\d.]+)\*\* (.+(?:\n {2}.+)*)/gm)];
  expect(reasons.map(([, number]) => number)).toEqual(unmet);
  for (const [, number, reason = ""] of reasons) expect(reason.length, number).toBeGreaterThan(60);
});
