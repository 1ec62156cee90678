import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const client = fileURLToPath(new URL("../../../client/", import.meta.url));
const shared = join("app", "paper.css");

/** Each style sheet of the page, and what it says of paper alone. */
const sheets = readdirSync(client, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".css"))
  .map((name) => {
    const css = readFileSync(join(client, name), "utf8");
    return { name, css, ofPaper: [...css.matchAll(/^@media print.*?^\}/gms)].join("\n") };
  });

test("the size of paper, and what never comes onto it, is said in one sheet", () => {
  const chrome = /@page \{|\.(?:no-print|print-only|rail|top-bar|button|hatch)\b/;
  const saying = sheets.filter(({ css, ofPaper }) => chrome.test(ofPaper) || /@page \{/.test(css));
  expect(saying.map(({ name }) => name)).toEqual([shared]);
});

test("few papers have rules of their own beside their screen", () => {
  const own = sheets.filter(({ name, ofPaper }) => name !== shared && ofPaper !== "");
  expect(own.length).toBeLessThanOrEqual(12);
  const lines = own.reduce((sum, { ofPaper }) => sum + ofPaper.split("\n").length, 0);
  expect(lines).toBeLessThanOrEqual(200);
});

test("light or dark is chosen where the colours are, and for all of a paper; further in it would change none of them", () => {
  const choosing = sheets.filter(({ css }) => /^\s*color-scheme:/m.test(css));
  expect(choosing.map(({ name }) => name)).toEqual([shared, join("ui", "tokens.css")]);
});
