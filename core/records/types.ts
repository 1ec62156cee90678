import { normaliseWords } from "#core/text/normalise.ts";

/** A profile has no more types than this (DEFINITIONS, Events). */
export const mostTypes = 64;

/** By what a type is known in filters, addresses and saved views: `anti-social-behaviour`. */
export function typeKey(word: string): string {
  return normaliseWords(word).replaceAll(" ", "-");
}

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
