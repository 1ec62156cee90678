import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { brokenRules } from "#tests/mutants/broken-rules.ts";

/** `npm run mutants:rules` takes long and is run by hand: code that moved must not leave a rule behind unseen. */
test.each(brokenRules)("$what: what is broken for it stands in its file once", ({ file, find }) => {
  const text = readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");
  expect(text.split(find)).toHaveLength(2);
});
