import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../", import.meta.url);

/** Modules that a module needs when it runs: what it imports for its types alone is none. */
function runsOf(file: string): string[] {
  const text = readFileSync(new URL(file, root), "utf8");
  const statements = /^(?:import|export)\s+(type\s)?([^"';]*?)(?:\sfrom\s+)?"([^"]+)"/gm;
  return [...text.matchAll(statements)].flatMap(([, isType, names = "", from = ""]) => {
    const inBraces = /^\{([^}]*)\}$/s.exec(names.trim())?.[1];
    const areTypes = inBraces
      ?.split(",")
      .map((name) => name.trim())
      .filter(Boolean)
      .every((name) => name.startsWith("type "));
    return isType || areTypes ? [] : from;
  });
}

function reachedFrom(file: string, known = new Set<string>()): Set<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const name of runsOf(file)) {
    if (name.startsWith("#") && /\.tsx?$/.test(name)) reachedFrom(name.slice(1), known);
    else known.add(name);
  }
  return known;
}

const readers = [
  "client/records/read-head.ts",
  "client/records/strip-columns.ts",
  "client/records/file-jobs.ts",
  "core/places/gazetteer/find-place.ts",
  "core/table/open-table.ts",
  "core/records/preview.ts",
  "core/records/import-reader.ts",
  "core/records/read-row.ts",
  "core/table/row-reader.ts",
  "@noble/hashes/sha2.js",
];

test("a file of events is read, judged and hashed in a worker, and nowhere on the page's own thread", () => {
  const page = reachedFrom("client/records/Records.tsx");
  expect(page).toContain("client/records/file-reader.ts");
  expect(readers.filter((module) => page.has(module))).toEqual([]);
  const worker = reachedFrom("client/records/file.worker.ts");
  expect(readers.filter((module) => !worker.has(module))).toEqual([]);
});
