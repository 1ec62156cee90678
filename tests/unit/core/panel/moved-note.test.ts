import { expect, test } from "vitest";
import type { Verdict } from "#core/displacement/verdict.ts";
import { lastPublicDate, type MovedInput, movedNote } from "#core/panel/moved-note.ts";

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
    text: "Reports fell in the streets of the operation but rose near the line with Waltham Forest: the problem may have moved.",
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
    "near the line with Barnet, the line with Hackney and the Enfield-Haringey line:",
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

test("SAFEGUARDS 11: a fall beside a rise is never without a note, whatever may be said", () => {
  const verdicts = ["rise", "fall", "no_clear_change", "cannot_tell"] as const;
  for (const core of ["nothing", "verdict", "interval"] as const) {
    for (const may of ["nothing", "rise", "verdict"] as const) {
      for (const treated of verdicts) {
        for (const overall of verdicts) {
          for (const beside of verdicts) {
            const note = movedNote(
              {
                ...base,
                treatedArea: { verdict: treated },
                overall: { verdict: overall },
                edges: [edge("Barnet", beside)],
              },
              { core, edges: [may] },
            );
            const fell = treated === "fall" || overall === "fall";
            if (fell && beside === "rise") expect(note).not.toBeNull();
            if (core === "nothing" || (fell && may === "nothing")) {
              expect(note?.text).toBe("Too little is shown here to say whether the problem moved.");
            } else if (!fell || beside !== "rise") expect(note).toBeNull();
          }
        }
      }
    }
  }
});

test.each([
  ["2021-11-26", "2021-09-30"],
  ["2021-11-30", "2021-09-30"],
  ["2021-12-01", "2021-10-31"],
  ["2024-04-30", "2024-02-29"],
])("as at %s nothing after %s may be used", (asAt, last) => {
  expect(lastPublicDate(asAt)).toBe(last);
});
