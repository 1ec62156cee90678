import { describe, expect, test } from "vitest";
import { releaseAnswer, type SpokenAssessment } from "#core/releases/answers.ts";
import { noticeFault, wordsFault } from "#core/releases/public-words.ts";

describe("words that will be public", () => {
  test.each([
    ["The Romanian girl in the pink coat has gone", "Romanian"],
    ["We arrested jack smith and amelia smith", "jack"],
    ["born 12/03/1994", "date of birth"],
    ["We arrested 4 women in August", "4 women"],
    ["Three reports came from one street", "Three reports"],
    ["Outreach is at the corner every Tuesday from 9 pm", "may show when outreach comes"],
    ["Outreach is at the corner. Always Weds, 2100 hrs.", "may show when outreach comes"],
    ["ring 07700 900123", "phone number"],
    ["A line\nand another", "one line"],
  ])("%j is refused, with what is wrong", (words, told) => {
    expect(wordsFault(words, 240)).toContain(told);
  });

  test.each([
    "Cars slow down and circle at night, and people are afraid to walk home.",
    "Outreach workers talked to the women. Officers spoke to drivers, and courses were offered before fines.",
    "The council looks at lighting and at closing one side road at night.",
    "Every ward panel gets the next release, and each report gets an answer.",
    "120 reports, 15 arrests and 2 road closures by Fore Street in 3 months",
  ])("%j passes", (words) => {
    expect(wordsFault(words, 240)).toBeNull();
  });
});

describe("the notice of a withdrawal, which one person publishes", () => {
  test.each([
    ["The true figure is 4.", "4"],
    ["We arrested 3.", "3"],
    ["Complaints: 14 in May 2021", "14"],
    ["Ward 2 had 1.5 times as many", "2"],
  ])("%j is refused: any number may give a figure back", (words, number) => {
    expect(noticeFault(words)).toContain(`Leave the number ${number} out`);
  });

  test("names releases, months and years, and is held to what all public words are", () => {
    expect(noticeFault("The map of May 2021 was wrong; see release 12.")).toBeNull();
    expect(noticeFault("Ask jack smith")).toContain("jack");
    expect(noticeFault("")).toBe("Enter some text.");
  });
});

describe("whether it helped", () => {
  const reach = [] as const;
  const sayable = { core: "interval", edges: ["verdict"] } as const;
  const assessed = (over: Partial<SpokenAssessment["treatedArea"]>): SpokenAssessment => ({
    operation: "one",
    treatedArea: {
      verdict: "fall",
      treated: [120, 74],
      control: [900, 870],
      low: -63,
      high: -21,
      reach,
      ...over,
    },
    overall: { verdict: "fall" },
    edges: [],
    before: { from: "2021-06-01", to: "2021-07-31" },
    after: { from: "2021-08-01", to: "2021-09-30" },
    studyArea: "the command",
    control: { reach: [] },
  });
  const text = (over: Partial<SpokenAssessment["treatedArea"]> = {}) =>
    releaseAnswer(assessed(over), sayable).helped.text;

  test("is said without it where a count is under 30: the range would give a few reports back", () => {
    for (const few of [
      { treated: [29, 60] as const },
      { treated: [60, 29] as const },
      { control: [29, 900] as const },
      { control: [900, 29] as const },
    ]) {
      expect(text(few)).toBe("Reports in the streets of the operation fell.");
    }
    expect(text({ treated: [30, 30] })).toContain("between");
  });

  test("agrees with the note beside it, where reports fell by the narrower interval alone", () => {
    const over = { verdict: "no_clear_change", fell: true, low: -98, high: 13 } as const;
    expect(text(over)).toBe(
      "Reports in the streets of the operation fell, but they vary so much from month to month that it may be chance: between 100 fewer and 20 more reports than the rest of the area would lead us to expect.",
    );
    const beside = releaseAnswer(
      {
        ...assessed(over),
        edges: [{ neighbour: "Barnet", verdict: "rise", isInternal: false, reach }],
      },
      sayable,
    );
    expect(beside.moved[0]?.text).toContain("Reports fell in the streets of the operation");
  });
});
