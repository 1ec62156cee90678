import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type ScreenText, textsOf, textsUnder } from "#tests/support/screen-texts.ts";

/** Phrases that people had to decode, which must not come back, and what to write instead. */
const replaced: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\banew\b/, "again"],
  [/\bthan chance says\b/, "significantly more (or fewer)"],
  [/\bchance can do that\b/, "no significant change"],
  [/\bno clear (?:change|difference)\b/, "no significant change"],
  [/\btoo few to (?:say|tell|compare)\b/, "not enough reports to tell"],
  [/\bchanged meanwhile\b/i, "Someone else saved first"],
  [/\bsave mine over it\b/i, "Overwrite with mine"],
  [/\bshow what is stored, leave mine\b/i, "Discard mine, show theirs"],
  [/\bnothing was kept\b/i, "nothing was saved"],
  [/\bnothing is kept\b/i, "nothing is saved"],
  [/\bmend (?:what|them|these|it|the (?:days|place|time))\b/i, "correct"],
  [/\bas it may leave\b/i, "rounded for sharing"],
  [/\btotals typed\b/i, "manual totals"],
  [/\btyped totals\b/i, "manual totals"],
  [/\bto take away as a file\b/, "download"],
  [/\btaken away\b/, "withdrawn, or removed"],
  [/\blook again\b/i, "Refresh, or check again"],
  [/\bgo on with\b/i, "continue, or Keep editing"],
  [/\bthe rest of the command\b/, "the rest of the area"],
  [/\b(?:whole|in the|outside the|outside of the) command\b/, "area, or its boroughs by name"],
  [/\b(?:over|beyond|near|along|of) (?:the|your|their|our) line\b/, "boundary"],
  [/\ba word too many\b/, "Unexpected argument"],
  [/\bborn as a demonstration\b/, "This only works on a demo database"],
  [/\bwhat proves it is not right\b/, "Wrong sign-in name or password"],
  [/\bis the log whole\b/i, "Check the log for tampering"],
  [/\bas it was written\b/, "intact, or unchanged"],
  [/\bescape always backs out\b/i, "Press Esc to close"],
  [/\bletters? and figures\b/, "letters and numbers"],
  [/\bhow this is worked out\b/i, "How this is calculated"],
  [/\bcontrol days?\b/i, "comparison days"],
  [/\bfewer than \{?\w*\}? ?(?:10 )?does not mean none\b/i, '"Fewer than 10" may be 1 to 9'],
  [/\bpicked cell by cell\b/i, "chosen cell by cell"],
  [/\bpick cells\b/i, "choose cells"],
  [/\btake (?:them|it) away\b/i, "remove"],
  [/^not now$/i, "Cancel"],
  [/^cannot tell$/i, "Not enough reports to tell"],
  [/\bbegin otherwise\b/i, "Start differently"],
  [/\bgives? (?:single reports|nothing|nobody) away\b/, "reveals nothing more"],
  [/\b(?:come|came) together\b/, "cluster"],
  [/\bmay we be here\b/i, "Check a place and time"],
  [/\btake one back\b/i, "Undo last point"],
  [/\bdoes it stand\b/i, "Check it is valid"],
  [/\bname nobody\b/i, "Do not include names"],
  [/\bleave it as it is\b/i, "Cancel"],
  [/\bopens nothing\b/, "can no longer open it"],
  [/\b(?:is|are) written in it\b/, "is in it"],
  [/\bfound by police\b/, "recorded by police"],
  [/\bpolice (?:discovered|found)\b/, "recorded by police"],
  [/\blet go of\b/i, "close, or clear"],
  [/\bprove that you are there\b/i, "Confirm it is you"],
  [/\bif it stays(?: like this)?\b/, "If the problem continues"],
  [/\bhold and go\b/, "Press and drag"],
  [/\bstronger means\b/i, "Darker means"],
  [/\bwhat is chosen now\b/, "this view"],
  [/\bwhat you untick\b/, "Untick anything not done"],
  [/\bclosures without\b/i, "Large areas a colleague must check"],
  [/\bonce and for good\b/, "once"],
  [/\bgoing by\b/, "based on"],
  [/\bbeing worked out\b/, "calculating"],
  [/\btakes? (?:them |it |this phone )?away\b/i, "removes"],
  [/\bdrop it\b/i, "delete it"],
  [/\bstands? out\b/, "is unusual"],
  [/\bjust now\b/, "now"],
  [/\bas it lies\b/, "as shown now"],
  [/\b(?:take|takes|taken|took|taking) (?:\w+ ){0,6}back\b/i, "undo, or withdraw"],
  [/\bwhat chance gives, so\b/, "times as much as by chance"],
  [/\b(?:it|this) stays closed\b/i, "police and wardens still stay away"],
  [
    /\bpolice (?:(?:also )?still |already plan to |do not |should )?stay away\b/i,
    "police and wardens stay away",
  ],
  [/\bin this choice\b/, "match, as in No records match"],
  [/\b(?:called|drawn|numbered|read|written|that column) otherwise\b/, "differently, or another"],
  [/\bwhoever (?:runs|opens|looks after)\b/i, "your administrator, technical staff, or anyone who"],
  [/\bstill stands?\b/, "is still valid, or is still on"],
  [/\bwhat chance gives\b/, "by chance"],
  [/\bgives? (?:\w+ )?(?:the )?[\w-]+ away\b/, "reveals"],
  [/\b(?:of|by|from|to) the command(?! line|s? you)\b/, "the area, or police"],
  [/\bagreed (?:windows?|patrols?)\b/i, "approved patrols"],
  [/\b(?:approved|suggested?|own) (?:patrol )?windows?\b/i, "patrols"],
  [/\bmay stand (?:for|there)\b/, "may mean, or must not be there"],
  [/\bgoes on from there\b/, "Run the same command again to continue"],
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

