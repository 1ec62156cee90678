import { describe, expect, test } from "vitest";
import { mostCommitments, readCommitments } from "#core/releases/commitments.ts";
import { wordsFault } from "#core/releases/public-words.ts";

const asAt = "2021-11-26";

describe("words that will be public", () => {
  test.each([
    ["Ring 07700 900 123.", "a phone number"],
    ["Write to a.b@example.org", "an e-mail address"],
    ["Ask Amelia Smith about it.", "somebody's name"],
    ["It was (Jack Brown).", "somebody's name"],
    ["The car is AB12 CDE", "a vehicle's mark"],
  ])("%s", (words, kind) => {
    expect(wordsFault(words, 100)).toContain(`looks like ${kind}`);
  });

  test("streets, boroughs and plain promises may stand", () => {
    for (const words of [
      "Lighting on Fore Street is looked at by Enfield Council.",
      "Edmonton Green gets a second patrol on foot.",
      "You asked for cameras; we say why not.",
    ]) {
      expect(wordsFault(words, 100)).toBeNull();
    }
  });

  test("nothing, too much and line breaks are said", () => {
    expect(wordsFault("", 10)).toBe("Enter some text.");
    expect(wordsFault("x".repeat(10), 10)).toBeNull();
    expect(wordsFault("x".repeat(11), 10)).toBe("11 characters is too long. The limit is 10.");
    expect(wordsFault("a\nb", 10)).toContain("without line breaks");
  });
});

describe("commitments", () => {
  const good = { said: " Cars circle. ", did: "We spoke.", next: "Lights.", by: "2022-01-31" };
  const faultsOf = (more: object) => readCommitments([good, { ...good, ...more }], asAt).faults;

  test("are kept trimmed", () => {
    expect(readCommitments([good], asAt)).toEqual({
      commitments: [{ ...good, said: "Cars circle." }],
      faults: [],
    });
  });

  test("each part is said, short and about nobody; each day is to come and near", () => {
    expect(faultsOf({ did: "  " })).toEqual([{ at: 1, field: "did", reason: "Enter some text." }]);
    expect(faultsOf({ next: "x".repeat(241) })[0]?.reason).toContain("limit is 240");
    expect(faultsOf({ by: "2021-11-25" })[0]).toMatchObject({ at: 1, field: "by" });
    // Nobody can read a promise before partners have had their three days.
    expect(faultsOf({ by: asAt })[0]?.reason).toContain("Choose 29 November 2021 or later.");
    expect(faultsOf({ by: "2021-11-28" })).toHaveLength(1);
    expect(faultsOf({ by: "2021-11-29" })).toEqual([]);
    expect(faultsOf({ by: "2023-11-27" })).toEqual([]);
    expect(faultsOf({ by: "2023-11-28" })[0]?.reason).toContain("more than two years ahead");
  });

  test("are few enough for a hall", () => {
    expect(readCommitments(Array(mostCommitments).fill(good), asAt).faults).toEqual([]);
    expect(readCommitments(Array(mostCommitments + 1).fill(good), asAt).faults).toEqual([
      { at: 8, field: "said", reason: "9 are too many for a meeting. The limit is 8." },
    ]);
  });
});
