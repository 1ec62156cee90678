import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

/** Where the build puts the page's code. */
export const assets = resolve("dist", "client", "assets");

/** The built file of a chunk. */
export function chunk(name: string): string {
  const found = readdirSync(assets).filter((file) =>
    new RegExp(`^${name}-[\\w-]{8}\\.js$`).test(file),
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} chunks "${name}"`);
  return found[0];
}

/** Some chunks and whatever they import at once. */
export function withImports(...names: readonly string[]): string[] {
  const known = new Set(names);
  for (const name of known) {
    const code = readFileSync(join(assets, name), "utf8");
    for (const [, imported] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      if (imported) known.add(imported);
    }
  }
  return [...known];
}

/** Of all these, gzipped. */
export function kiloBytes(...names: readonly string[]): number {
  const octets = names.map(
    (name) => gzipSync(readFileSync(join(assets, name)), { level: 9 }).length,
  );
  return octets.reduce((total, count) => total + count, 0) / 1000;
}

/** Of all these, as a phone is sent them: pressed by the build where that is worth it. */
export function sentKiloBytes(...names: readonly string[]): number {
  const octets = names.map((name) => {
    const pressed = join(assets, `${name}.br`);
    return readFileSync(existsSync(pressed) ? pressed : join(assets, name)).length;
  });
  return octets.reduce((total, count) => total + count, 0) / 1000;
}

/** By words of its own: what the build calls the chunk goes by what else lies in it. */
export function holdsCellLibrary(name: string): boolean {
  return readFileSync(join(assets, name), "utf8").includes("incompatible resolutions");
}
