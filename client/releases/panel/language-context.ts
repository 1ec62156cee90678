import { createContext } from "react";
import { inEnglish, type Language } from "#core/releases/presentation/language.ts";

/** What slides and handout are read in; the controls around them are English. */
export const ReadIn = createContext<Language>(inEnglish);
