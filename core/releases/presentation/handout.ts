import {
  doneAbout,
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
import { spokenIn } from "#core/releases/presentation/language.ts";
import {
  helpLines,
  type LawId,
  lawBlocks,
  lawOf,
  reportLines,
} from "#core/releases/presentation/law-slides.ts";
import { type Block, frozenTexts, type Shown, textsOf } from "#core/releases/presentation/slide.ts";
import { areaOf, commandFigure, figuresOf, sightingsOf } from "#core/releases/presentation/view.ts";

/** Both sides of one sheet of A4. */
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

/**
 * How much of each is on paper, in rows and characters, the most first: the page takes the first that
 * fits at a readable size. Files have everything, and paper says how much more that is.
 */
export const handoutRooms = [
  { areas: 100, done: 12, answers: 650, promises: 900, laws: 5, notes: 2000 },
  { areas: 100, done: 6, answers: 650, promises: 700, laws: 5, notes: 800 },
  { areas: 36, done: 4, answers: 500, promises: 500, laws: 4, notes: 500 },
  { areas: 24, done: 3, answers: 350, promises: 300, laws: 4, notes: 300 },
  { areas: 14, done: 2, answers: 200, promises: 200, laws: 3, notes: 150 },
] as const;
export type HandoutRoom = (typeof handoutRooms)[number];

/** Of most use to residents first. */
const lawOnPaper = [
  "not-offences",
  "buying-in-street",
  "exploited",
  "loitering",
  "search",
] as const satisfies readonly LawId[];

export function handoutOf(given: Shown, room: HandoutRoom = handoutRooms[0]): HandoutContent {
  const { language, month, level } = given;
  const reply = spokenIn(given.reply, language);
  const shown = { ...given, reply };
  const { release } = reply;
  const { say } = language;
  const command = commandFigure(release, month);
  const whole: Shown = { ...shown, area: undefined };
  const answers = [
    ...helpedBlocks(release, language),
    ...movedBlocks(release, language),
    ...phaseBlocks(release),
  ];
  const law = lawOf(shown, lawOnPaper.slice(0, room.laws));
  const done = { ...release, done: firstOfEach(release.done, room.done) };
  return {
    lead: command ? areaSentence(command, month, language) : say("reported.name"),
    second: highestSentence(figuresOf(release, month, level), language),
    fewer: fewerWords(release, language),
    map: mapBlock(shown),
    table: tableBlocks(shown).flatMap((block) => firstRows(block, room.areas, shown)),
    sections: {
      when: {
        title: say("when.heading", { area: areaOf(release, undefined)?.name ?? "" }),
        blocks: monthsBlocks(whole).slice(0, 1),
      },
      done: {
        title: `${say("done.name")}. ${doneAbout(release, language)}`,
        blocks: [
          ...doneBlocks(done, language),
          ...more(release.done.length - done.done.length, shown),
        ],
      },
      helped: {
        title: say("paper.helped"),
        blocks: [...first(answers, room.answers, shown), ...textsOf(say("helped.cause"))],
      },
      promised: {
        title: say("promised.heading"),
        blocks: first(promises(release, language), room.promises, shown),
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
          ...first(frozenTexts(...release.notes), room.notes, shown),
          ...(sightingsOf(release, month) === undefined
            ? []
            : textsOf(say("reported.sightings-what"))),
          ...textsOf(`${say("contact.data")}: ${say("contact.data-how")}`),
        ],
      },
    },
    // Number and hash are at the head and foot.
    identity: identityOf(reply, language).slice(2),
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
  if (block.kind === "answer") {
    return block.text.length + (block.wrongIf?.length ?? 0) + block.basis.length;
  }
  if (block.kind === "text") return block.text.length;
  return block.kind === "promise" ? block.inOneLine.length : 0;
}

function firstRows(block: Block, most: number, shown: Shown): readonly Block[] {
  if (block.kind !== "table") return [block];
  const rows = block.rows.slice(0, most);
  return [{ ...block, rows }, ...more(block.rows.length - rows.length, shown)];
}

function more(count: number, { language }: Shown): readonly Block[] {
  if (count <= 0) return [];
  const text = language.say("paper.more", { count });
  return [{ kind: "text", text, look: "strong" }];
}
