import {
  inEnglish,
  type Language,
  type PlainKey,
  type Say,
} from "#core/releases/presentation/language.ts";
import { type Block, type Shown, type Slide, slideOf } from "#core/releases/presentation/slide.ts";
import { isDue, type LawText } from "#core/releases/wire/law.ts";

/** The law, what helps, and how to report. Without any law, as in a release from before it was frozen, its slides are left out. */
export function lawSlides(shown: Shown): readonly Slide[] {
  const { language } = shown;
  const { say } = language;
  return [
    ...ofLaw({ ...shown, language: inEnglish }).map(
      (slide): Slide => ({ ...slide, isEnglish: true }),
    ),
    slideOf("help", say("help.name"), say("help.heading"), helpLines(language)),
    slideOf("contact", say("contact.name"), say("contact.name"), [
      ...reportLines(language),
      ...pairs(say, ["contact.data"]),
    ]),
  ];
}

function ofLaw(shown: Shown): readonly Slide[] {
  const { say } = inEnglish;
  const lawSlide = (
    [id, name, heading]: readonly [id: string, name: PlainKey, heading: PlainKey],
    ids: readonly LawId[],
    { before = [], after = [] }: Partial<Record<"before" | "after", readonly PlainKey[]>> = {},
  ): readonly Slide[] => {
    const blocks = lawBlocks(shown, lawOf(shown, ids), {
      before: before.length === 0 ? [] : [list(say, before)],
      after: after.length === 0 ? [] : [list(say, after)],
    });
    return blocks.length === 0 ? [] : [slideOf(id, say(name), say(heading), blocks)];
  };
  return [
    ...lawSlide(
      ["law", "law.name", "law.heading"],
      ["not-offences", "buying-in-street", "exploited", "child"],
    ),
    ...lawSlide(
      ["selling", "selling.name", "selling.heading"],
      ["loitering", "brothel", "control"],
      { after: ["selling.victims"] },
    ),
    ...lawSlide(
      ["powers", "powers.name", "powers.name"],
      ["courses", "community-protection", "vehicles", "respect-orders"],
      { before: ["powers.support", "powers.exploiters", "powers.places", "powers.warn"] },
    ),
    ...lawSlide(
      ["limits", "limits.name", "limits.name"],
      ["search", "arrest", "course-choice", "tell"],
      { before: ["limits.presence", "limits.speed"] },
    ),
    slideOf("you", say("you.name"), say("you.heading"), [
      list(say, ["you.do-report", "you.do-worry", "you.do-place", "you.do-ask"], "you.do"),
      list(
        say,
        ["you.leave-confront", "you.leave-film", "you.leave-follow", "you.leave-guess"],
        "you.leave",
      ),
    ]),
  ];
}

export type LawId =
  | ("not-offences" | "buying-in-street" | "exploited" | "child")
  | ("loitering" | "brothel" | "control")
  | ("courses" | "community-protection" | "vehicles" | "respect-orders")
  | ("search" | "arrest" | "course-choice" | "tell");

export function lawOf({ lawNow, reply }: Shown, ids: readonly LawId[]): readonly LawText[] {
  const texts = lawNow?.texts ?? reply.release.law;
  return ids.flatMap((id) => texts.filter((text) => text.id === id));
}

/**
 * With Act and section, in English in every language, and when it was read: each its own date where
 * they differ; first of all where a date is past, so that it is in sight on a slide of several parts.
 */
export function lawBlocks(
  shown: Shown,
  texts: readonly LawText[],
  { before = [], after = [] }: Partial<Record<"before" | "after", readonly Block[]>> = {},
): readonly Block[] {
  const [first] = texts;
  if (first === undefined) return [];
  const { lawNow, language } = shown;
  const isAlike = texts.every((text) => readWords(text, language) === readWords(first, language));
  const items = texts.map((text) =>
    isAlike ? lawWords(text) : `${lawWords(text)} ${readWords(text, inEnglish)}`,
  );
  const said: Block = { kind: "list", lang: "en", items };
  const due = texts.filter((text) => lawNow !== undefined && isDue(text, lawNow.today));
  if (due.length > 0) {
    const dates = [...new Set(due.map(({ asAt }) => asAt))].sort().map(language.date);
    const text = language.say("law.due", { date: language.list(dates) });
    return [{ kind: "text", text, look: "strong" }, ...before, said, ...after];
  }
  const read: readonly Block[] = isAlike
    ? [{ kind: "text", text: readWords(first, language), look: "quiet" }]
    : [];
  return [...before, said, ...after, ...read];
}

function readWords({ asAt, readAgainOn }: LawText, { say, date }: Language): string {
  return say("law.read", { date: date(asAt), again: date(readAgainOn) });
}

function lawWords({ text, cite, notKnown, asAt }: LawText): string {
  const doubt = notKnown === null ? "" : ` Not known to be in force on ${inEnglish.date(asAt)}.`;
  return `${text} (${cite})${doubt}`;
}

function list(say: Say, items: readonly PlainKey[], title?: PlainKey): Block {
  const head = title && { title: say(title) };
  return { kind: "list", ...head, items: items.map((item) => say(item)) };
}

/** An emergency first; help before reports. */
export const helpLines = ({ say }: Language) =>
  pairs(say, ["help.emergency", "help.violence", "help.exploited", "help.local"]);

export const reportLines = ({ say }: Language) =>
  pairs(say, ["contact.emergency", "contact.report", "contact.anonymous", "contact.place"]);

/** Each with its message of how. */
type WithHow = { [Key in PlainKey]: `${Key}-how` extends PlainKey ? Key : never }[PlainKey];

function pairs(say: Say, keys: readonly WithHow[]): readonly Block[] {
  return [
    { kind: "pairs", pairs: keys.map((key) => ({ title: say(key), text: say(`${key}-how`) })) },
  ];
}

export function questionSlides(shown: Shown): readonly Slide[] {
  const { say } = inEnglish;
  const all = questionsOf(shown);
  const slides = [
    slideOf("questions", say("questions.name"), say("questions.heading"), [
      { kind: "questions", questions: all.map(({ question }) => question) },
    ]),
    ...all.map(({ question, answer, source }, at) => {
      const name = say("questions.counter", { number: String(at + 1), all: String(all.length) });
      return slideOf(`q${at + 1}`, name, question, [
        { kind: "text", text: answer },
        { kind: "text", text: say("questions.source", { source }), look: "quiet" },
      ]);
    }),
  ];
  return slides.map((slide): Slide => ({ ...slide, isEnglish: true }));
}

const questions = [
  ...(["arrest", "risk", "street", "fewer", "moved"] as const),
  ...(["proof", "old", "names", "circle", "check"] as const),
];

export function questionsOf({ reply }: Pick<Shown, "reply">) {
  const { say, count } = inEnglish;
  const { threshold } = reply.release;
  return questions.map((id) => ({
    question: id === "fewer" ? say("q.fewer", { threshold: count(threshold) }) : say(`q.${id}`),
    answer:
      id === "fewer"
        ? say("q.fewer-answer", { most: count(threshold - 1) })
        : say(`q.${id}-answer`),
    source: say(`q.${id}-source`),
  }));
}
