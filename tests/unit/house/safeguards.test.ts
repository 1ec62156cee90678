import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const page = readFileSync(join(root, "docs/safeguards.md"), "utf8");
const named = [...page.matchAll(/^ +- "(.+)"$/gm)].map((match) => match[1] ?? "");

function testFiles(): string {
  return readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.includes("house"))
    .map((name) => readFileSync(join(root, "tests", name), "utf8"))
    .join("\n");
}

test("every test that docs/safeguards.md names exists under that name", () => {
  expect(named.length).toBeGreaterThan(20);
  const written = testFiles();
  expect(named.filter((name) => !written.includes(`"${name}"`))).toEqual([]);
});
