// How long each file of tests took when it last ran here: what `npm run test:near` reckons with.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../server/cli/own-node.mjs";

const file = join(root, "node_modules", ".cache", "boxster", "durations.json");

/** Milliseconds by file; empty on a fresh clone. */
export function readDurations() {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
}

export function keepDurations(ended) {
  const all = readDurations();
  for (const told of ended) all[told.file] = Math.round(told.ms);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(all));
}
