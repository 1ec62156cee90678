import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface KeyFile {
  readonly folder: string;
  /** `import.key` */
  readonly name: string;
  /** For errors: "import key". */
  readonly what: string;
  readonly without: string;
}

const keyBytes = 32;

/** Written beside and linked: of two processes that start at once, one key wins and both use it. */
export function readOrMakeKey(key: KeyFile): Buffer {
  const file = join(key.folder, key.name);
  const found = readKey(file, key);
  if (found) return found;
  mkdirSync(key.folder, { recursive: true });
  const partial = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(partial, randomBytes(keyBytes).toString("hex"), { mode: 0o600 });
  try {
    linkSync(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(partial);
  }
  const made = readKey(file, key);
  if (!made) throw new Error(`The ${key.what} cannot be read back from ${file}.`);
  return made;
}

function readKey(file: string, { what, without }: KeyFile): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(`${file} does not hold an ${what} (64 hexadecimal figures). ${without}`);
  }
  return Buffer.from(text, "hex");
}
