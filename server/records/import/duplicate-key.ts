import { readOrMakeKey } from "#server/key-file.ts";
import { createKeyedHash } from "#server/records/import/keyed-hash.ts";
import { createOrdinals } from "#server/records/import/ordinals.ts";

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

/** Of hexadecimal: 128 bits. */
const keptFigures = 32;

export function openDuplicateKeys(dataFolder: string): DuplicateKeys {
  const key = readOrMakeKey({
    folder: dataFolder,
    name: "import.key",
    what: "import key",
    without:
      "Restore it from a backup; without it events that were imported before cannot be recognised.",
  });
  const digest = createKeyedHash(key);
  return {
    id: digest("which key").slice(0, 16),
    forOneFile: () => {
      const ordinals = createOrdinals();
      return (identity) => {
        const first = digest(identity);
        // Equal rows of one file are real rows: the second is known as the second.
        const ordinal = ordinals.next(
          Number.parseInt(first.slice(0, 8), 16),
          Number.parseInt(first.slice(8, 16), 16),
        );
        const own = ordinal === 1 ? first : digest(`${identity}\u001e${ordinal}`);
        return { key: own.slice(0, keptFigures), ordinal };
      };
    },
  };
}
