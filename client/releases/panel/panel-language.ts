import { languageChoice } from "#client/state/language.ts";

export const panelLanguage = languageChoice("panel");
