import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { cacheFile } from "#server/db/cache-file.ts";
import { writeSnapshot } from "#server/db/embedded.ts";
import { keepUsedPostgis } from "#server/db/postgis-files.ts";

const file = cacheFile("embedded", ["@electric-sql/pglite", "@electric-sql/pglite-postgis"]);
const preparing = "Preparing the embedded PostGIS database (about 15 seconds, only once)...";

/** The dump for new embedded databases, made once per version of its packages. */
export async function snapshotFile(say: (line: string) => void): Promise<string> {
  mkdirSync(dirname(file), { recursive: true });
  keepUsedPostgis();
  if (!existsSync(file)) {
    say(preparing);
    await writeSnapshot(file);
  }
  return file;
}

/**
 * The same; null where it is not there and may not be written, as in a release that belongs to another user. A new
 * database then makes its extensions itself.
 */
export async function snapshotIfWritable(say: (line: string) => void): Promise<string | null> {
  if (existsSync(file) || mayWrite(dirname(file))) return snapshotFile(say);
  say(preparing);
  return null;
}

function mayWrite(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
