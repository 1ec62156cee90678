import { viewOf } from "#core/table/features/octets.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import type { SizedSource } from "#core/table/xlsx/zip.ts";

/** What a column of a row holds; whole numbers beyond 2^53 as text. */
export type SqliteValue = string | number | Uint8Array | null;

/** A page and the octet on it at which a row begins. */
export interface RowPlace {
  readonly page: number;
  readonly cell: number;
}

interface SqliteRow {
  /** 0 in a table without numbers of rows. */
  readonly id: number;
  readonly at: RowPlace;
  /** Octets of the whole row. */
  readonly size: number;
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
 * 1.5 to 2.4). No statement of anybody's is run: views, triggers and indexes are never looked at. Throws a `RangeError`
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
      "this file is still open in another program, or was not closed there; close it, or export it again",
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
  const walk = (longest: number | null): Walk => {
    const left = { pages: Math.ceil(size / pageSize), octets: size };
    return { page, usable, longest, decode, left };
  };
  return {
    /**
     * In their order, about a page of them at a time. With `longest` null a row has only the values that lie on its own page,
     * so that long ones cost nothing until their row is asked for.
     */
    rows: (root: number, longest: number | null) =>
      rowsBelow(walk(longest), root, { depth: 0, from: 0, to: 1 }),
    rowAt: async ({ page: number, cell }: RowPlace, longest: number) => {
      const own = walk(longest);
      return rowOf(own, await pageAt(own, number), cell);
    },
  };
}

const textEncodings: Readonly<Record<number, string>> = { 2: "utf-16le", 3: "utf-16be" };
const wrong = () => new RangeError("Not the pages of a table");

interface Walk {
  readonly page: (number: number) => Promise<Uint8Array>;
  readonly usable: number;
  readonly longest: number | null;
  readonly decode: (octets: Uint8Array) => string;
  /** Of the file: a table cannot hold more than it. */
  readonly left: { pages: number; octets: number };
}

/** Pages of a table by the number of a row, and of one without such numbers, which is kept as an index is. */
const kinds: Readonly<Record<number, { readonly isInner: boolean; readonly isKeyed: boolean }>> = {
  2: { isInner: true, isKeyed: true },
  5: { isInner: true, isKeyed: false },
  10: { isInner: false, isKeyed: true },
  13: { isInner: false, isKeyed: false },
};

interface TablePage {
  readonly number: number;
  readonly octets: Uint8Array;
  readonly isInner: boolean;
  readonly isKeyed: boolean;
  /** Where its cells begin. */
  readonly cells: readonly number[];
  /** The page that holds what comes behind all of its cells. */
  readonly last: number;
}

async function pageAt(walk: Walk, number: number): Promise<TablePage> {
  const octets = await walk.page(number);
  const view = viewOf(octets);
  const start = number === 1 ? 100 : 0;
  const kind = kinds[view.getUint8(start)];
  if (kind === undefined) throw wrong();
  const pointers = start + (kind.isInner ? 12 : 8);
  const count = view.getUint16(start + 3);
  const cells = Array.from({ length: count }, (_, index) => view.getUint16(pointers + 2 * index));
  return { number, octets, ...kind, cells, last: kind.isInner ? view.getUint32(start + 8) : 0 };
}

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
  const page = await pageAt(walk, number);
  if (!page.isInner) {
    yield* rowsOfLeaf(walk, page, { from, to });
    return;
  }
  const part = (to - from) / (page.cells.length + 1);
  const below = (child: number, begin: number) =>
    rowsBelow(walk, child, { depth: depth + 1, from: begin, to: begin + part });
  for (const [index, cell] of page.cells.entries()) {
    const begin = from + index * part;
    yield* below(viewOf(page.octets).getUint32(cell), begin);
    if (page.isKeyed) yield { rows: [await rowOf(walk, page, cell)], share: begin + part };
  }
  yield* below(page.last, from + page.cells.length * part);
}

async function* rowsOfLeaf(
  walk: Walk,
  page: TablePage,
  { from, to }: Pick<Part, "from" | "to">,
): AsyncIterable<RowsRead> {
  let rows: SqliteRow[] = [];
  let left = walk.left.octets;
  for (const cell of page.cells) {
    rows.push(await rowOf(walk, page, cell));
    if (left - walk.left.octets < octetsAtOnce) continue;
    yield { rows, share: from };
    [rows, left] = [[], walk.left.octets];
  }
  yield { rows, share: to };
}

async function rowOf(walk: Walk, page: TablePage, cell: number): Promise<SqliteRow> {
  const { octets, isInner, isKeyed } = page;
  // On an inner page the number of the page before it comes first.
  const { value: size, end } = varint(octets, isInner ? cell + 4 : cell);
  const id = isKeyed ? { value: 0, end } : varint(octets, end);
  walk.left.octets -= size;
  if (size > (walk.longest ?? size) || walk.left.octets < 0) throw wrong();
  const local = localSize(size, walk.usable, isKeyed);
  const begin = octets.subarray(id.end, id.end + local);
  if (begin.length < local) throw wrong();
  const record =
    local === size || walk.longest === null
      ? begin
      : await joinOverflow(walk, begin, size, octets, id.end);
  const values = valuesOf(record, size, walk.decode);
  return { id: id.value, at: { page: page.number, cell }, size, values };
}

/** Octets of a record that stand on its own page (section 1.6). */
function localSize(size: number, usable: number, isKeyed: boolean): number {
  const most = isKeyed ? Math.floor(((usable - 12) * 64) / 255) - 23 : usable - 35;
  if (size <= most) return size;
  const least = Math.floor(((usable - 12) * 32) / 255) - 23;
  const local = least + ((size - least) % (usable - 4));
  return local <= most ? local : least;
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

/** Of a record that goes on over other pages, as many values as are there. */
function valuesOf(record: Uint8Array, whole: number, decode: Walk["decode"]): SqliteValue[] {
  const view = viewOf(record);
  const head = varint(record, 0);
  const values: SqliteValue[] = [];
  let at = head.value;
  for (let type = head.end; type < head.value; ) {
    const serial = varint(record, type);
    type = serial.end;
    const size = sizeOf(serial.value);
    if (at + size > whole) throw wrong();
    if (at + size > record.length) break;
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
