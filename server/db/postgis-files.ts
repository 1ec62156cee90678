import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { postgis } from "@electric-sql/pglite-postgis";

/**
 * The package includes rasters, topology, geocoding and their upgrades, unused here: four fifths of
 * what every start of the embedded database would unpack and compile.
 */
const used =
  /^(?:lib\/postgresql\/postgis-3\.so|share\/proj\/.+|share\/postgresql\/extension\/postgis(?:\.control|--[\d.]+\.sql))$/;

const file = cacheFile("postgis", ["@electric-sql/pglite-postgis"]);

export function usedPostgis(): typeof postgis {
  if (!existsSync(file)) return postgis;
  return {
    name: postgis.name,
    setup: async (...given) => ({
      ...(await postgis.setup(...given)),
      bundlePath: pathToFileURL(file),
    }),
  };
}

export function keepUsedPostgis(): void {
  if (existsSync(file)) return;
  const entry = createRequire(import.meta.url).resolve("@electric-sql/pglite-postgis");
  const whole = join(dirname(entry), "postgis.tar.gz");
  const kept = [...filesOf(gunzipSync(readFileSync(whole)))].filter(({ name }) => used.test(name));
  const tar = Buffer.concat([...kept.map(({ octets }) => octets), Buffer.alloc(2 * block)]);
  const partial = `${file}.${process.pid}.partial`;
  writeFileSync(partial, gzipSync(tar));
  renameSync(partial, file);
}

const block = 512;

/** Minimal tar reader: name, octal size and kind at fixed offsets. */
function* filesOf(tar: Buffer): Generator<{ name: string; octets: Buffer }> {
  const text = (from: number, to: number) => tar.toString("latin1", from, to).replace(/\0.*$/s, "");
  for (let at = 0; at < tar.length && tar[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, at + 136), 8) || 0;
    const end = at + block + Math.ceil(size / block) * block;
    if (text(at + 156, at + 157) === "0")
      yield { name: text(at, at + 100), octets: tar.subarray(at, end) };
    at = end;
  }
}

/** Cache file per package version. */
export function cacheFile(name: string, packages: readonly string[]): string {
  const file = `${[name, ...packages.map(versionOf)].join("-")}.tar.gz`;
  return fileURLToPath(new URL(`../../node_modules/.cache/boxster/${file}`, import.meta.url));
}

function versionOf(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
