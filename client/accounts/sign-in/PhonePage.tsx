import type { ReactNode } from "react";
import type { usePhoneWords } from "#client/accounts/sign-in/phone-words.ts";
import { diaryLanguage } from "#client/state/language.ts";
import { plainName } from "#client/state/page-name.ts";
import { Select } from "#client/ui/Select.tsx";
import { languageCodes, ownNames, uncheckedWords } from "#core/text/languages.ts";
import "#client/accounts/sign-in/sign-in.css";

interface PhonePageProps {
  readonly words: ReturnType<typeof usePhoneWords>;
  readonly label: string;
  readonly children: ReactNode;
}

/** A page of a phone before anybody is known: without a word of what is behind it. */
export function PhonePage({ words, label, children }: PhonePageProps) {
  const { code, say, tag } = words;
  return (
    <main className="sign-in stack reading gap-4" lang={code === "en" ? undefined : tag}>
      <header className="stack start gap-1">
        <h1>{plainName}</h1>
      </header>
      <section className="sign-in__account stack gap-3" aria-label={label}>
        {children}
        <Select
          label={say("language")}
          value={code}
          options={languageCodes.map((value) => ({ value, label: ownNames[value] }))}
          onChange={diaryLanguage.choose}
        />
        {code === "en" ? null : <p className="quiet small">{uncheckedWords[code]}.</p>}
      </section>
    </main>
  );
}
