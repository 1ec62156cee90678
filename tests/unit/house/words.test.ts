import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ScreenText, textsOf, textsUnder } from "#tests/support/screen-texts.ts";

/** Phrases that people had to decode. Each was replaced by plain words, and must not come back. */
const notAgain: readonly RegExp[] = [
  /\banew\b/,
  /\bthan chance says\b/,
  /\bchance can do that\b/,
  /\bno clear (?:change|difference)\b/,
  /\btoo few to (?:say|tell|compare)\b/,
  /\bchanged meanwhile\b/i,
  /\bsave mine over it\b/i,
  /\bshow what is stored, leave mine\b/i,
  /\bnothing was kept\b/i,
  /\bnothing is kept\b/i,
  /\bmend (?:what|them|these|it|the (?:days|place|time))\b/i,
  /\bas it may leave\b/i,
  /\btotals typed\b/i,
  /\btyped totals\b/i,
  /\bto take away as a file\b/,
  /\btaken away\b/,
  /\blook again\b/i,
  /\bgo on with\b/i,
  /\bthe rest of the command\b/,
  /\b(?:whole|in the|outside the|outside of the) command\b/,
  /\b(?:over|beyond|near|along|of) (?:the|your|their|our) line\b/,
  /\ba word too many\b/,
  /\bborn as a demonstration\b/,
  /\bwhat proves it is not right\b/,
  /\bis the log whole\b/i,
  /\bas it was written\b/,
  /\bescape always backs out\b/i,
  /\bletters? and figures\b/,
  /\bhow this is worked out\b/i,
  /\bcontrol days?\b/i,
  /\bfewer than \{?\w*\}? ?(?:10 )?does not mean none\b/i,
  /\bpicked cell by cell\b/i,
  /\bpick cells\b/i,
  /\btake (?:them|it) away\b/i,
  /^not now$/i,
  /^cannot tell$/i,
  /\bbegin otherwise\b/i,
  /\bgives? (?:single reports|nothing|nobody) away\b/,
  /\b(?:come|came) together\b/,
  /\bmay we be here\b/i,
  /\btake one back\b/i,
  /\bdoes it stand\b/i,
  /\bname nobody\b/i,
  /\bleave it as it is\b/i,
  /\bopens nothing\b/,
  /\b(?:is|are) written in it\b/,
  /\bfound by police\b/,
  /\bpolice (?:discovered|found)\b/,
  /\blet go of\b/i,
  /\bprove that you are there\b/i,
  /\bif it stays(?: like this)?\b/,
  /\bhold and go\b/,
  /\bstronger means\b/i,
  /\bwhat is chosen now\b/,
  /\bwhat you untick\b/,
  /\bclosures without\b/i,
  /\bonce and for good\b/,
  /\bgoing by\b/,
  /\bbeing worked out\b/,
  /\btakes? (?:them |it |this phone )?away\b/i,
  /\bdrop it\b/i,
  /\bstands? out\b/,
  /\bjust now\b/,
  /\bas it lies\b/,
  /\b(?:take|takes|taken|took|taking) (?:\w+ ){0,6}back\b/i,
  /\bin this choice\b/,
];

/** The longest sentence that a screen may show. */
const mostWords = 25;

/**
 * Rooms that are not all in plain words yet, with what is left in them of either kind. A count may fall and never rise:
 * lower it here when it has.
 */
const notDoneYet: Readonly<Record<string, { phrases: number; long: number }>> = {
  "core/hotspots": { phrases: 0, long: 3 },
};

const texts = ["client", "server", "core"].flatMap(textsUnder).filter(isProse);

test("a string, a template and the text of an element are read, and comments are not", () => {
  const source = `
    // a comment again
    const words = "typed again";
    export const Note = () => <p className="again">Draw {words} it{" "}<b>again</b></p>;
    export const said = \`\${words} of which \${1}\`;
  `;
  expect(textsOf("note.tsx", source).map(({ text }) => text)).toEqual([
    "typed again",
    "Draw … it …",
    "again",
    "… of which …",
  ]);
});

test("phrases that were replaced by plain words stay away", () => {
  const found = texts.filter(({ text }) => notAgain.some((phrase) => phrase.test(text)));
  expectNoneBut("phrases", found.map(shown));
});

test(`no sentence on a screen is longer than ${mostWords} words`, () => {
  const long = texts
    .flatMap((one) => sentencesOf(one.text).map((text) => ({ ...one, text })))
    .filter(({ text }) => wordsIn(text) > mostWords)
    .sort((one, other) => wordsIn(other.text) - wordsIn(one.text));
  expectNoneBut("long", long.map(shown));
});

test("a guide is read in three minutes", () => {
  const guides = readdirSync(new URL("../../../docs/guide/", import.meta.url)).filter((name) =>
    name.endsWith(".md"),
  );
  expect(guides.length).toBeGreaterThan(8);
  for (const name of guides) {
    const text = readFileSync(new URL(`../../../docs/guide/${name}`, import.meta.url), "utf8");
    expect(text.split("\n").length, name).toBeLessThanOrEqual(75);
    expect(wordsIn(text), name).toBeLessThanOrEqual(name === "residents.md" ? 900 : 600);
  }
});

function expectNoneBut(kind: "phrases" | "long", found: readonly string[]) {
  const rooms = Object.keys(notDoneYet);
  const roomOf = (line: string) => rooms.find((room) => line.startsWith(`${room}/`));
  expect(found.filter((line) => roomOf(line) === undefined)).toEqual([]);
  for (const room of rooms) {
    const left = found.filter((line) => roomOf(line) === room);
    expect(left.length, `${room}\n${left.join("\n")}`).toBe(notDoneYet[room]?.[kind]);
  }
}

/** Leaves out single words, queries, markup, how a command is used, and lists of names. */
function isProse({ text }: ScreenText): boolean {
  const isQuery =
    /::| as "\w+"|\$\d|^(?:select|insert|update|delete|with|create|alter|lock) .*[=(]/i;
  const isMarkup = /^[MLHVCSQAZ]\d|[{}]|<\w|^[#./]/;
  const isUsage = / \| | \[--/;
  const isListOfWords = /^[\p{Ll} ]{120,}$/u;
  return / /.test(text) && ![isQuery, isMarkup, isUsage, isListOfWords].some((is) => is.test(text));
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?][”"')]?)\s+(?=[\p{Lu}“"…\d])/u);
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}…]/u.test(word)).length;
}

function shown({ file, line, text }: ScreenText): string {
  return `${file}:${line} ${text}`;
}
