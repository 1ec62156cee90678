import { inEnglish, type Language, type Translated } from "#core/releases/presentation/language.ts";
import { english } from "#core/releases/presentation/words/english.ts";
import { type Dictionaries, speak } from "#core/text/language.ts";
import type { LanguageCode } from "#core/text/languages.ts";

/** Read when chosen: nobody loads a language that they do not read. */
const dictionaries: Dictionaries<Translated> = {
  tr: () => import("#data/words/public/tr.json", { with: { type: "json" } }),
  pl: () => import("#data/words/public/pl.json", { with: { type: "json" } }),
  ro: () => import("#data/words/public/ro.json", { with: { type: "json" } }),
  so: () => import("#data/words/public/so.json", { with: { type: "json" } }),
  sq: () => import("#data/words/public/sq.json", { with: { type: "json" } }),
};

export async function languageOf(code: LanguageCode): Promise<Language> {
  if (code === "en") return inEnglish;
  const { words, checkedBy } = (await dictionaries[code]()).default;
  return speak<typeof english>(code, { ...english, ...words }, checkedBy);
}
