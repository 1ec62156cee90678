import { viewOf } from "#core/table/features/octets.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import type { SizedSource } from "#core/table/xlsx/zip.ts";

/** What a column of a row holds; whole numbers beyond 2^53 as text. */
export type SqliteValue = string | number | Uint8Array | null;

interface SqliteRow {
  readonly id: number;
  readonly values: readonly SqliteValue[];
}

interface RowsRead {
  readonly rows: readonly SqliteRow[];
  /** Of the table, as far as its tree tells; 1 at its end. */
  readonly share: number;
}

/** Octets of the file held at one time: the pages of a table lie mostly one after another. */
const windowSize = 1 << 18;
const windows = 8;
const deepest = 20;
/** Of rows that go on over other pages. */
const octetsAtOnce = 4_000_000;

/**
 * The rows of ordinary tables of a SQLite file, straight from its pages (https://www.sqlite.org/fileformat2.html, sections
 * 1.5 to 2.1). No statement of anybody's is run: views, triggers and indexes are never looked at. Throws a `RangeError`
 * for a damaged file, and where a table holds more than the file does, as where its pages run in a circle.
 */
export async function openPages({ size, read }: SizedSource, newDecoder: NewDecoder) {
  const head = await read(0, 100);
  const header = viewOf(head);
  const pageSize = header.getUint16(16) === 1 ? 65_536 : header.getUint16(16);
  const usable = pageSize - header.getUint8(20);
  // With a write-ahead log the newest rows lie in another file, until its program is closed.
  if (header.getUint8(19) === 2) {
    throw new FileFault(
      "this GeoPackage is still open in another program, or was not closed there; close it, or export it again",
    );
  }
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usable < 480) throw wrong();
  const decoder = newDecoder(textEncodings[header.getUint32(56)] ?? "utf-8");
  const decode = (octets: Uint8Array) => decoder.decode(octets);
  const held = new Map<number, Promise<Uint8Array>>();
  const page = async (number: number): Promise<Uint8Array> => {
    const from = (number - 1) * pageSize;
    if (number < 1 || from + pageSize > size) throw wrong();
    const start = from - (from % windowSize);
    const window = held.get(start) ?? read(start, Math.min(windowSize, size - start));
    held.delete(start);
    held.set(start, window);
    const [oldest] = held.keys();
    if (held.size > windows && oldest !== undefined) held.delete(oldest);
    return (await window).subarray(from - start, from - start + pageSize);
  };
  return {
    /** In order of their ids, about a page of them at a time. */
    rows: (root: number, longest: number) =>
      rowsBelow(
        {
          page,
          usable,
          longest,
          decode,
          left: { pages: Math.ceil(size / pageSize), octets: size },
        },
        root,
        { depth: 0, from: 0, to: 1 },
      ),
  };
}

const textEncodings: Readonly<Record<number, string>> = { 2: "utf-16le", 3: "utf-16be" };
const wrong = () => new RangeError("Not the pages of a table");

interface Walk {
  readonly page: (number: number) => Promise<Uint8Array>;
  readonly usable: number;
  readonly longest: number;
  readonly decode: (octets: Uint8Array) => string;
  /** Of the file: a table cannot hold more than it. */
  readonly left: { pages: number; octets: number };
}

const [interior, leaf] = [5, 13];

/** Which part of the table lies below a page. */
interface Part {
  readonly depth: number;
  readonly from: number;
  readonly to: number;
}

async function* rowsBelow(
  walk: Walk,
  number: number,
  { depth, from, to }: Part,
): AsyncIterable<RowsRead> {
  walk.left.pages -= 1;
  if (walk.left.pages < 0 || depth > deepest) throw wrong();
  const octets = await walk.page(number);
  const view = viewOf(octets);
  const start = number === 1 ? 100 : 0;
  const kind = view.getUint8(start);
  const cells = view.getUint16(start + 3);
  const cellAt = (index: number, pointers: number) => view.getUint16(start + pointers + 2 * index);
  if (kind === interior) {
    const part = (to - from) / (cells + 1);
    const childAt = (index: number) => (index < cells ? cellAt(index, 12) : start + 8);
    for (let index = 0; index <= cells; index += 1) {
      const begin = from + index * part;
      const below = { depth: depth + 1, from: begin, to: begin + part };
      yield* rowsBelow(walk, view.getUint32(childAt(index)), below);
    }
  } else if (kind === leaf) {
    const cellsAt = Array.from({ length: cells }, (_, index) => cellAt(index, 8));
    yield* rowsOfLeaf(walk, octets, cellsAt, { from, to });
  } else throw wrong();
}

