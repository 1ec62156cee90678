import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const client = fileURLToPath(new URL("../../../client/", import.meta.url));

function read(ending: RegExp): string[] {
  return readdirSync(client, { recursive: true, encoding: "utf8" })
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(join(client, name), "utf8"));
}

const sheets = read(/\.css$/).map((css) => css.replace(/\/\*.*?\*\//gs, ""));
const code = read(/\.(?:tsx?|html)$/).join("\n");

test("every class that is styled is one that the page gives", () => {
  const words = new Set(code.match(/[\w-]+/g));
  // `button--${look}` gives every class that begins so.
  const beginnings = [...code.matchAll(/([\w-]+-)\$\{/g)].map(([, beginning = ""]) => beginning);
  const others = /^maplibregl-/;
  const styled = sheets.flatMap((css) => [...css.matchAll(/\.([a-z][\w-]*)(?=[^{}]*\{)/g)]);
  const unused = styled
    .map(([, name = ""]) => name)
    .filter((name) => !(words.has(name) || others.test(name)))
    .filter((name) => !beginnings.some((beginning) => name.startsWith(beginning)));
  expect([...new Set(unused)]).toEqual([]);
});

test("every colour and size that is named is used", () => {
  const tokens = readFileSync(join(client, "ui", "tokens.css"), "utf8");
  const names = [...tokens.matchAll(/^ +--([\w-]+):/gm)].map(([, name = ""]) => name);
  const said = [...sheets, code].join("\n").replace(/^ +--[\w-]+:/gm, "");
  const unused = names.filter(
    (name) => !new RegExp(`(?<![\\w-])(?:--)?${name}(?![\\w-])`).test(said),
  );
  expect([...new Set(unused)]).toEqual([]);
});
