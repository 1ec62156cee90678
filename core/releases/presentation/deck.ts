import { answerSlides } from "#core/releases/presentation/answer-slides.ts";
import { figureSlides } from "#core/releases/presentation/figure-slides.ts";
import { inEnglish, type Language, spokenIn } from "#core/releases/presentation/language.ts";
import { lawSlides, questionSlides } from "#core/releases/presentation/law-slides.ts";
import { planMap } from "#core/releases/presentation/map-names.ts";
import { drawPanel } from "#core/releases/presentation/shapes.ts";
import {
  type DrawnMap,
  frozenTexts,
  type Shown,
  type Slide,
  slideOf,
  textsOf,
} from "#core/releases/presentation/slide.ts";
import type { ReleaseDocument, ReleaseReply } from "#core/releases/wire/release.ts";

export interface Deck {
  /** In presentation order. */
  readonly slides: readonly Slide[];
  /** One key away: first the list of the questions, then each with its answer. */
  readonly questions: readonly Slide[];
}

/** Drawn once per release: the map stays fixed across months and slides. */
export function drawMap(release: ReleaseDocument): DrawnMap {
  const drawing = drawPanel(release.outlines);
  return { drawing, plan: planMap(release.areas, drawing) };
}

/** Defaults: last month, smallest areas, whole command. */
export function shownAtFirst(reply: ReleaseReply, language: Language = inEnglish): Shown {
  return {
    reply,
    language,
    map: drawMap(reply.release),
    month: reply.release.months.at(-1) ?? "",
    level: "part",
    area: undefined,
  };
}

/** What residents reported, what was done, whether it helped or moved, the law, and how to report. */
export function deckOf(given: Shown): Deck {
  const { language } = given;
  const reply = spokenIn(given.reply, language);
  const shown = { ...given, reply };
  const { say } = language;
  return {
    slides: [
      ...figureSlides(shown),
      ...answerSlides(shown),
      ...lawSlides(shown),
      slideOf("method", say("method.heading"), say("method.heading"), [
        ...frozenTexts(...reply.release.notes),
        { kind: "list", items: identityOf(reply, language) },
        ...textsOf(say("q.check-answer")),
      ]),
    ],
    questions: questionSlides(shown),
  };
}

/** Number and hash: which release, and how to verify it. */
export function identityOf(
  { release, approvedOn, hash, previousHash }: ReleaseReply,
  { say, date }: Language,
): readonly string[] {
  return [
    say("method.release", {
      number: String(release.number),
      asAt: date(release.asAt),
      approved: date(approvedOn),
    }),
    say("method.hash", { hash }),
    previousHash === null ? say("method.first") : say("method.hash-before", { hash: previousHash }),
    say("method.check"),
  ];
}

export function sourcesOf({ say }: Language, sources: readonly string[]): readonly string[] {
  return [say("foot.source"), ...sources.map((line) => `${line.replace(/\.$/, "")}.`)];
}
