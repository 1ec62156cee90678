import { normaliseWords } from "#core/text/normalise.ts";
import { slipsBetween } from "#core/text/slips.ts";

/** A profile has no more types than this (DEFINITIONS, Events). */
export const mostTypes = 64;

export const longestWord = 40;

/** Key in filters, addresses and saved views: `anti-social-behaviour`. */
export function typeKey(word: string): string {
  return normaliseWords(word).replaceAll(" ", "-");
}

/** Sorted distinct words across profiles, with the index of each, from 1. */
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

/** The records' words for these keys; for an unknown one, the key as words. */
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

/** A source's closed list of words, by any spelling or code in files. */
export type TypeList = ReadonlyMap<string, string>;

export function typeList(
  words: readonly string[],
  codes: Readonly<Record<string, string>> = {},
): TypeList {
  const known = words.map((word) => [normaliseWords(word), word] as const);
  return new Map([...known, ...Object.entries(codes)]);
}

/** Known words that hold it, or are it but for two slips. */
export function nearestTypes(word: string, known: readonly string[], most = 3): string[] {
  const asked = word.toLowerCase();
  return known
    .filter((each) => {
      const text = each.toLowerCase();
      return text.includes(asked) || slipsBetween(asked, text) <= 2;
    })
    .slice(0, most);
}
