import { z } from "zod";
import type { H3Cell } from "#core/geo/cell.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { numberTypes } from "#core/records/types.ts";
import type { StoredType } from "#server/records/queries/event-types.ts";

/** One base64 `array_send` per column; null without events. */
export const packedRow = z.object({
  cell: z.string().nullable(),
  start: z.string().nullable(),
  end: z.string().nullable(),
  kind: z.string().nullable(),
  source: z.string().nullable(),
  category: z.string().nullable(),
  /** Null also when not requested, like segments. */
  type: z.string().nullable(),
  segment: z.string().nullable(),
});
type PackedRow = z.infer<typeof packedRow> & { readonly cell: string };

export interface PackedEvents {
  readonly row: PackedRow;
  readonly stored: readonly StoredType[];
}

export const unpackEvents = ({ row, stored }: PackedEvents) => unpackColumns(row, stored);

export const noEvents: EventColumns = {
  length: 0,
  cells: [],
  cell: new Uint32Array(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
  kind: new Uint8Array(0),
  source: new Uint8Array(0),
  category: new Uint8Array(0),
  type: new Uint8Array(0),
  types: [],
};

export function unpackColumns(packed: PackedRow, stored: readonly StoredType[]): EventColumns {
  const bigints = unpackBigints(packed.cell);
  const cells: H3Cell[] = [];
  const indexOf = new Map<bigint, number>();
  const cell = Uint32Array.from(bigints, (value) => {
    const known = indexOf.get(value);
    if (known !== undefined) return known;
    indexOf.set(value, cells.length);
    return cells.push(value.toString(16) as H3Cell) - 1;
  });
  return {
    length: cell.length,
    cells,
    cell,
    start: unpackIntegers(packed.start),
    end: unpackIntegers(packed.end),
    kind: Uint8Array.from(unpackIntegers(packed.kind)),
    source: Uint8Array.from(unpackIntegers(packed.source)),
    category: Uint8Array.from(unpackIntegers(packed.category)),
    ...unpackTypes(packed.type ? unpackIntegers(packed.type) : new Int32Array(cell.length), stored),
  };
}

/** Codes to places among the words that occur: profiles may share a word. */
function unpackTypes(codes: Int32Array, stored: readonly StoredType[]) {
  const occurring = new Set(codes);
  const present = stored.filter(({ code }) => occurring.has(code));
  const { types, numberOf } = numberTypes(present.map(({ word }) => word));
  const numbers = new Map(present.map(({ code, word }) => [code, numberOf(word)]));
  return { types, type: Uint8Array.from(codes, (code) => numbers.get(code) ?? 0) };
}

/**
 * PostgreSQL's binary array (src/backend/utils/adt/arrayfuncs.c, array_send): dimensions, null flag,
 * element type, length and lower bound, then 4 bytes of size and the value, big-endian throughout.
 */
const headerBytes = 20;

export function unpackIntegers(base64: string | null): Int32Array {
  if (base64 === null) return new Int32Array(0);
  const view = viewOf(base64);
  const values = new Int32Array(view.getInt32(12));
  for (let at = 0; at < values.length; at += 1) {
    values[at] = view.getInt32(headerBytes + at * 8 + 4);
  }
  return values;
}

function unpackBigints(base64: string): BigInt64Array {
  const view = viewOf(base64);
  const values = new BigInt64Array(view.getInt32(12));
  for (let at = 0; at < values.length; at += 1) {
    values[at] = view.getBigInt64(headerBytes + at * 12 + 4);
  }
  return values;
}

function viewOf(base64: string): DataView {
  const bytes = Buffer.from(base64, "base64");
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
