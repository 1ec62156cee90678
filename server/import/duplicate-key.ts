import { createHmac, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createOrdinals } from "#server/import/ordinals.ts";

/**
 * Recognises an event that came in before. What is stored is an HMAC: a plain hash of time and
 * place could be reversed by trying every point of the cell. The key is a file of the data folder
 * and not a row of the database, so that a copy of the database alone cannot be reversed either.
 */
export interface DuplicateKeys {
  /** Names the key without telling it. */
  readonly id: string;
  /** The stored keys of one file's events, in the order of the file. */
  readonly forOneFile: () => (identity: string) => EventKey;
}

export interface EventKey {
  /** Hexadecimal. */
  readonly key: string;
  /** 1 for the first row of the file with this identity. */
  readonly ordinal: number;
}

const keyBytes = 32;
const keptBytes = 16;

export function openDuplicateKeys(dataFolder: string): DuplicateKeys {
  const key = readOrMakeKey(dataFolder);
  const digest = (text: string) => createHmac("sha256", key).update(text).digest();
  return {
    id: digest("which key").toString("hex", 0, 8),
    forOneFile: () => {
      const ordinals = createOrdinals();
      return (identity) => {
        const first = digest(identity);
        // Equal rows of one file are real rows: the second is known as the second.
        const ordinal = ordinals.next(first.readUInt32LE(0), first.readUInt32LE(4));
        const own = ordinal === 1 ? first : digest(`${identity}\u001e${ordinal}`);
        return { key: own.toString("hex", 0, keptBytes), ordinal };
      };
    },
  };
}

/** Written beside and linked: of two processes that start at once, one key wins and both use it. */
function readOrMakeKey(dataFolder: string): Buffer {
  const file = join(dataFolder, "import.key");
  const found = readKey(file);
  if (found) return found;
  mkdirSync(dataFolder, { recursive: true });
  const partial = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(partial, randomBytes(keyBytes).toString("hex"), { mode: 0o600 });
  try {
    linkSync(partial, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(partial);
  }
  const made = readKey(file);
  if (!made) throw new Error(`The import key cannot be read back from ${file}.`);
  return made;
}

function readKey(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  if (!/^[0-9a-f]{64}$/.test(text)) {
    throw new Error(
      `${file} does not hold an import key (64 hexadecimal figures). Restore it from a backup; without it events that were imported before cannot be recognised.`,
    );
  }
  return Buffer.from(text, "hex");
}