test("a phrase that was replaced is named with what to write instead", () => {
  const source = 'export const said = "Drafts taken away, suggested anew";';
  const found = textsOf("said.ts", source).flatMap(replacementsOf);
  expect(found).toEqual([
    expect.stringMatching(/^said\.ts:1 .*: not "anew" but "again"$/),
    expect.stringMatching(/^said\.ts:1 .*: not "taken away" but "withdrawn, or removed"$/),
  ]);
});

test("phrases that were replaced by plain words stay away", () => {
  expectNoneBut("phrases", texts.flatMap(replacementsOf));
});

test(`no sentence on a screen is longer than ${mostWords} words`, () => {
  const long = texts
    .flatMap((one) => sentencesOf(one.text).map((text) => ({ ...one, text })))
    .filter(({ text }) => wordsIn(text) > mostWords)
    .sort((one, other) => wordsIn(other.text) - wordsIn(one.text));
  expectNoneBut("long", long.map(shown));
});

test("the guides are written in the same words", () => {
  const guides = new URL("../../../docs/guide/", import.meta.url);
  const files = readdirSync(guides, { recursive: true, encoding: "utf8" });
  const lines = files
    .filter((file) => file.endsWith(".md"))
    .flatMap((file) =>
      readFileSync(new URL(file, guides), "utf8")
        .split("\n")
        .map((text, at) => ({ file, line: at + 1, text })),
    );
  expect(lines.length).toBeGreaterThan(500);
  expect(lines.flatMap(replacementsOf)).toEqual([]);
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

/** One line for each phrase of a text that was replaced. */
function replacementsOf(one: ScreenText): string[] {
  return replaced.flatMap(([phrase, instead]) => {
    const [found] = phrase.exec(one.text) ?? [];
    return found === undefined ? [] : [`${shown(one)}: not "${found}" but "${instead}"`];
  });
}

function shown({ file, line, text }: ScreenText): string {
  return `${file}:${line} ${text}`;
}
