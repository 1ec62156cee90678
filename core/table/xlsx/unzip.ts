import { Inflate } from "fflate";
import { FileFault } from "#core/table/file-fault.ts";
import {
  broken,
  le16,
  le32,
  localSignature,
  type SizedSource,
  type ZipEntry,
} from "#core/table/xlsx/zip.ts";

/** XML of sheets packs 10 to 40 times; what packs far more says the same again and again. */
const highestRatio = 200;
const smallEnough = 16_000_000;
/** A sheet of a million rows and twenty columns is about 1 GB of XML. */
const largestPart = 1_500_000_000;

/** Refuses what says of itself that it is too large, before anything is unpacked. */
function refuseBomb({ size, packedSize }: ZipEntry): void {
  if (size > largestPart) {
    throw new FileFault(
      `a part of this workbook is ${megabytes(size)} MB unpacked, more than ${megabytes(largestPart)}; save the sheet as CSV`,
    );
  }
  if (size > smallEnough && size > packedSize * highestRatio) {
    throw new FileFault(
      `a part of this workbook grows from ${megabytes(packedSize)} to ${megabytes(size)} MB when it is unpacked, as only a ZIP bomb does; save the sheet as CSV`,
    );
  }
}

function megabytes(size: number): string {
  return (size / 1e6).toLocaleString("en-GB", { maximumFractionDigits: size < 1e7 ? 1 : 0 });
}

const localLength = 30;
/** Small, so that a page that reads a large sheet still answers. */
const pieceLength = 32_768;

/**
 * One part of an archive in pieces. What comes out is counted against what the directory declared
 * while it comes, so that a part which lies about its size stops there, and summed up at its end.
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
  const unpack = entry.isStored ? storing() : inflating();
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

type Unpack = (piece: Uint8Array, isLast: boolean) => readonly Uint8Array[];

function storing(): Unpack {
  return (piece) => [piece];
}

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
