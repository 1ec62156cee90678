import { createStore } from "#client/state/store.ts";
import { isLanguageCode, type LanguageCode } from "#core/text/languages.ts";

/**
 * The language of one part of the page, remembered on this device until somebody signs out, which
 * leaves nothing behind. Before and after, it is `usual`.
 */
export function languageChoice(part: string, usual: () => LanguageCode = () => "en") {
  const key = `boxster-language-${part}`;
  const chosen = createStore<LanguageCode>(read(key) ?? usual());
  const choose = (code: LanguageCode) => {
    chosen.set(() => code);
    try {
      window.localStorage.setItem(key, code);
    } catch {
      // Without storage it lasts for this visit.
    }
  };
  /** Whoever comes next has what the device remembers. */
  const readAgain = () => chosen.set(() => read(key) ?? usual());
  return { chosen, choose, readAgain };
}

/** The first of the phone's own languages that we have: on a shared phone it tells of nobody. */
export function languageOfDevice(): LanguageCode {
  const own = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  return own.find(isLanguageCode) ?? "en";
}

/** Of the Diary, and of signing in to it by a PIN. */
export const diaryLanguage = languageChoice("diary", languageOfDevice);

function read(key: string): LanguageCode | null {
  try {
    const stored = window.localStorage.getItem(key);
    return isLanguageCode(stored) ? stored : null;
  } catch {
    return null;
  }
}
