import { forgetOnSignOut } from "#client/api/private-data.ts";
import { languageChoice } from "#client/state/language.ts";

export const panelLanguage = languageChoice("panel");

forgetOnSignOut(panelLanguage.readAgain);
