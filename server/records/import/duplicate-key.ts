import { hash } from "node:crypto";
import { createPairCounts } from "#core/pair-counts.ts";
import { readOrMakeKey } from "#server/key-file.ts";

export interface EventKey {
  /** 16 octets, each one character (latin1). */
  readonly key: string;
  /** 1 for the first row of the file with this identity. */
  readonly ordinal: number;
}

/** 128 bits. */
const keptOctets = 16;

export type DuplicateKeys = ReturnType<typeof openDuplicateKeys>;

/**
 * Recognises an event imported before, by an HMAC: a plain hash of time and place could be reversed
 * by trying every point of the cell. The key is a file of the data folder rather than a database
 * row, so that a copy of the database cannot be reversed either.
 */
export function openDuplicateKeys(dataFolder: string) {
  const key = readOrMakeKey({
    folder: dataFolder,
    name: "import.key",
    what: "import key",
    without:
      "Restore it from a backup; without it events that were imported before cannot be recognised.",
  });
  const digest = createKeyedHash(key);
  return {
    /** Identifies the key without revealing it. */
    id: Buffer.from(digest("which key").slice(0, 8), "latin1").toString("hex"),
    forOneFile: () => {
      const seen = createPairCounts();
      return (identity: string): EventKey => {
        const first = digest(identity);
        // Equal rows of one file are separate events: the second is keyed as the second.
        const ordinal = seen.add(wordAt(first, 0), wordAt(first, 4));
        const own = ordinal === 1 ? first : digest(`${identity}\u001e${ordinal}`);
        return { key: own.slice(0, keptOctets), ordinal };
      };
    },
  };
}

function wordAt(octets: string, at: number): number {
  return (
    (octets.charCodeAt(at) << 24) |
    (octets.charCodeAt(at + 1) << 16) |
    (octets.charCodeAt(at + 2) << 8) |
    octets.charCodeAt(at + 3)
  );
}

const digestBytes = 32;
/** Most UTF-8 bytes of a UTF-16 unit. */
const bytesPerUnit = 3;

/**
 * HMAC-SHA-256 of a text (RFC 2104, section 2), with both padded keys prepared once: for a million
 * rows `createHmac` spends more time on objects than on hashing. Returns a latin1 string of its
 * bytes, as a buffer for each costs as much as the hash.
 */
export function createKeyedHash(key: Uint8Array): (text: string) => string {
  if (key.length > blockBytes) throw new RangeError(`A key has at most ${blockBytes} octets`);
  let inner = padded(key, 0x36, 1_024);
  const outer = padded(key, 0x5c, digestBytes);
  return (text) => {
    const needed = blockBytes + text.length * bytesPerUnit;
    if (needed > inner.length) inner = padded(key, 0x36, needed);
    const end = blockBytes + inner.write(text, blockBytes, "utf8");
    outer.write(hash("sha256", inner.subarray(0, end), "binary"), blockBytes, "latin1");
    return hash("sha256", outer, "binary");
  };
}

const blockBytes = 64;

function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const block = Buffer.alloc(blockBytes + room);
  for (let at = 0; at < blockBytes; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
}
