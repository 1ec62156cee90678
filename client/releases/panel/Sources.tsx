import { sourcesOf } from "#core/releases/presentation/deck.ts";
import { type Language, langOfFrozen } from "#core/releases/presentation/language.ts";
import { isUnchecked } from "#core/text/language.ts";
import { uncheckedWords } from "#core/text/languages.ts";

interface SourcesProps {
  readonly language: Language;
  /** Frozen with the release. */
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
