// Which files of tests a change can reach, by what each file of the house imports.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../server/cli/own-node.mjs";

/**
 * These import the whole house: what is reached only through them is what every test of theirs reaches, the business of
 * `npm test`.
 */
const hubs = new Set([
  "server/app/app.ts",
  "server/app/routes.ts",
  "server/app/commands.ts",
  "server/app/serve.ts",
  "client/app/screens.ts",
]);

/** These read every file of the house and import few: no import says whom a change can break there. */
const house = /^tests\/unit\/house\/.*\.test\.ts$/;

/** What differs from where this branch left the main line, written or not; null where Git cannot tell. */
export function changedFiles() {
  const [base] = git("merge-base", "HEAD", "origin/main") ??
    git("merge-base", "HEAD", "main") ?? ["HEAD"];
  const committed = git("diff", "--name-only", base);
  const fresh = git("ls-files", "--others", "--exclude-standard");
  if (!committed || !fresh) return null;
  return [...new Set([...committed, ...fresh])];
}

function git(...args) {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.split("\n").filter((line) => line !== "") : null;
}

/**
 * How many imports each file is away from the nearest one that changed, for all that can be reached, and 0 for the house
 * tests; `past` has those that only a hub leads to.
 */
export function reach(changed) {
  const files = git("ls-files", "--cached", "--others", "--exclude-standard") ?? [];
  const importers = new Map();
  for (const file of files.filter((name) => /\.(?:tsx?|mjs)$/.test(name))) {
    for (const imported of importsOf(file)) {
      if (!importers.has(imported)) importers.set(imported, []);
      importers.get(imported).push(file);
    }
  }
  const near = spread(importers, changed, (file) => hubs.has(file));
  for (const file of files.filter((name) => house.test(name))) near.set(file, 0);
  const past = spread(importers, changed, () => false);
  for (const file of near.keys()) past.delete(file);
  return { near, past };
}

function spread(importers, from, stopsAt) {
  const steps = new Map(from.map((file) => [file, 0]));
  for (const [file, step] of steps) {
    if (stopsAt(file) && step > 0) continue;
    for (const importer of importers.get(file) ?? []) {
      if (!steps.has(importer)) steps.set(importer, step + 1);
    }
  }
  return steps;
}

/** Files of the house that one names: as an import, or as what a test reads, by a path from the root or from itself. */
function importsOf(file) {
  if (!existsSync(join(root, file))) return [];
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/"(#|\.{1,2}\/)([\w./-]+)"/g)].map(([, lead, path]) =>
    lead === "#" ? path : join(dirname(file), lead + path).replaceAll("\\", "/"),
  );
}
