import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deckOf, shownAtFirst } from "#core/releases/presentation/deck.ts";
import { english } from "#core/releases/presentation/words/english.ts";
import { lawFile } from "#core/releases/wire/law.ts";
import { textsByKey } from "#tests/support/dictionaries.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

const files = readdirSync("data/law");
const readFile = (name: string): unknown => JSON.parse(readFileSync(`data/law/${name}`, "utf8"));
const all = files.flatMap((name) => lawFile.parse(readFile(name)));

test.each(files)(
  "data/law/%s is whole: what, where it stands, when read and when again",
  (name) => {
    const texts = lawFile.parse(readFile(name));
    for (const { id, sources, notKnown, text } of texts) {
      expect(sources[0], id).toMatch(/^https:\/\/www\.legislation\.gov\.uk\/(ukpga|uksi)\//);
      for (const source of sources)
        expect(source, id).toMatch(/^https:\/\/www\.(legislation\.)?gov\.uk\//);
      expect(
        [text, notKnown ?? "."].every((words) => words.endsWith(".")),
        id,
      ).toBe(true);
    }
  },
);

test("no two texts of law have one name", () => {
  const ids = all.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a file that is not whole is refused: no date to read it again, no section, no source", () => {
  const [name = ""] = files;
  const whole = readFile(name) as { texts: object[] };
  const broken = (change: object) => ({ ...whole, texts: [{ ...whole.texts[0], ...change }] });
  expect(lawFile.safeParse(broken({})).success).toBe(true);
  for (const fault of [
    { ...whole, readAgainOn: "2020-01-01" },
    { ...whole, asAt: undefined },
    broken({ cite: "an Act" }),
    broken({ sources: [] }),
    broken({ notKnown: undefined }),
  ]) {
    expect(lawFile.safeParse(fault).success, JSON.stringify(fault)).toBe(false);
  }
});

test("every slide that speaks of law names a text of data/law, and each text has its slide or question", () => {
  const { slides } = deckOf(shownAtFirst(sampleRelease()));
  const said = slides.map(({ id, heading, blocks }) => {
    const words = blocks.filter(({ kind }) => kind === "list" || kind === "text");
    return { id, words: JSON.stringify([heading, words]) };
  });
  const speaking = said.filter(({ words }) => /\blaw\b|offence|Act \d|police can/i.test(words));
  const named = (words: string) =>
    all.filter(({ text, cite }) => words.includes(`${text} (${cite})`)).map(({ id }) => id);
  expect(speaking.map(({ id, words }) => [id, named(words).length])).toEqual([
    ["law", 4],
    ["selling", 3],
    ["powers", 4],
    ["limits", 4],
  ]);
  const onSlides = speaking.flatMap(({ words }) => named(words));
  expect(all.map(({ id }) => id).filter((id) => !onSlides.includes(id))).toEqual(["own-data"]);
});

/** "Street Offences Act 1959, section 1" as data/law writes it: "Street Offences Act 1959, s. 1". */
test("an Act that other words of a release name is one that data/law has, in that section", () => {
  const cited = [...textsByKey(english).values()].flatMap((words) =>
    Array.from(words.matchAll(/[A-Z][\w ]+ Act \d{4}, section \d+\w?/g), ([act]) =>
      act.replace("section", "s."),
    ),
  );
  expect(cited.length).toBeGreaterThan(2);
  for (const act of cited)
    expect(
      all.some(({ cite }) => cite.includes(act)),
      act,
    ).toBe(true);
});
