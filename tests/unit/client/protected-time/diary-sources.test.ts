import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { english } from "#client/protected-time/words/english.ts";
import { textsUnder } from "#tests/support/screen-texts.ts";

const folders = ["outreach", "session-form", "unsent", "calendar", "upload"];

/** Never read by a person, or English by its nature. */
const exceptions = [
  "(min-width: 760px)",
  "own phones",
  "DELETE",
  "T",
  "… m",
  "[aria-invalid=true], [data-wrong]",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  // Errors of the program, and a file that is left off by leaving.
  "The map is asked for before it is read",
  "Left off.",
  // Who asks for what, in the words of the accounts, marked as English.
  "… wants to …. …",
];

test("no word that a partner reads stands in the code of the Diary", () => {
  const texts = folders
    .flatMap((folder) => textsUnder(`client/protected-time/${folder}`))
    .filter(({ text }) => !(text in english) && (/\s/u.test(text) || /^\p{Lu}/u.test(text)));
  expect(new Set(texts.map(({ text }) => text))).toEqual(new Set(exceptions));
});

test("each message is used somewhere", () => {
  const sources = ["words/diary.tsx", ...folders]
    .flatMap((path) =>
      path.includes(".")
        ? [path]
        : readdirSync(`client/protected-time/${path}`).map((file) => `${path}/${file}`),
    )
    .map((file) => readFileSync(`client/protected-time/${file}`, "utf8"))
    .join("\n");
  /** Keys that are put together of a part and what it is about. */
  const joined =
    /^(?:untold|out|confirm|more|object|foot|where|outline|fault|known|calendar|away|kit)\./u;
  const unused = Object.keys(english).filter(
    (key) => !sources.includes(`"${key}"`) && !joined.test(key),
  );
  expect(unused).toEqual([]);
});
