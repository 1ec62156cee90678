import { Inflate } from "fflate";
import { SaxesParser } from "saxes";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
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
async function* unzip(
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

type Attributes = Readonly<Record<string, string>>;

/** Told of what a part holds, in its order; names come without the prefix of their namespace. */
export interface XmlListener {
  readonly open: (name: string, attributes: Attributes) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

export interface XmlPart {
  readonly source: SizedSource;
  readonly entry: ZipEntry;
  readonly newDecoder: NewDecoder;
}

/** Sheets nest about six deep. */
const deepest = 64;
/** Characters without a tag among them: far more than a cell can hold. */
const longestText = 4_000_000;

/**
 * One part of a workbook, piece by piece; yields after each, so that what was heard can be used.
 * Depth, length of texts and number of elements have limits, as the parser keeps what is open.
 */
export async function* readXml(
  part: XmlPart,
  listener: XmlListener,
  mostElements = Number.POSITIVE_INFINITY,
): AsyncIterable<number> {
  const parser = new SaxesParser();
  let depth = 0;
  let elements = 0;
  let quiet = 0;
  parser.on("opentag", ({ name, attributes }) => {
    [depth, elements, quiet] = [depth + 1, elements + 1, 0];
    if (depth > deepest || elements > mostElements) {
      throw broken("a part of it nests too deep, or has more elements than a workbook needs");
    }
    listener.open(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    [depth, quiet] = [depth - 1, 0];
    listener.close?.(localName(name));
  });
  parser.on("text", (text) => listener.text?.(text));
  parser.on("cdata", (text) => listener.text?.(text));
  parser.on("doctype", () => {
    throw broken("a part of it declares a document type, which no workbook does");
  });
  parser.on("error", (cause) => {
    throw new FileFault(
      "this workbook is damaged: a part of it cannot be read as XML; save it again",
      { cause },
    );
  });
  const decoder = part.newDecoder("utf-8");
  for await (const { bytes, packed } of unzip(part.source, part.entry)) {
    const text = decoder.decode(bytes, { stream: true });
    parser.write(text);
    quiet += text.length;
    if (quiet > longestText) throw broken("a text in it is longer than a cell can hold");
    yield packed;
  }
  parser.write(decoder.decode());
  parser.close();
  yield part.entry.packedSize;
}

/** More than the styles, sheets and relations of any real workbook. */
const mostOfSmallPart = 500_000;

/** The whole of a small part. */
export async function readSmallXml(
  part: XmlPart,
  listener: XmlListener,
  mostElements = mostOfSmallPart,
): Promise<void> {
  for await (const _ of readXml(part, listener, mostElements));
}

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** An attribute whatever the prefix of its namespace. */
export function attributeOf(attributes: Attributes, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  return Object.entries(attributes).find(([key]) => localName(key) === name)?.[1];
}
