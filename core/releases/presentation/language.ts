import { english } from "#core/releases/presentation/words/english.ts";
import { type LanguageOf, type PlainKeyOf, type SayOf, speak } from "#core/text/language.ts";

type English = typeof english;

/**
 * Language of a slide, handout, page or file: messages, and formats of numbers, months, dates and
 * lists. What was frozen with the release (names of areas, notes, answers) is not translated.
 */
export type Language = LanguageOf<English>;
export type Say = SayOf<English>;
/** No placeholders. */
export type PlainKey = PlainKeyOf<English>;

/** The law and the hard questions of the slides: words of lawyers, which stay English. */
type OnHandout =
  | "limits.search"
  | "you.leave"
  | "you.leave-confront"
  | "you.leave-film"
  | "law.not-offences";
type OnPage = "q.street" | "q.street-answer";
type OfLaw = `${"selling" | "powers" | "limits" | "you" | "questions" | "q"}.${string}`;
type EnglishOnly =
  | Exclude<keyof English & OfLaw, OnHandout | OnPage>
  | "law.name"
  | "law.heading"
  | "law.child";
export type Translated = Omit<English, EnglishOnly>;

/** `lang` of what was frozen, among words of another language. */
export function langOfFrozen({ code }: Pick<Language, "code">): "en" | undefined {
  return code === "en" ? undefined : "en";
}

export const inEnglish: Language = speak<English>("en", english);
