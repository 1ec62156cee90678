import { viewOf } from "#core/table/features/octets.ts";

/**
 * A table of FlatBuffers (https://flatbuffers.dev/internals), of which each field is asked by its number; 0, nothing or null
 * for one that is not there. Every access is within the octets or throws a `RangeError`, which the makers' own package does
 * not promise.
 */
export interface FlatTable {
  readonly u8: (field: number) => number;
  readonly u16: (field: number, otherwise: number) => number;
  readonly i32: (field: number) => number;
  readonly u64: (field: number) => number;
  readonly text: (field: number) => string | null;
  readonly octets: (field: number) => Uint8Array;
  readonly doubles: (field: number) => readonly number[];
  readonly integers: (field: number) => readonly number[];
  readonly table: (field: number) => FlatTable | null;
  readonly tables: (field: number) => readonly FlatTable[];
}

export function createFlatTable(
  all: Uint8Array,
  decode: (octets: Uint8Array) => string,
): FlatTable {
  const view = viewOf(all);
  const u32 = (at: number) => view.getUint32(at, true);
  // Lists may lie over one another; a file in which many do is a trap for the memory.
  let left = 4 * all.length;
  const tableAt = (start: number): FlatTable => {
    const fields = start - view.getInt32(start, true);
    const fieldsEnd = view.getUint16(fields, true);
    /** Null where the writer left the field out. */
    const placeOf = (field: number): number | null => {
      const at = 4 + 2 * field;
      const offset = at < fieldsEnd ? view.getUint16(fields + at, true) : 0;
      return offset === 0 ? null : start + offset;
    };
    const listOf = (field: number, size: number) => {
      const at = placeOf(field);
      if (at === null) return { from: 0, count: 0 };
      const list = at + u32(at);
      const count = u32(list);
      left -= count * size;
      if (list + 4 + count * size > all.length || left < 0)
        throw new RangeError("A list beyond it");
      return { from: list + 4, count };
    };
    const each = <Value>(field: number, size: number, read: (at: number) => Value): Value[] => {
      const { from, count } = listOf(field, size);
      return Array.from({ length: count }, (_, index) => read(from + index * size));
    };
    const number = (field: number, read: (at: number) => number, otherwise = 0) => {
      const at = placeOf(field);
      return at === null ? otherwise : read(at);
    };
    const octets = (field: number) => {
      const { from, count } = listOf(field, 1);
      return all.subarray(from, from + count);
    };
    return {
      u8: (field) => number(field, (at) => view.getUint8(at)),
      u16: (field, otherwise) => number(field, (at) => view.getUint16(at, true), otherwise),
      i32: (field) => number(field, (at) => view.getInt32(at, true)),
      u64: (field) => number(field, (at) => Number(view.getBigUint64(at, true))),
      text: (field) => (placeOf(field) === null ? null : decode(octets(field))),
      octets,
      doubles: (field) => each(field, 8, (at) => view.getFloat64(at, true)),
      integers: (field) => each(field, 4, u32),
      table: (field) => {
        const at = placeOf(field);
        return at === null ? null : tableAt(at + u32(at));
      },
      tables: (field) => each(field, 4, (at) => tableAt(at + u32(at))),
    };
  };
  return tableAt(u32(0));
}
