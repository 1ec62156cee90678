import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe } from "vitest";

/**
 * Independent answers beside the clone, in ../shared/oracles; not part of it. The tests that replay
 * them are skipped, and say so, where that folder is missing.
 */
const folder = resolve(process.cwd(), "..", "shared", "oracles");
const isThere = existsSync(folder);
if (!isThere) process.stderr.write(`skipped: oracles not found in ${folder}\n`);

/** Like `describe`, for tests that need the oracles. */
export const describeOracle: (name: string, body: () => void) => void = isThere
  ? describe
  : (name: string, body: () => void) =>
      describe.skip(`${name} (skipped: oracles not found in ${folder})`, body);

/** Read inside a test, never while tests are collected: the file may not be there. */
export function readOracle<Shape>(name: string): Shape {
  return JSON.parse(readFileSync(resolve(folder, name), "utf8")) as Shape;
}

export function readOracleLines(name: string): string[] {
  return readFileSync(resolve(folder, name), "utf8").trim().split("\n");
}
