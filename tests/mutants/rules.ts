import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrokenRule } from "#tests/mutants/broken/broken-rule.ts";
import { brokenRules } from "#tests/mutants/broken-rules.ts";
import { safetyTests } from "#tests/support/safety-tests.ts";

/**
 * `npm run mutants:rules`: breaks one rule of docs/safeguards.md after the other in a copy of the project, runs the tests
 * that the page names for it, and says which of them failed. A rule that is broken without a failure ends it with 1.
 * Browser tests are left out: they take long, and what is in the page is shown by those of its components.
 */
const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = join(root, "var", "mutants", "rules");
const given = process.argv.slice(2).map(Number);
// Plain JavaScript, which the type check does not read.
const { reach } = (await import(join(root, "tests/run/reach.mjs"))) as {
  reach: (changed: readonly string[]) => Record<"near" | "past", ReadonlyMap<string, number>>;
};

const page = readFileSync(join(root, "docs/safeguards.md"), "utf8");
const named = namesOf(page);
const files = readdirSync(join(root, "tests"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.test\.tsx?$/.test(name) && !/house|mutants/.test(name))
  .map((name) => ({
    name: `tests/${name}`,
    text: readFileSync(join(root, "tests", name), "utf8"),
  }));

makeCopy();
const seen = new Map<string, string>();
let unseen = 0;
for (const [at, rule] of brokenRules.entries()) {
  if (given.length > 0 && !given.includes(rule.safeguard)) continue;
  if (rule.onServer && !process.env["TEST_DATABASE_URL"]) {
    console.log(
      `${at + 1} of ${brokenRules.length}, ${rule.what}: needs TEST_DATABASE_URL, left out`,
    );
    continue;
  }
  const from = performance.now();
  const failed = failedUnder(rule);
  const safety = [...named.values()]
    .flat()
    .filter((name) => failed.some((one) => endsOf(name).test(one)));
  for (const name of safety) if (!seen.has(name)) seen.set(name, rule.what);
  if (safety.length === 0) unseen += 1;
  const seconds = Math.round((performance.now() - from) / 1000);
  console.log(
    `${at + 1} of ${brokenRules.length}, safeguard ${rule.safeguard}: ${rule.what}: ${failed.length} tests fail, ${safety.length} of the page's (${seconds} s)`,
  );
  for (const name of safety) console.log(`     ${name}`);
}
rmSync(copy, { recursive: true, force: true });
const all = [...named.values()].flat();
console.log(
  `${seen.size} of the ${all.length} tests that docs/safeguards.md names were seen to fail.`,
);
process.exit(unseen > 0 ? 1 : 0);

/** What the whole name of a test ends with; `%s` and the like stand for any value. */
function endsOf(name: string): RegExp {
  const parts = name.split(/%[a-z]/).map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&"));
  return new RegExp(`${parts.join(".*")}$`);
}

/** Tests by the number of their safeguard. */
function namesOf(text: string): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>();
  for (const { safeguard, name } of safetyTests(text)) {
    found.set(safeguard, [...(found.get(safeguard) ?? []), name]);
  }
  return found;
}

function makeCopy(): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const listed = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const name of listed.stdout.split("\n").filter((one) => one !== "")) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    cpSync(join(root, name), join(copy, name));
  }
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
}

/** The names of the tests that fail while a rule is broken. */
function failedUnder({ safeguard, file, find, put }: BrokenRule): readonly string[] {
  const path = join(copy, file);
  const before = readFileSync(path, "utf8");
  if (before.split(find).length !== 2) throw new Error(`${file} does not hold once: ${find}`);
  writeFileSync(
    path,
    before.replace(find, () => put),
  );
  try {
    return failedOf(filesOf(safeguard, file));
  } finally {
    writeFileSync(path, before);
  }
}

/** The files that hold the tests of a safeguard, as far as they can reach what was broken; SQL is reached by all. */
function filesOf(safeguard: number, broken: string): readonly string[] {
  const names = named.get(safeguard) ?? [];
  const { near, past } = reach([broken]);
  return files
    .filter(({ text }) => names.some((name) => text.includes(`"${name}"`)))
    .map(({ name }) => name)
    .filter((name) => broken.endsWith(".sql") || near.has(name) || past.has(name));
}

function failedOf(some: readonly string[]): readonly string[] {
  // With no file named, all would run.
  if (some.length === 0) return [];
  const report = join(copy, "report.json");
  // What the rule before left must not be taken for this one's.
  rmSync(report, { force: true });
  const vitest = join("node_modules", "vitest", "vitest.mjs");
  // All that start databases in the same two processes, and none of them opens the page as it is built.
  const projects = ["unit", "served"].flatMap((name) => ["--project", name]);
  const args = [vitest, "run", ...some, ...projects, "--reporter=json", `--outputFile=${report}`];
  const { NODE_OPTIONS: _, ...given } = process.env;
  const env = { ...given, BOXSTER_LAYERS: "1", BOXSTER_PAGE_IS_BUILT: "1" };
  spawnSync(process.execPath, args, { cwd: copy, env, encoding: "utf8", timeout: 900_000 });
  if (!existsSync(report)) {
    console.log("     the tests did not end within 15 minutes");
    return [];
  }
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  return testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed")
    .map(({ fullName }) => fullName);
}

interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}
