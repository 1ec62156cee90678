import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeSnapshot } from "#server/db/embedded.ts";

const cache = new URL("../../node_modules/.cache/boxster/", import.meta.url);

/** The dump for new embedded databases, made once per version of its packages. */
export async function snapshotFile(say: (line: string) => void): Promise<string> {
  const versions = ["@electric-sql/pglite", "@electric-sql/pglite-postgis"].map(versionOf);
  const file = fileURLToPath(new URL(`embedded-${versions.join("-")}.tar.gz`, cache));
  if (!existsSync(file)) {
    say("Preparing the embedded PostGIS database (about 15 seconds, only once)...");
    mkdirSync(cache, { recursive: true });
    await writeSnapshot(file);
  }
  return file;
}

function versionOf(name: string): string {
  const manifest = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { version: string }).version;
}
