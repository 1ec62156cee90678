import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);
const filesIn = (folder: string, end: RegExp) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .filter((name) => end.test(name))
    .map((name) => `${folder}/${name}`);
const textOf = (file: string) => readFileSync(new URL(file, root), "utf8").replaceAll("’", "'");

/** All that the product can say, and its names: sources without their comments. */
function said(): string {
  return ["core", "server", "client", "data"]
    .flatMap((folder) => filesIn(folder, /\.(?:tsx?|mjs)$/))
    .map((file) => textOf(file).replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/ .*/gm, ""))
    .join("\n")
    .replace(/\s+/g, " ");
}

/** Words in quotation marks that begin as a message does; what stands for any number or name parts them. */
function quotedIn(file: string): (readonly [quoted: string, parts: readonly string[]])[] {
  const prose = textOf(file)
    .replace(/```[\s\S]*?```/g, "")
    .replace(/\s+/g, " ");
  return [...prose.matchAll(/"([A-Z][^"]*? [^"]*)"/g)].map(([, quoted = ""]) => [
    quoted,
    quoted
      .split(/\s*(?:\d[\d:]*(?:am|pm)?|\.\.\.|…|\b[A-Z]{2,}\b)\s*/)
      .filter((part) => part.length > 5),
  ]);
}

/** For whoever runs it, who looks for what stands on the screen before them. */
test("a message that a guide for operators quotes is one that is said", () => {
  const words = said();
  const guides = [
    "deploy",
    "recovery",
    "another-command",
    "guide/operator",
    "guide/admin",
    "guide/reference/operator",
    "guide/reference/admin",
  ].map((name) => `docs/${name}.md`);
  const quoted = guides.flatMap((file) => quotedIn(file).map((one) => [file, ...one] as const));
  expect(quoted.length).toBeGreaterThan(8);
  const stale = quoted
    .filter(([, , parts]) => !parts.every((part) => words.includes(part.replace(/[.,]$/, ""))))
    .map(([file, words_]) => `${file}: "${words_}"`);
  expect([...new Set(stale)]).toEqual([]);
});
