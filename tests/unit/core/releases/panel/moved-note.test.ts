import { expect, test } from "vitest";
import type { Verdict } from "#core/displacement/wire/displacement.ts";
import { type MovedInput, movedNote, notesInAnswers } from "#core/releases/panel/moved-note.ts";
import type { Sayable } from "#core/releases/panel/sayable.ts";
import { lastPublicDate } from "#core/time/months.ts";

const edge = (neighbour: string, verdict: Verdict, isInternal = false) => ({
  neighbour,
  verdict,
  isInternal,
});
const base = {
  treatedArea: { verdict: "fall" as Verdict },
  overall: { verdict: "no_clear_change" as Verdict },
  edges: [edge("Barnet", "no_clear_change"), edge("Waltham Forest", "rise")],
  before: { from: "2021-06-01", to: "2021-07-31" },
  after: { from: "2021-08-01", to: "2021-09-30" },
  studyArea: "Enfield and Haringey",
};

const noteOf = (input: MovedInput) =>
  movedNote(input, { core: "verdict", edges: input.edges.map(() => "verdict") });

test("says where and when in plain words, and what is counted", () => {
  expect(noteOf(base)).toEqual({
    text: "Reports fell in the streets of the operation but rose near the boundary with Waltham Forest: the problem may have moved.",
    basis:
      "Counted: complaints by residents from 1 August to 30 September 2021, against 1 June to 31 July 2021 and against the rest of Enfield and Haringey.",
  });
});

test("names every line that rose, the inner one as such", () => {
  const edges = [
    edge("Barnet", "rise"),
    edge("Hackney", "rise"),
    edge("Enfield-Haringey", "rise", true),
  ];
  expect(noteOf({ ...base, edges })?.text).toContain(
    "near the boundary with Barnet, the boundary with Hackney and the Enfield-Haringey boundary:",
  );
});

test("a fall only with the rings is said to be in and around the streets", () => {
  const given = { ...base, treatedArea: base.overall, overall: base.treatedArea };
  expect(noteOf(given)?.text).toContain("fell in and around the streets of the operation");
});

test("a year is written on both dates where they differ", () => {
  const after = { from: "2020-12-01", to: "2021-01-31" };
  expect(noteOf({ ...base, after })?.basis).toContain("from 1 December 2020 to 31 January 2021,");
});

test("a fall alone, a rise alone, or nothing that can be told gives no note", () => {
  const still = { verdict: "cannot_tell" as Verdict };
  expect(noteOf({ ...base, edges: [edge("Barnet", "fall")] })).toBeNull();
  expect(noteOf({ ...base, treatedArea: still, overall: still })).toBeNull();
  expect(noteOf({ ...base, edges: [edge("Barnet", "cannot_tell")] })).toBeNull();
});

const verdicts = ["rise", "fall", "no_clear_change", "cannot_tell"] as const;
const tooLittle = "Too few reports are shown to say whether the problem moved.";

test.each(
  verdicts.flatMap((treated) => verdicts.flatMap((overall) => [[treated, overall] as const])),
)(
  "SAFEGUARDS 11: a fall beside a rise is never without a note (%s, all told %s)",
  (treated, overall) => {
    const fell = treated === "fall" || overall === "fall";
    for (const beside of verdicts) {
      const input = {
        ...base,
        treatedArea: { verdict: treated },
        overall: { verdict: overall },
        edges: [edge("Barnet", beside)],
      };
      const told = fell && beside === "rise" ? expect.stringContaining("but rose near") : undefined;
      const textOf = (core: Sayable["core"], may: Sayable["edges"][number]) =>
        movedNote(input, { core, edges: [may] })?.text;
      // Whatever was counted there, the same is said.
      expect(textOf("nothing", "verdict")).toBe(tooLittle);
      expect(textOf("verdict", "nothing")).toBe(fell ? tooLittle : undefined);
      expect(textOf("verdict", "rise")).toEqual(told);
      expect(textOf("interval", "verdict")).toEqual(told);
    }
  },
);

test.each([
  ["2021-11-26", "2021-09-30"],
  ["2021-11-30", "2021-09-30"],
  ["2021-12-01", "2021-10-31"],
  ["2024-04-30", "2024-02-29"],
])("as at %s nothing after %s may be used", (asAt, last) => {
  expect(lastPublicDate(asAt)).toBe(last);
});

test("a release from before its notes were frozen with it has those that its own answers hold, and no other", () => {
  const basis = "Counted: complaints.";
  const answer = (operation: string, helped: string, moved: string) => ({
    operation,
    helped: { text: helped, basis },
    moved: [{ text: moved, basis }],
  });
  const fellAndRose =
    "Reports fell in the streets of the operation but rose near the boundary with Barnet: the problem may have moved.";
  const earlier = "Not enough is shown here to say whether the problem moved.";
  expect(
    notesInAnswers([
      answer("a", "Reports in the streets of the operation fell.", fellAndRose),
      answer("b", "Not enough is shown for these streets to say whether it helped.", earlier),
      // Something was said of other boundaries, and the note that stood beside it was not kept.
      answer(
        "c",
        "Reports in the streets of the operation fell.",
        "No significant rise near the boundaries.",
      ),
      answer(
        "d",
        "No significant change in the streets of the operation.",
        "No significant rise near the boundaries.",
      ),
    ]),
  ).toEqual([
    { operation: "a", text: fellAndRose, basis },
    { operation: "b", text: earlier, basis },
    { operation: "c", text: tooLittle, basis },
  ]);
});
