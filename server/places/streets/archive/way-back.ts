import { randomBytes } from "node:crypto";
import { copyFile, link, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/**
 * Changes a file together with something that may fail after it, such as a transaction: then the file is again what it
 * was before, or is not there.
 */
export async function withWayBack(path: string, work: () => Promise<void>): Promise<void> {
  const before = join(dirname(path), `before-${randomBytes(6).toString("hex")}.tmp`);
  const was = await keepBeside(path, before);
  try {
    await work();
  } catch (error) {
    if (was) await rename(before, path);
    else await rm(path, { force: true });
    throw error;
  } finally {
    await rm(before, { force: true });
  }
}

/** A second name of the same file, or a copy on a disk that knows no second names; false where there is no file. */
async function keepBeside(path: string, before: string): Promise<boolean> {
  try {
    await link(path, before).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") throw error;
      return copyFile(path, before);
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}
