import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const folders = ["core", "server", "client", "data", "tests", "deploy", "docs"];

function textsIn(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx?|mjs|md|css)$/.test(name))
    .map((name) => `${folder}/${name}`);
}

/** Paths of the project in words; one with a star, braces or a hole in it names several. */
const named =
  /(?<![\w./#@-])(?:core|server|client|data|sql|tests|deploy|docs)\/[\w./-]*[\w-](?![\w*{<[…-]|[./][\w*{])/g;

test("a file or folder that a page or a comment names is there", () => {
  const files = [...folders.flatMap(textsIn), "README.md", "CONTRIBUTING.md"];
  expect(files.length).toBeGreaterThan(2_000);
  // Figures of mutants stand under the names of their day.
  const missing = files
    .filter((file) => file !== "docs/mutants.md")
    .flatMap((file) =>
      wordsOf(file)
        .filter((path) => !isThere(path))
        .map((path) => `${file} names ${path}`),
    );
  expect([...new Set(missing)]).toEqual([]);
});

/** The prose of a page, and the comments of a source. */
function wordsOf(file: string): string[] {
  const text = readFileSync(new URL(file, root), "utf8");
  const prose = file.endsWith(".md")
    ? text
    : (text.match(/\/\*\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*/g) ?? []).join("\n");
  return [...prose.matchAll(named)].map(([path]) => path);
}

function isThere(path: string): boolean {
  return ["", ".ts", ".tsx"].some((end) => existsSync(new URL(path + end, root)));
}
