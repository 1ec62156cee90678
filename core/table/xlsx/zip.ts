import { Inflate } from "fflate";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableSource } from "#core/table/table-source.ts";

export interface ZipEntry {
  readonly name: string;
  readonly isStored: boolean;
  readonly isEncrypted: boolean;
  readonly checksum: number;
  readonly packedSize: number;
  readonly size: number;
  /** Offset of its local header. */
  readonly offset: number;
}

export interface SizedSource {
  readonly size: number;
  readonly read: (from: number, length: number) => Promise<Uint8Array>;
}

export function isZip(start: Uint8Array): boolean {
  return (
    start[0] === 0x50 && start[1] === 0x4b && [0x0304, 0x0506, 0x0708].includes(be16(start, 2))
  );
}

export function sizedSource({ size, read }: Pick<TableSource, "size" | "read">): SizedSource {
  if (size === null || read === null) throw new TypeError("Not a file that is read in parts");
  return { size, read };
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const endLength = 22;
const longestComment = 65_535;
const entryLength = 46;
/** A workbook has a few dozen parts. */
const mostEntries = 10_000;
const largestDirectory = 4_000_000;
const deflated = 8;

/**
 * The directory at the archive's end: lets it be checked before anything is unpacked, unlike
 * reading from the beginning.
 */
export async function readDirectory({ size, read }: SizedSource): Promise<readonly ZipEntry[]> {
  const tailLength = Math.min(size, endLength + longestComment);
  const tail = await read(size - tailLength, tailLength);
  const at = findEnd(tail);
  if (at === -1) throw broken("its directory is missing, as in a file that was cut off");
  const count = le16(tail, at + 10);
  const length = le32(tail, at + 12);
  const from = le32(tail, at + 16);
  if (count === 0xffff || length === 0xffffffff || from === 0xffffffff || count > mostEntries) {
    throw broken("it is of the kind for files over 4 GB, or has thousands of parts");
  }
  if (length > largestDirectory || from + length > size) {
    throw broken("its directory does not lie within the file");
  }
  return parseDirectory(await read(from, length), count);
}

function findEnd(tail: Uint8Array): number {
  for (let at = tail.length - endLength; at >= 0; at -= 1) {
    if (le32(tail, at) === endSignature) return at;
  }
  return -1;
}

function parseDirectory(bytes: Uint8Array, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + entryLength > bytes.length || le32(bytes, at) !== entrySignature) {
      throw broken("its directory cannot be read");
    }
    const nameLength = le16(bytes, at + 28);
    const method = le16(bytes, at + 10);
    entries.push({
      name: ascii(bytes.subarray(at + entryLength, at + entryLength + nameLength)),
      isStored: method === 0,
      isEncrypted: (le16(bytes, at + 8) & 1) === 1 || (method !== 0 && method !== deflated),
      checksum: le32(bytes, at + 16),
      packedSize: le32(bytes, at + 20),
      size: le32(bytes, at + 24),
      offset: le32(bytes, at + 42),
    });
    at += entryLength + nameLength + le16(bytes, at + 30) + le16(bytes, at + 32);
  }
  return entries;
}

/** The names searched for are ASCII; others are only compared. */
function ascii(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 512));
}

const localLength = 30;
/** Small, so that the page stays responsive on a large sheet. */
const pieceLength = 32_768;

/**
 * One part of an archive in pieces. Output is counted against the declared size as it comes, so
 * that a part with a false size stops there, and its checksum is verified at the end.
 */
export async function* unzip(
  source: SizedSource,
  entry: ZipEntry,
): AsyncIterable<{ readonly bytes: Uint8Array; readonly packed: number }> {
  if (entry.isEncrypted) {
    throw new FileFault("this workbook or archive is encrypted: save it without a password");
  }
  refuseBomb(entry);
  const header = await source.read(entry.offset, localLength);
  if (header.length < localLength || le32(header, 0) !== localSignature) {
    throw broken("a part of it is not where its directory says");
  }
  const from = entry.offset + localLength + le16(header, 26) + le16(header, 28);
  if (from + entry.packedSize > source.size) throw broken("a part of it ends beyond the file");
  const unpack: Unpack = entry.isStored ? (piece) => [piece] : inflating();
  const checksum = createChecksum();
  let size = 0;
  let packed = 0;
  while (packed < entry.packedSize) {
    const length = Math.min(pieceLength, entry.packedSize - packed);
    const piece = await source.read(from + packed, length);
    if (piece.length < length) throw broken("it ends too early");
    packed += length;
    for (const bytes of unpack(piece, packed === entry.packedSize)) {
      size += bytes.length;
      if (size > entry.size) throw broken("a part of it is larger than its directory says");
      checksum.add(bytes);
      yield { bytes, packed };
    }
  }
  if (size !== entry.size || checksum.value() !== entry.checksum) {
    throw broken("what was unpacked does not agree with its checksum");
  }
}

/** Sheet XML compresses 10 to 40 times; much more means repetition. */
const highestRatio = 200;
const smallEnough = 16_000_000;
/** A sheet of a million rows and twenty columns is about 1 GB of XML. */
const largestPart = 1_500_000_000;

/** Refuses by declared size, before anything is unpacked. */
function refuseBomb({ size, packedSize }: ZipEntry): void {
  if (size > largestPart) {
    throw new FileFault(
      `a part of this workbook or archive is ${megabytes(size)} MB unpacked, more than ${megabytes(largestPart)}; save the table as CSV`,
    );
  }
  if (size > smallEnough && size > packedSize * highestRatio) {
    throw new FileFault(
      `a part of this workbook or archive grows from ${megabytes(packedSize)} to ${megabytes(size)} MB when unpacked, like a ZIP bomb; save the table as CSV`,
    );
  }
}

function megabytes(size: number): string {
  return (size / 1e6).toLocaleString("en-GB", { maximumFractionDigits: size < 1e7 ? 1 : 0 });
}

type Unpack = (piece: Uint8Array, isLast: boolean) => readonly Uint8Array[];

function inflating(): Unpack {
  let out: Uint8Array[] = [];
  const inflate = new Inflate((bytes) => {
    out.push(bytes);
  });
  return (piece, isLast) => {
    out = [];
    try {
      inflate.push(piece, isLast);
    } catch (cause) {
      throw new FileFault(
        "this workbook or archive is damaged: a part of it cannot be unpacked; save it again",
        { cause },
      );
    }
    return out;
  };
}

/** CRC-32 as ZIP archives use it. */
function createChecksum() {
  let sum = 0xffffffff;
  return {
    add: (bytes: Uint8Array) => {
      for (let at = 0; at < bytes.length; at += 1) {
        sum = (sum >>> 8) ^ (checksumTable[(sum ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
      }
    },
    value: () => (sum ^ 0xffffffff) >>> 0,
  };
}

const checksumTable: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

export function broken(why: string): FileFault {
  return new FileFault(`this workbook or archive is damaged: ${why}; save it again`);
}

function le16(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

function le32(bytes: Uint8Array, at: number): number {
  return (le16(bytes, at) | (le16(bytes, at + 2) << 16)) >>> 0;
}

function be16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}
