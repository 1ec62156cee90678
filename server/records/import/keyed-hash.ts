import { hash } from "node:crypto";

/** Octets in a block of SHA-256. */
const blockBytes = 64;
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

function padded(key: Uint8Array, pad: number, room: number): Buffer {
  const block = Buffer.alloc(blockBytes + room);
  for (let at = 0; at < blockBytes; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
}
