import type { H3Cell } from "#core/geo/cell.ts";
import { typeKey } from "#core/records/types.ts";

/**
 * Events as columns, sorted by start: what kernels, the planner and the client compute on.
 * `kind`, `source` and `category` index into the lists of core/records/event.ts.
 */
export interface EventColumns {
  readonly length: number;
  /** The distinct resolution-10 cells that occur. */
  readonly cells: readonly H3Cell[];
  /** Index into `cells`. */
  readonly cell: Uint32Array;
  /** Epoch minutes. */
  readonly start: Int32Array;
  /** Epoch minutes, at or after `start`. */
  readonly end: Int32Array;
  readonly kind: Uint8Array;
  readonly source: Uint8Array;
  readonly category: Uint8Array;
  /** 0 where there is none, else the place in `types`, counted from 1. */
  readonly type: Uint8Array;
  /** The sources' own words, each once, whatever profile it is of. */
  readonly types: readonly string[];
}

const magic = "BXE1";

/**
 * One binary, columnar reply: 4 bytes magic, uint32 length of a JSON header (cells, row count),
 * the header padded to 4 bytes, then cell, start, end (4 bytes each) and kind, source, category.
 * Where any event has a type, the header lists the words and a column of their places comes last: a
 * reply without them reads as one without types, and a page that knows none of them reads the rest.
 * Little-endian, as every machine that runs a current browser.
 */
export function encodeColumns(columns: EventColumns): Uint8Array {
  const { length, cells, types } = columns;
  const hasTypes = types.length > 0;
  const header = asciiBytes(asciiJson({ rows: length, cells, ...(hasTypes ? { types } : {}) }));
  const bodyAt = 8 + Math.ceil(header.length / 4) * 4;
  const bytes = new Uint8Array(bodyAt + length * (hasTypes ? 16 : 15));
  bytes.set(asciiBytes(magic), 0);
  new DataView(bytes.buffer).setUint32(4, header.length, true);
  bytes.set(header, 8);
  let at = bodyAt;
  for (const part of [columns.cell, columns.start, columns.end]) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  const { kind, source, category, type } = columns;
  for (const part of hasTypes ? [kind, source, category, type] : [kind, source, category]) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export function decodeColumns(buffer: ArrayBuffer): EventColumns {
  if (buffer.byteLength < 8 || asciiText(new Uint8Array(buffer, 0, 4)) !== magic) {
    throw new TypeError("Not an event column file");
  }
  const headerLength = new DataView(buffer).getUint32(4, true);
  const header = JSON.parse(asciiText(new Uint8Array(buffer, 8, headerLength))) as {
    rows: number;
    cells: H3Cell[];
    types?: string[];
  };
  const { rows, types = [] } = header;
  const at = 8 + Math.ceil(headerLength / 4) * 4;
  return {
    length: rows,
    cells: header.cells,
    cell: new Uint32Array(buffer, at, rows),
    start: new Int32Array(buffer, at + rows * 4, rows),
    end: new Int32Array(buffer, at + rows * 8, rows),
    kind: new Uint8Array(buffer, at + rows * 12, rows),
    source: new Uint8Array(buffer, at + rows * 13, rows),
    category: new Uint8Array(buffer, at + rows * 14, rows),
    type: types.length > 0 ? new Uint8Array(buffer, at + rows * 15, rows) : new Uint8Array(rows),
    types,
  };
}

/** Words of sources may hold letters beyond it. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u0080-\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function asciiText(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** The rows of these types alone, by key; all of them where none is named. */
export function ofTypes(columns: EventColumns, keys: readonly string[]): EventColumns {
  if (keys.length === 0) return columns;
  const isChosen = [false, ...columns.types.map((word) => keys.includes(typeKey(word)))];
  const rows: number[] = [];
  columns.type.forEach((type, row) => {
    if (isChosen[type]) rows.push(row);
  });
  const at = Uint32Array.from(rows);
  const bytes = (column: Uint8Array) => Uint8Array.from(at, (row) => column[row] as number);
  return {
    ...columns,
    length: at.length,
    cell: at.map((row) => columns.cell[row] as number),
    start: Int32Array.from(at, (row) => columns.start[row] as number),
    end: Int32Array.from(at, (row) => columns.end[row] as number),
    kind: bytes(columns.kind),
    source: bytes(columns.source),
    category: bytes(columns.category),
    type: bytes(columns.type),
  };
}
