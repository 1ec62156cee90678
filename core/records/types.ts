import type { EventColumns } from "#core/records/columns.ts";
import { typeKey } from "#core/records/type-key.ts";

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

/** The words of these keys, as the records have them; of one that no record has, its key in words. */
export function wordsOfTypes(types: readonly string[], keys: readonly string[]): string[] {
  return keys.map((key) => types.find((word) => typeKey(word) === key) ?? key.replaceAll("-", " "));
}

export function withTypes(sentence: string, words: readonly string[]): string {
  const note = typesNote(words);
  return note === null ? sentence : `${sentence} ${note}`;
}

/** "Only the types Burglary, Drugs."; null where all are meant. */
export function typesNote(words: readonly string[]): string | null {
  if (words.length === 0) return null;
  return `Only the ${words.length === 1 ? "type" : "types"} ${words.join(", ")}.`;
}
