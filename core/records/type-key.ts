import { normaliseWords } from "#core/text/normalise.ts";

/** A profile has no more types than this (DEFINITIONS, Events). */
export const mostTypes = 64;

/** By what a type is known in filters, addresses and saved views: `anti-social-behaviour`. */
export function typeKey(word: string): string {
  return normaliseWords(word).replaceAll(" ", "-");
}
