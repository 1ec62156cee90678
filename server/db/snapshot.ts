import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { cacheFile } from "#server/db/cache-file.ts";
import { writeSnapshot } from "#server/db/embedded.ts";
import { keepUsedPostgis } from "#server/db/postgis-files.ts";

/** The dump for new embedded databases, made once per version of its packages. */
export async function snapshotFile(say: (line: string) => void): Promise<string> {
  const file = cacheFile("embedded", ["@electric-sql/pglite", "@electric-sql/pglite-postgis"]);
  mkdirSync(dirname(file), { recursive: true });
  keepUsedPostgis();
  if (!existsSync(file)) {
    say("Preparing the embedded PostGIS database (about 15 seconds, only once)...");
    await writeSnapshot(file);
  }
  return file;
}
