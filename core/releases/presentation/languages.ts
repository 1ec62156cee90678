import { inEnglish, type Language, type Translated } from "#core/releases/presentation/language.ts";
import { english } from "#core/releases/presentation/words/english.ts";
import { type Dictionary, speak } from "#core/text/language.ts";
import type { LanguageCode } from "#core/text/languages.ts";

/** Read when chosen: nobody loads a language that they do not read. */
const dictionaries: {
  readonly [Code in Exclude<LanguageCode, "en">]: () => Promise<Dictionary<Translated, Code>>;
} = {
  tr: async () => (await import("#core/releases/presentation/words/tr.ts")).dictionary,
  pl: async () => (await import("#core/releases/presentation/words/pl.ts")).dictionary,
  ro: async () => (await import("#core/releases/presentation/words/ro.ts")).dictionary,
  so: async () => (await import("#core/releases/presentation/words/so.ts")).dictionary,
  sq: async () => (await import("#core/releases/presentation/words/sq.ts")).dictionary,
};

export async function languageOf(code: LanguageCode): Promise<Language> {
  if (code === "en") return inEnglish;
  const { words, checkedBy } = await dictionaries[code]();
  return speak<typeof english>(code, { ...english, ...words }, checkedBy);
}
