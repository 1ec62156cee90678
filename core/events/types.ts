import type { EventColumns } from "#core/events/columns.ts";
import { typeKey } from "#core/events/type-key.ts";

/** Words in order, each once however profiles write it, and the place of each, counted from 1. */
export function numberTypes(words: readonly string[]): {
  readonly types: readonly string[];
  readonly numberOf: (word: string) => number;
} {
  const byKey = new Map<string, string>();
  for (const word of words) if (!byKey.has(typeKey(word))) byKey.set(typeKey(word), word);
  const types = [...byKey.values()].sort((a, b) => a.localeCompare(b, "en-GB"));
  const numbers = new Map(types.map((word, at) => [typeKey(word), at + 1]));
  return { types, numberOf: (word) => numbers.get(typeKey(word)) ?? 0 };
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
