import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { layersOf, safetyTests } from "#tests/support/safety-tests.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const named = safetyTests(readFileSync(join(root, "docs/safeguards.md"), "utf8"));

test("every test that docs/safeguards.md names exists under that name, in the layer that it says", () => {
  expect(named.length).toBeGreaterThan(20);
  const found = layersOf(root);
  const wrong = named.filter(({ name, layers }) => found(name) !== layers);
  expect(wrong.map(({ name, layers }) => ({ name, said: layers, is: found(name) }))).toEqual([]);
});
