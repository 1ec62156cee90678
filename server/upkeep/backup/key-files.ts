import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Problem } from "#server/problem.ts";

/** Files that the rows are useless without (server/records/import/duplicate-key.ts). */
const names = ["import.key"] as const;

/** Those present, by name. */
export type KeyFiles = Readonly<Partial<Record<string, string>>>;

export function readKeyFiles(dataFolder: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of names) {
    const text = readIfThere(join(dataFolder, name));
    if (text !== null) found[name] = text;
  }
  return found;
}

/** Another key means another database, whose key must not be lost. */
export function refuseOtherKeyFiles(dataFolder: string, given: KeyFiles): void {
  for (const name of names) {
    const there = readIfThere(join(dataFolder, name));
    const brought = given[name];
    if (there === null || brought === undefined || there === brought) continue;
    throw new Problem(
      409,
      "Nothing was restored",
      `${join(dataFolder, name)} is the key of another database. Set BOXSTER_DATA to a new folder, or set that file aside.`,
    );
  }
}

/** Never overwrites. Unknown names are ignored, as they could be paths. */
export function writeKeyFiles(dataFolder: string, given: KeyFiles): readonly string[] {
  refuseOtherKeyFiles(dataFolder, given);
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const brought = names.filter((name) => given[name] !== undefined);
  for (const name of brought) {
    const file = join(dataFolder, name);
    if (readIfThere(file) !== null) continue;
    const partial = `${file}.${process.pid}.partial`;
    writeFileSync(partial, given[name] ?? "", { mode: 0o600, flush: true });
    linkSync(partial, file);
    rmSync(partial);
  }
  return brought;
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
