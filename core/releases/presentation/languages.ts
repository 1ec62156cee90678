import { inEnglish, type Language, type Translated } from "#core/releases/presentation/language.ts";
import { english } from "#core/releases/presentation/words/english.ts";
import { type Dictionary, speak } from "#core/text/language.ts";
import type { LanguageCode } from "#core/text/languages.ts";

/** Read when chosen: nobody loads a language that they do not read. */
const dictionaries: Partial<Record<LanguageCode, () => Promise<Dictionary<Translated>>>> = {};

/** Those that the pictures, slides, handout and page can be read in. */
export const releaseLanguages: readonly LanguageCode[] = [
  "en",
  ...(Object.keys(dictionaries) as LanguageCode[]),
];

export async function languageOf(code: LanguageCode): Promise<Language> {
  const read = dictionaries[code];
  if (read === undefined) return inEnglish;
  const { words, checkedBy } = await read();
  return speak<typeof english>(code, { ...english, ...words }, checkedBy);
}
