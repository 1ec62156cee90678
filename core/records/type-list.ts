import { normaliseWords } from "#core/text/normalise.ts";

/** The closed list of a source's own words, however a file writes them or by the code of each. */
export type TypeList = ReadonlyMap<string, string>;

export function typeList(
  words: readonly string[],
  codes: Readonly<Record<string, string>> = {},
): TypeList {
  const known = words.map((word) => [normaliseWords(word), word] as const);
  return new Map([...known, ...Object.entries(codes)]);
}
