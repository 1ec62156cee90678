import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync, constants, inflateRawSync, inflateSync } from "node:zlib";

export interface NamedOctets {
  readonly name: string;
  readonly octets: Buffer;
}

/** Every file below a folder that was written since an instant; one that goes meanwhile is left out. */
export function* filesBelow(folder: string, since = 0): Generator<NamedOctets> {
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    const path = join(folder, name);
    const file = statSync(path, { throwIfNoEntry: false });
    if (file?.isFile() && file.mtimeMs >= since) yield { name, octets: readFileSync(path) };
  }
}

/** The octets themselves, and whatever was packed within. */
export function* looksAt({ name, octets }: NamedOctets): Generator<NamedOctets> {
  yield { name, octets };
  for (const [at, plain] of packedIn(octets)) {
    yield { name: `${name}, packed at ${at}`, octets: plain };
  }
}

const most = 256 * 1024 * 1024;
/** What was cut off, or is followed by something else, is unpacked as far as it goes. */
const asFarAsItGoes = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: most };
const brotliAsFar = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: most };

function* packedIn(octets: Buffer): Generator<[at: number, plain: Buffer]> {
  for (const at of hitsOf(octets, Buffer.from([0x1f, 0x8b, 0x08]))) {
    const plain = tried(() =>
      inflateRawSync(octets.subarray(at + gzipHead(octets, at)), asFarAsItGoes),
    );
    if (plain) yield [at, plain];
  }
  for (const level of [0x01, 0x5e, 0x9c, 0xda]) {
    for (const at of hitsOf(octets, Buffer.from([0x78, level]))) {
      const plain = tried(() => inflateSync(octets.subarray(at), asFarAsItGoes));
      if (plain) yield [at, plain];
    }
  }
  // It has no mark of its own: where a file begins, and where an answer begins in a file of Chromium's cache.
  for (const at of [0, bodyInCache(octets)]) {
    const plain =
      at === null ? null : tried(() => brotliDecompressSync(octets.subarray(at), brotliAsFar));
    if (plain) yield [at ?? 0, plain];
  }
}

/** How long the head of a gzip stream is (RFC 1952): what follows its end is passed by, which Node's own reader refuses. */
function gzipHead(octets: Buffer, at: number): number {
  const flags = octets[at + 3] ?? 0;
  let length = 10;
  if (flags & 4) length += 2 + (octets[at + length] ?? 0) + 256 * (octets[at + length + 1] ?? 0);
  for (const words of [8, 16]) {
    if (flags & words) length = octets.indexOf(0, at + length) + 1 - at;
  }
  return flags & 2 ? length + 2 : length;
}

/** Behind a head of 24 octets and the key, as net/disk_cache/simple/simple_entry_format.h has it. */
function bodyInCache(octets: Buffer): number | null {
  const isEntry = octets.length > 24 && octets.readBigUInt64LE(0) === 0xfcfb6d1ba7725c30n;
  return isEntry ? 24 + octets.readUInt32LE(12) : null;
}

function tried(unpack: () => Buffer): Buffer | null {
  try {
    const plain = unpack();
    return plain.length > 0 ? plain : null;
  } catch {
    return null;
  }
}

export function* hitsOf(octets: Buffer, wanted: Buffer): Generator<number> {
  for (let at = octets.indexOf(wanted); at >= 0; at = octets.indexOf(wanted, at + 1)) yield at;
}
