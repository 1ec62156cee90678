import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What is worked out once per version of packages, beside them. */
export function cacheFile(name: string, packages: readonly string[]): string {
  const file = `${[name, ...packages.map(versionOf)].join("-")}.tar.gz`;
  return fileURLToPath(new URL(`../../node_modules/.cache/boxster/${file}`, import.meta.url));
}

function versionOf(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
