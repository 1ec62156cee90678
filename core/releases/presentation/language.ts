import { english } from "#core/releases/presentation/words/english.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
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
type OnHandout = "you.leave" | "you.leave-confront" | "you.leave-film";
type OnPage = "q.street" | "q.street-answer";
type OfLaw = `${"selling" | "powers" | "limits" | "you" | "questions" | "q"}.${string}`;
type EnglishOnly = Exclude<keyof English & OfLaw, OnHandout | OnPage> | "law.name" | "law.heading";
export type Translated = Omit<English, EnglishOnly>;

/** `lang` of what was frozen, among words of another language. */
export function langOfFrozen({ code }: Pick<Language, "code">): "en" | undefined {
  return code === "en" ? undefined : "en";
}

export const inEnglish: Language = speak<English>("en", english);

/**
 * A release as a language says it: the name of a command that only lists its boroughs ("A and
 * B"), and the mark of made-up data. Other names and words stay as they were frozen.
 */
export function spokenIn(reply: ReleaseReply, language: Language): ReleaseReply {
  if (language.code === "en") return reply;
  const { areas, mark } = reply.release;
  const spoken = areas.map((area) => {
    const parts = areas.filter(({ parent }) => parent === area.id).map(({ name }) => name);
    const isList = area.kind === "command" && inEnglish.list(parts) === area.name;
    return isList ? { ...area, name: language.list(parts) } : area;
  });
  return { ...reply, release: { ...reply.release, areas: spoken, mark: markIn(mark, language) } };
}

const marks = ["mark.made-up", "mark.imported"] as const;

export function markIn(mark: string | null, { say }: Language): string | null {
  const key = marks.find((one) => english[one] === mark);
  return key === undefined ? mark : say(key);
}
