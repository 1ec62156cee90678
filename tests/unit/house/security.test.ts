import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(join(root, "docs/security.md"), "utf8");
const lines = [
  ...page.matchAll(/^- (\[x\]|\[ \]|n\/a) \*\*([\d.]+)(?:-([\d.]+))?\*\* (.+)$/gm),
].map(([, mark = "", from = "", to = from, text = ""]) => ({ mark, from, to, text }));

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
  const answered = lines.flatMap(({ from, to }) => {
    const [first, last] = [required.indexOf(from), required.indexOf(to)];
    return first < 0 || last < first ? [`${from}-${to}?`] : required.slice(first, last + 1);
  });
  expect(answered).toEqual(required);
});

test("every test that docs/security.md names exists under that name", () => {
  const named = lines.flatMap(({ text }) =>
    [...text.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
  );
  expect(named.length).toBeGreaterThan(90);
  const written = testFiles();
  expect([...new Set(named)].filter((name) => !written.includes(`"${name}"`))).toEqual([]);
});

test("what is not met says why, and is summed up at the beginning", () => {
  const unmet = lines.filter(({ mark }) => mark === "[ ]");
  expect(unmet.length).toBeGreaterThan(0);
  const summary = page.slice(page.indexOf("**Not met**"), page.indexOf("\n## "));
  for (const { from, text } of unmet) {
    expect(text.length, from).toBeGreaterThan(40);
    expect(summary).toMatch(new RegExp(`[( ]${from.replaceAll(".", "\\.")}[,)]`));
  }
});
