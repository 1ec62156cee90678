import { type CSSProperties, createContext } from "react";
import { inEnglish, type Language } from "#core/releases/presentation/language.ts";
import { inEnglishWords } from "#core/text/languages.ts";

/** What slides and handout are read in; the controls around them are English. */
export const ReadIn = createContext<Language>(inEnglish);

/** What blocks.css writes before words that stay English. */
export function englishMark({ code }: Language): CSSProperties {
  return code === "en" ? {} : ({ "--english": `"${inEnglishWords[code]} "` } as CSSProperties);
}
