import { createStore } from "#client/state/store.ts";
import { isLanguageCode, type LanguageCode } from "#core/text/languages.ts";

/** The language of one part of the page, remembered on this device. */
export function languageChoice(part: string) {
  const key = `boxster-language-${part}`;
  const chosen = createStore<LanguageCode>(read(key));
  const choose = (code: LanguageCode) => {
    chosen.set(() => code);
    try {
      window.localStorage.setItem(key, code);
    } catch {
      // Without storage it lasts for this visit.
    }
  };
  /** Whoever comes next has what the device remembers. */
  const readAgain = () => chosen.set(() => read(key));
  return { chosen, choose, readAgain };
}

function read(key: string): LanguageCode {
  try {
    const stored = window.localStorage.getItem(key);
    return isLanguageCode(stored) ? stored : "en";
  } catch {
    return "en";
  }
}