async function* rowsOfLeaf(
  walk: Walk,
  octets: Uint8Array,
  cellsAt: readonly number[],
  { from, to }: Pick<Part, "from" | "to">,
): AsyncIterable<RowsRead> {
  let rows: SqliteRow[] = [];
  let left = walk.left.octets;
  for (const at of cellsAt) {
    rows.push(await rowAt(walk, octets, at));
    if (left - walk.left.octets < octetsAtOnce) continue;
    yield { rows, share: from };
    [rows, left] = [[], walk.left.octets];
  }
  yield { rows, share: to };
}

async function rowAt(walk: Walk, page: Uint8Array, at: number): Promise<SqliteRow> {
  const length = varint(page, at);
  const id = varint(page, length.end);
  const size = length.value;
  walk.left.octets -= size;
  if (size > walk.longest || walk.left.octets < 0) throw wrong();
  const local = localSize(size, walk.usable);
  const begin = page.subarray(id.end, id.end + local);
  if (begin.length < local) throw wrong();
  const record = local === size ? begin : await joinOverflow(walk, begin, size, page, id.end);
  return { id: id.value, values: valuesOf(record, walk.decode) };
}

/** Octets of a record that stand on its own page (section 1.6). */
function localSize(size: number, usable: number): number {
  if (size <= usable - 35) return size;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const local = least + ((size - least) % (usable - 4));
  return local <= usable - 35 ? local : least;
}

async function joinOverflow(
  walk: Walk,
  begin: Uint8Array,
  size: number,
  page: Uint8Array,
  from: number,
): Promise<Uint8Array> {
  const record = new Uint8Array(size);
  record.set(begin);
  let next = viewOf(page).getUint32(from + begin.length);
  for (let at = begin.length; at < size; ) {
    const octets = await walk.page(next);
    const piece = octets.subarray(4, Math.min(walk.usable, 4 + size - at));
    record.set(piece, at);
    at += piece.length;
    next = viewOf(octets).getUint32(0);
  }
  return record;
}

function valuesOf(record: Uint8Array, decode: Walk["decode"]): SqliteValue[] {
  const view = viewOf(record);
  const head = varint(record, 0);
  const values: SqliteValue[] = [];
  let at = head.value;
  for (let type = head.end; type < head.value; ) {
    const serial = varint(record, type);
    type = serial.end;
    const size = sizeOf(serial.value);
    if (at + size > record.length) throw wrong();
    values.push(storedValue(view, record.subarray(at, at + size), serial.value, at, decode));
    at += size;
  }
  return values;
}

const sizes = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

function sizeOf(serial: number): number {
  const size = serial >= 12 ? Math.floor((serial - 12) / 2) : sizes[serial];
  if (size === undefined) throw wrong();
  return size;
}

function storedValue(
  view: DataView,
  octets: Uint8Array,
  serial: number,
  at: number,
  decode: Walk["decode"],
): SqliteValue {
  if (serial >= 12) return serial % 2 === 0 ? new Uint8Array(octets) : decode(octets);
  switch (serial) {
    case 0:
      return null;
    case 6: {
      const whole = view.getBigInt64(at);
      return Number.isSafeInteger(Number(whole)) ? Number(whole) : String(whole);
    }
    case 7:
      return view.getFloat64(at);
    case 8:
    case 9:
      return serial - 8;
    default: {
      // Big-endian and signed, of 1, 2, 3, 4 or 6 octets.
      const signed = octets.length === 0 ? 0 : view.getInt8(at);
      return octets.subarray(1).reduce((sum, octet) => sum * 256 + octet, signed);
    }
  }
}

/** Seven bits an octet, high ones first; the ninth has all eight. A negative number comes out as one that is too large. */
function varint(octets: Uint8Array, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const octet = octets[at + index];
    if (octet === undefined) throw wrong();
    if (index === 8) return { value: value * 256 + octet, end: at + 9 };
    value = value * 128 + (octet & 0x7f);
    if (octet < 0x80) return { value, end: at + index + 1 };
  }
  throw wrong();
}
