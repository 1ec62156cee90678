import { describe, expect, test } from "vitest";
import {
  choicesOfSaved,
  faultOfSaved,
  isMadeFrom,
  type SavedReading,
} from "#core/records/saved-profile.ts";
import { importProfileName } from "#core/records/wire/import-profile.ts";
import {
  canBeListWord,
  noWords,
  parseWordChoices,
  writeWordChoices,
} from "#core/records/word-choices.ts";
import { autoChoices, readText } from "#tests/support/import.ts";

const header = "Date,Lat,Lng,Kind,Category,Source";
const row = (kind: string, category: string, source: string) =>
  `2021-06-05,51.6179,-0.0631,${kind},${category},${source}`;
const table = (...rows: readonly string[]) => [header, ...rows].join("\n");

describe("words that the lists do not know", () => {
  const text = table(
    row("complaint", "noise nuisance", "resident"),
    row("complaint", "Noise Nuisance", "resident"),
    row("complaint", "KC-02", "resident"),
    row("call", "asb", "member of the public"),
    row("complaint", "asb", "hotline"),
    row("complaint", "Jane Q Smith of 4 High Street", "resident"),
  );

  test("are listed with how many rows they refuse, and not what could be a person", () => {
    const { outline, faults } = readText(text);
    expect(faults).toHaveLength(6);
    expect(outline.unknownWords).toEqual([
      { role: "category", column: "Category", word: "noise nuisance", rows: 2 },
      { role: "category", column: "Category", word: "KC-02", rows: 1 },
      { role: "kind", column: "Kind", word: "call", rows: 1 },
      { role: "source", column: "Source", word: "hotline", rows: 1 },
      { role: "category", column: "Category", word: "", rows: 1 },
    ]);
  });

  test("are read as a person said, in any writing of them, and the others stay refused", () => {
    const words = parseWordChoices([
      "category:noise nuisance=asb",
      "category:KC-02=kerb_crawling",
      "kind:call=complaint",
      "source:hotline=partner",
    ]);
    const { drafts, faults, outline } = readText(text, { words });
    expect(drafts.map(({ kind, category, source }) => [kind, category, source])).toEqual([
      ["complaint", "asb", "resident"],
      ["complaint", "asb", "resident"],
      ["complaint", "kerb_crawling", "resident"],
      ["complaint", "asb", "resident"],
      ["complaint", "asb", "partner"],
    ]);
    expect(faults).toHaveLength(1);
    expect(outline.unknownWords).toHaveLength(1);
    expect(parseWordChoices(writeWordChoices(words))).toEqual(words);
  });

  test("a person's word goes before a ready profile's own list", () => {
    const street =
      "Month,Longitude,Latitude,Crime type\n2021-06,-0.0631,51.6179,Public order\n2021-06,-0.0631,51.6179,Drugs\n";
    const words = parseWordChoices(["category:public order=asb"]);
    expect(readText(street, { words }).drafts.map(({ category }) => category)).toEqual([
      "asb",
      "other",
    ]);
  });

  test.each([
    "AB12 CDE",
    "AB12CDE",
    "N9 0TZ",
    "07700 900000",
    "4 High Street",
    "Jane Smith",
    "x".repeat(41),
  ])("%s is neither shown nor kept", (word) => expect(canBeListWord(word)).toBe(false));

  test.each(["noise", "Fly tipping", "ASB-02", "66/1A", "NOISE NUISANCE"])(
    "%s may be mapped",
    (word) => expect(canBeListWord(word)).toBe(true),
  );

  test("what is not role:word=entry, or no entry of the list, is refused", () => {
    expect(() => parseWordChoices(["category=asb"])).toThrow("is not role:word=entry");
    expect(() => parseWordChoices(["category:noise=loud"])).toThrow('"loud" is no category');
    expect(() => parseWordChoices(["source:Jane Smith=police"])).toThrow(
      "does not look like a list entry",
    );
  });

  test("no word of the file can reach into the code", () => {
    const words = parseWordChoices(["category:noise=asb"]);
    const { faults } = readText(table(row("complaint", "constructor", "resident")), { words });
    expect(faults).toHaveLength(1);
    expect(readText(table(row("complaint", "__proto__", "resident"))).faults).toHaveLength(1);
  });
});

describe("a saved reading", () => {
  const reading: SavedReading = {
    profile: "plain",
    map: { date: "When", latitude: "Y" },
    headings: ["When", "Y", "X"],
    kind: "complaint",
    source: null,
    dates: "day-first",
    words: { ...noWords, category: { noise: "asb" } },
    midnight: "unknown",
  };

  test("knows a file by its headings, in any order, and no other", () => {
    expect(isMadeFrom(reading, ["x", "when", "Y"])).toBe(true);
    // A personal column is not kept, and so makes no difference.
    expect(isMadeFrom(reading, ["x", "when", "Y", "Caller name"])).toBe(true);
    expect(isMadeFrom(reading, ["x", "when"])).toBe(false);
    expect(isMadeFrom(reading, ["x", "when", "Y", "Ward"])).toBe(false);
    expect(isMadeFrom({ ...reading, headings: [] }, [])).toBe(false);
  });

  test("gives way to what is said beside it", () => {
    const choices = choicesOfSaved(reading, {
      ...autoChoices,
      kind: "sighting",
      map: { date: "Day" },
    });
    expect(choices).toMatchObject({
      profile: "plain",
      kind: "sighting",
      map: { date: "Day", latitude: "Y" },
      dates: "day-first",
      midnight: "unknown",
      words: { category: { noise: "asb" } },
    });
  });

  test.each([
    [{ ...reading, headings: ["When", "Date of birth"] }, "may describe a person"],
    [{ ...reading, headings: ["When", "14/02/1990"] }, "looks like a value"],
    [{ ...reading, map: { date: "Victim name" } }, "may describe a person"],
    [
      { ...reading, words: { ...noWords, source: { "jane smith 1990": "police" } } },
      "does not look like a list entry",
    ],
  ] as const)("keeps nothing of a person", (wrong, reason) => {
    expect(faultOfSaved(reading)).toBeNull();
    expect(faultOfSaved(wrong)).toContain(reason);
  });

  test.each(["", "-x", "plain", "AUTO", "Demonstration", "a/b", "x".repeat(41), "a\u202Eb", "=1"])(
    "%s is no name of one",
    (name) => expect(importProfileName.safeParse(name).success).toBe(false),
  );
});
