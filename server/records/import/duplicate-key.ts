import { hash } from "node:crypto";
import { readOrMakeKey } from "#server/key-file.ts";

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

const digestBytes = 32;
/** A character of UTF-16 takes three octets of UTF-8 at most. */
const bytesPerUnit = 3;

/**
 * HMAC-SHA-256 of a text as hexadecimal (RFC 2104, section 2), the two padded keys made once:
 * a million rows with `createHmac` spend more time on its objects than on hashing.
 */
export function createKeyedHash(key: Uint8Array): (text: string) => string {
  if (key.length > blockBytes) throw new RangeError(`A key has at most ${blockBytes} octets`);
  let inner = padded(key, 0x36, 1_024);
  const outer = padded(key, 0x5c, digestBytes);
  return (text) => {
    const needed = blockBytes + text.length * bytesPerUnit;
    if (needed > inner.length) inner = padded(key, 0x36, needed);
    const end = blockBytes + inner.write(text, blockBytes, "utf8");
    // As a string of octets: a buffer for each costs as much as the hash.
    outer.write(hash("sha256", inner.subarray(0, end), "binary"), blockBytes, "latin1");
    return hash("sha256", outer, "hex");
  };
}

/** Octets in a block of SHA-256. */
const blockBytes = 64;

function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const block = Buffer.alloc(blockBytes + room);
  for (let at = 0; at < blockBytes; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
}

const firstCapacity = 4_096;

/**
 * How often each 64-bit digest has been seen in one file: 1 for the first time.
 * Open addressing in typed arrays: 24 bytes for each row of a file at most, where a Map of strings
 * would take ten times that.
 */
interface Ordinals {
  readonly next: (low: number, high: number) => number;
}

export function createOrdinals(): Ordinals {
  let capacity = firstCapacity;
  let keys = new Uint32Array(capacity * 2);
  let counts = new Uint32Array(capacity);
  let used = 0;

  /** The slot of the digest, or the free one where it belongs. */
  const slotOf = (low: number, high: number): number => {
    let slot = (low & (capacity - 1)) >>> 0;
    while (counts[slot] !== 0 && (keys[slot * 2] !== low || keys[slot * 2 + 1] !== high)) {
      slot = (slot + 1) & (capacity - 1);
    }
    return slot;
  };
  const put = (low: number, high: number, count: number) => {
    const slot = slotOf(low, high);
    keys[slot * 2] = low;
    keys[slot * 2 + 1] = high;
    counts[slot] = count;
  };
  const grow = () => {
    const old = { keys, counts };
    capacity *= 2;
    keys = new Uint32Array(capacity * 2);
    counts = new Uint32Array(capacity);
    old.counts.forEach((count, slot) => {
      if (count > 0) put(old.keys[slot * 2] ?? 0, old.keys[slot * 2 + 1] ?? 0, count);
    });
  };

  return {
    next: (low, high) => {
      const slot = slotOf(low, high);
      const count = (counts[slot] ?? 0) + 1;
      if (count > 1) {
        counts[slot] = count;
        return count;
      }
      used += 1;
      if (used * 2 > capacity) grow();
      put(low, high, 1);
      return 1;
    },
  };
}
