import {
  doneBlocks,
  firstOfEach,
  helpedBlocks,
  movedBlocks,
  phaseBlocks,
  promises,
} from "#core/releases/presentation/answer-slides.ts";
import { identityOf } from "#core/releases/presentation/deck.ts";
import {
  areaSentence,
  fewerWords,
  highestSentence,
  mapBlock,
  monthsBlocks,
  tableBlocks,
} from "#core/releases/presentation/figure-slides.ts";
import {
  helpLines,
  lawBlocks,
  lawOf,
  reportLines,
} from "#core/releases/presentation/law-slides.ts";
import { type Block, frozenTexts, type Shown, textsOf } from "#core/releases/presentation/slide.ts";
import { areaOf, commandFigure, figuresOf, sightingsOf } from "#core/releases/presentation/view.ts";

/** Two A4 pages, or three if needed. */
export interface HandoutContent {
  readonly lead: string;
  readonly second: string | null;
  readonly fewer: string;
  readonly map: Block;
  readonly table: readonly Block[];
  readonly sections: Readonly<Record<SectionId, Section>>;
  readonly identity: readonly string[];
}

type SectionId = "when" | "done" | "helped" | "promised" | "law" | "report" | "method";

interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** Room beside the rest at a readable size, in characters and rows; files have everything. */
const mostOfAnswers = 650;
const mostOfPromises = 900;
/** Of each group, side by side. */
const mostDone = 12;

export function handoutOf(shown: Shown): HandoutContent {
  const { reply, language, month, level } = shown;
  const { release } = reply;
  const { say } = language;
  const command = commandFigure(release, month);
  const whole: Shown = { ...shown, area: undefined };
  const answers = [
    ...helpedBlocks(release, language),
    ...movedBlocks(release, language),
    ...phaseBlocks(release),
  ];
  const law = lawOf(shown, [
    "not-offences",
    "loitering",
    "buying-in-street",
    "exploited",
    "search",
  ]);
  const done = { ...release, done: firstOfEach(release.done, mostDone) };
  return {
    lead: command ? areaSentence(command, month, language) : say("paper.title"),
    second: highestSentence(figuresOf(release, month, level), language),
    fewer: fewerWords(release, language),
    map: mapBlock(shown),
    table: tableBlocks(shown),
    sections: {
      when: {
        title: say("when.heading", { area: areaOf(release, undefined)?.name ?? "" }),
        blocks: monthsBlocks(whole),
      },
      done: {
        title: say("done.name"),
        blocks: [
          ...doneBlocks(done, language),
          ...more(release.done.length - done.done.length, shown),
        ],
      },
      helped: {
        title: say("paper.helped"),
        blocks: [...first(answers, mostOfAnswers, shown), ...textsOf(say("helped.cause"))],
      },
      promised: {
        title: say("promised.heading"),
        blocks: first(promises(release, language), mostOfPromises, shown),
      },
      law: {
        title: say(law.length === 0 ? "you.leave" : "paper.law"),
        blocks: [
          ...lawBlocks(shown, law),
          { kind: "list", items: [say("you.leave-confront"), say("you.leave-film")] },
        ],
      },
      report: {
        title: say("paper.report"),
        blocks: [...helpLines(language), ...reportLines(language)],
      },
      method: {
        title: say("method.heading"),
        blocks: [
          ...frozenTexts(...release.notes),
          ...(sightingsOf(release, month) === undefined
            ? []
            : textsOf(say("reported.sightings-what"))),
          ...textsOf(`${say("contact.data")}: ${say("contact.data-how")}`),
        ],
      },
    },
    identity: identityOf(reply, language),
  };
}

/** As many as fit, at least one. */
function first(blocks: readonly Block[], mostSigns: number, shown: Shown): readonly Block[] {
  let signs = 0;
  const end = blocks.findIndex((block, at) => {
    signs += signsOf(block);
    return at > 0 && signs > mostSigns;
  });
  return end < 0 ? blocks : [...blocks.slice(0, end), ...more(blocks.length - end, shown)];
}

function signsOf(block: Block): number {
  if (block.kind === "answer") return block.text.length + block.basis.length;
  return block.kind === "promise" ? block.inOneLine.length : 0;
}

function more(count: number, { language }: Shown): readonly Block[] {
  if (count <= 0) return [];
  const text = language.say("paper.more", { count });
  return [{ kind: "text", text, look: "strong" }];
}
