import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface SafetyTest {
  /** The number that it stands under. */
  readonly safeguard: number;
  readonly name: string;
  /** As the page says: `unit`, or `component, browser` where the same words stand in two. */
  readonly layers: string;
}

/** The tests that docs/safeguards.md names, in its order. */
export function safetyTests(page: string): readonly SafetyTest[] {
  const found: SafetyTest[] = [];
  let safeguard = 0;
  for (const line of page.split("\n")) {
    safeguard = Number(/^(\d+)\. /.exec(line)?.[1] ?? safeguard);
    const [, name, layers = ""] = /^ +- "(.+)"(?: \(([a-z, ]+)\))?$/.exec(line) ?? [];
    if (name) found.push({ safeguard, name, layers });
  }
  return found;
}

/** Where a test of a name is written, by folder of tests: what `layersOf(root)("name")` answers. */
export function layersOf(root: string): (name: string) => string {
  const folders = ["unit", "property", "component", "api", "database", "browser", "slow"];
  const texts = folders.map((folder) => ({ folder, text: textOf(join(root, "tests", folder)) }));
  return (name) =>
    texts
      .filter(({ text }) => text.includes(`"${name}"`))
      .map(({ folder }) => (folder === "api" ? "interface" : folder))
      .join(", ");
}

function textOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.includes("house"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}
