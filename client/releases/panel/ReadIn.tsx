import { type CSSProperties, createContext, use } from "react";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { languageChoice } from "#client/state/language.ts";
import { sourcesOf } from "#core/releases/presentation/deck.ts";
import { inEnglish, type Language, langOfFrozen } from "#core/releases/presentation/language.ts";
import type { ReleaseNote } from "#core/releases/wire/release.ts";
import { isUnchecked } from "#core/text/language.ts";
import { inEnglishWords, uncheckedWords } from "#core/text/languages.ts";

/** What slides and handout are read in; the controls around them are English. */
export const ReadIn = createContext<Language>(inEnglish);

/** What blocks.css writes before words that stay English. */
export function englishMark({ code }: Language): CSSProperties {
  return code === "en" ? {} : ({ "--english": `"${inEnglishWords[code]} "` } as CSSProperties);
}

export const panelLanguage = languageChoice("panel");

forgetOnSignOut(panelLanguage.readAgain);

/**
 * A fall at an operation with a rise at a line (SAFEGUARDS 11): on every slide, blanked ones too,
 * and on the first sheet, with its own dates, apart from the month's figures. Cannot be closed.
 * Part of the release as approved (SAFEGUARDS 22).
 */
export function MovedNotes({ notes }: { readonly notes: readonly ReleaseNote[] }) {
  const language = use(ReadIn);
  return notes.map(({ operation, text, basis }) => (
    <aside
      key={operation}
      className="panel__moved surface row middle gap-3"
      aria-label={language.say("moved.note")}
    >
      <p lang={langOfFrozen(language)}>
        <strong>{text}</strong> <span className="panel__moved-basis">{basis}</span>
      </p>
    </aside>
  ));
}

interface SourcesProps {
  readonly language: Language;
  readonly sources: readonly string[];
}

/** Where figures and words come from; also that nobody has checked a translation. */
export function Sources({ language, sources }: SourcesProps) {
  const [own, ...frozen] = sourcesOf(language, sources);
  return (
    <>
      {own} <span lang={langOfFrozen(language)}>{frozen.join(" ")}</span>
      {isUnchecked(language) ? (
        <>
          {" "}
          {uncheckedWords[language.code]}. <span lang="en">{uncheckedWords.en}.</span>
        </>
      ) : null}
    </>
  );
}
