/**
 * One column of rows as a parameter: an array in PostgreSQL's binary format (array_recv in
 * src/backend/utils/adt/arrayfuncs.c), which needs no text parsing. The statement must cast the
 * parameter to the elements' type.
 */
export interface BinaryArray {
  readonly addNull: () => void;
  /** Of an int2; values beyond it wrap. */
  readonly addInt16: (value: number) => void;
  /** Of an int4; values beyond it wrap. */
  readonly addInt32: (value: number) => void;
  /** Of an int8, in two halves. */
  readonly addInt64: (high: number, low: number) => void;
  /** text, or bytea with one character per byte (latin1). */
  readonly addText: (text: string, encoding: "utf8" | "latin1") => void;
  /** Call last. */
  readonly octets: () => Uint8Array;
}

/** OIDs, the same in every PostgreSQL (src/include/catalog/pg_type.dat). */
const typeNumbers = { bytea: 17, int8: 20, int2: 21, int4: 23, text: 25 } as const;
export type ElementType = keyof typeof typeNumbers;

/** Dimensions, whether there are nulls, type of the elements, then length and lower bound of the one dimension. */
const headerOctets = 20;
const lengthOctets = 4;
const firstOctets = 4_096;
/** Most UTF-8 bytes of a UTF-16 unit. */
const octetsPerUnit = 3;

export function createBinaryArray(type: ElementType): BinaryArray {
  let buffer = Buffer.alloc(firstOctets);
  let view = viewOf(buffer);
  let end = headerOctets;
  let length = 0;

  const grow = (needed: number) => {
    const larger = Buffer.alloc(Math.max(needed, buffer.length * 2));
    buffer.copy(larger, 0, 0, end);
    buffer = larger;
    view = viewOf(buffer);
  };
  /** Writes an element's length, -1 for null; returns where its bytes go. */
  const begin = (octets: number, room = octets): number => {
    const at = end + lengthOctets;
    if (at + room > buffer.length) grow(at + room);
    view.setInt32(end, octets);
    length += 1;
    end = at + Math.max(0, octets);
    return at;
  };
  return {
    addNull: () => {
      begin(-1, 0);
    },
    addInt16: (value) => {
      const at = begin(2);
      view.setInt16(at, value);
    },
    addInt32: (value) => {
      const at = begin(4);
      view.setInt32(at, value);
    },
    addInt64: (high, low) => {
      const at = begin(8);
      view.setUint32(at, high);
      view.setUint32(at + 4, low);
    },
    addText: (text, encoding) => {
      const at = begin(0, text.length * octetsPerUnit);
      const written = buffer.write(text, at, encoding);
      view.setInt32(at - lengthOctets, written);
      end = at + written;
    },
    octets: () => {
      if (length === 0) return new Uint8Array(emptyArray(type));
      view.setInt32(0, 1);
      view.setInt32(4, 1);
      view.setInt32(8, typeNumbers[type]);
      view.setInt32(12, length);
      view.setInt32(16, 1);
      return buffer.subarray(0, end);
    },
  };
}

function viewOf(buffer: Buffer): DataView {
  return new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Has no dimension. */
function emptyArray(type: ElementType): Buffer {
  const header = Buffer.alloc(12);
  header.writeInt32BE(typeNumbers[type], 8);
  return header;
}
