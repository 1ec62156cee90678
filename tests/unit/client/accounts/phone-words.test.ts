import { expect, test } from "vitest";
import { phoneDictionaries } from "#client/accounts/sign-in/phone-words.ts";
import { languageCodes } from "#core/text/languages.ts";
import { faultsOf } from "#tests/support/dictionaries.ts";

test.each(languageCodes.filter((code) => code !== "en"))(
  "signing in on a phone in %s: every text translated, with its placeholders, and no word of what is behind it",
  (code) => {
    const words = phoneDictionaries[code];
    expect(faultsOf(phoneDictionaries.en, words, [])).toEqual([]);
    expect(Object.values(words).join(" ")).not.toMatch(/boxster|polic|outreach|patrol/i);
  },
);
