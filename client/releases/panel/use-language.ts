import { createContext, use } from "react";
import { inEnglish, type Language } from "#core/releases/presentation/language.ts";

/** What slides and handout speak; the tool's own buttons stay as they are. */
const LanguageContext = createContext<Language>(inEnglish);

export function useLanguage(): Language {
  return use(LanguageContext);
}
