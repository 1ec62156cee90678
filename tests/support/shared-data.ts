import { existsSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Real public files beside the clone, too large to be part of it; a test that needs one is skipped,
 * and says so, where it is missing.
 */
const folder = resolve("..", "shared", "data");

export function sharedFile(name: string): string {
  return resolve(folder, name);
}

export function hasSharedFile(name: string): boolean {
  return existsSync(sharedFile(name));
}
