import { expect, test } from "vitest";
import type { Verdict } from "#core/displacement/wire/displacement.ts";
import { noAnswer, releaseAnswer, type SpokenAssessment } from "#core/releases/answers.ts";
import type { Sayable } from "#core/releases/panel/sayable.ts";

const ground = {
  operation: "autumn",
  overall: { verdict: "no_clear_change" },
  edges: [],
  before: { from: "2021-06-01", to: "2021-07-31" },
  after: { from: "2021-08-01", to: "2021-09-30" },
  studyArea: "Enfield and Haringey",
  control: { reach: [] },
} as const;
const reach = [] as const;
const all = (edges: SpokenAssessment["edges"]): Sayable => ({
  core: "interval",
  edges: edges.map(() => "verdict"),
});
const assessed = (
  verdict: Verdict,
  [low, high]: readonly [number | null, number | null],
  edges: SpokenAssessment["edges"] = [],
  sayable: Sayable = all(edges),
) =>
  releaseAnswer(
    {
      ...ground,
      treatedArea: { verdict, treated: [120, 74], control: [900, 870], low, high, reach },
      edges,
    },
    sayable,
  );

const edge = (neighbour: string, verdict: Verdict, isInternal = false) => ({
  neighbour,
  verdict,
  isInternal,
  reach,
});

test("helped: in words, with an interval that is rounded outwards to twenties", () => {
  expect(assessed("fall", [-31.2, -12.4]).helped).toEqual({
    text: "Reports in the streets of the operation fell: between 0 and 40 fewer reports than the rest of the area would lead us to expect.",
    basis:
      "Counted: complaints by residents from 1 August to 30 September 2021, against 1 June to 31 July 2021 and against the rest of Enfield and Haringey.",
    wrongIf:
      "This answer would be wrong if people reported less readily than before, or the operation itself raised reports in the rest of the area.",
  });
  expect(assessed("rise", [2, 21]).helped.text).toContain("rose: between 0 and 40 more");
  expect(assessed("no_clear_change", [-4, 6]).helped.text).toContain(
    "between 20 fewer and 20 more reports than the rest of the area would lead us to expect. The difference may be chance.",
  );
});

test("a change is never said in public without its verdict: every verdict, rounding and size", () => {
  const said = {
    rise: /^Reports in the streets of the operation rose/,
    fall: /^Reports in the streets of the operation fell/,
    no_clear_change:
      /^No significant change in the streets of the operation.* The difference may be chance\.$/,
    cannot_tell: /^Not enough reports to tell whether it helped/,
  };
  for (const verdict of ["rise", "fall", "no_clear_change", "cannot_tell"] as const) {
    for (let low = -45; low <= 45; low += 5) {
      for (let high = low + 1; high <= 60; high += 7) {
        for (const counts of [
          [10, 12],
          [120, 74],
        ] as const) {
          const { helped } = releaseAnswer(
            {
              ...ground,
              treatedArea: { verdict, treated: counts, control: [900, 870], low, high, reach },
            },
            all([]),
          );
          expect(helped.text).toMatch(said[verdict]);
        }
      }
    }
  }
});

test("cannot tell is an answer", () => {
  const text = "Not enough reports to tell whether it helped.";
  expect(assessed("cannot_tell", [-31, -12]).helped.text).toBe(text);
  expect(assessed("fall", [null, null]).helped.text).toBe(text);
  const none = noAnswer("winter", "30 September 2021");
  expect(none.helped.text).toBe("Cannot tell yet whether it helped.");
  expect(none.moved).toHaveLength(1);
  expect(none.moved[0]?.basis).toContain("Nothing after 30 September 2021");
});

test("moved: the note on a fall with a rise at a line, else what can be told and what cannot", () => {
  const movedOf = (verdict: Verdict, edges: SpokenAssessment["edges"]) =>
    assessed(verdict, [-31, -12], edges).moved.map(({ text }) => text);
  expect(movedOf("fall", [edge("Barnet", "rise"), edge("Hackney", "fall")])).toEqual([
    "Reports fell in the streets of the operation but rose near the boundary with Barnet: the problem may have moved.",
  ]);
  expect(movedOf("fall", [edge("Barnet", "fall"), edge("Hackney", "cannot_tell")])).toEqual([
    "No significant rise near the boundaries with enough reports to tell. That does not prove that nothing moved. Near 1 of 2 boundaries there are not enough reports to tell.",
  ]);
  expect(movedOf("fall", [edge("Barnet", "no_clear_change")])).toEqual([
    "No significant rise near the boundaries with enough reports to tell. That does not prove that nothing moved.",
  ]);
  expect(movedOf("fall", [edge("Barnet", "cannot_tell")])).toEqual([
    "Not enough reports to tell whether the problem moved.",
  ]);
  expect(movedOf("no_clear_change", [edge("Enfield-Haringey", "rise", true)])).toEqual([
    "Reports rose near the Enfield-Haringey boundary, while there was no significant fall in the streets of the operation.",
  ]);
  expect(movedOf("no_clear_change", [edge("Barnet", "rise"), edge("Hackney", "rise")])).toEqual([
    "Reports rose near the boundary with Barnet and the boundary with Hackney, while there was no significant fall in the streets of the operation.",
  ]);
  expect(movedOf("rise", [edge("Barnet", "rise")])).toEqual([
    "Reports rose near the boundary with Barnet, and in the streets of the operation too.",
  ]);
});

test("where it cannot be told whether reports fell, nobody says that they did not", () => {
  const text =
    "Reports rose near the boundary with Barnet; there are not enough reports to tell whether they fell in the streets of the operation. Near 1 of 2 boundaries there are not enough reports to tell.";
  const edges = [edge("Barnet", "rise"), edge("Hackney", "cannot_tell")];
  expect(assessed("cannot_tell", [-31, -12], edges).moved[0]?.text).toBe(text);
  expect(assessed("no_clear_change", [null, 4], edges).moved[0]?.text).toBe(text);
});

test("where too little is shown, the words are the same whatever was counted", () => {
  const quiet = { core: "nothing", edges: [] } as const;
  for (const verdict of ["rise", "fall", "no_clear_change", "cannot_tell"] as const) {
    for (const beside of ["rise", "fall", "cannot_tell"] as const) {
      const { helped, moved } = assessed(verdict, [-31, -12], [edge("Barnet", beside)], quiet);
      expect(helped.text).toBe("Not enough is shown for these streets to say whether it helped.");
      expect(moved[0]?.text).toBe("Too few reports are shown to say whether the problem moved.");
      expect(moved[0]?.basis).toBe(helped.basis);
    }
  }
});

test("an interval is left out where the figures shown carry a verdict alone", () => {
  const may = { core: "verdict", edges: [] } as const;
  expect(assessed("fall", [-31, -12], [], may).helped.text).toBe(
    "Reports in the streets of the operation fell.",
  );
});

test("an edge of which nothing may be said counts as one that cannot be told; of some a rise may be said alone", () => {
  const movedOf = (core: Verdict, verdict: Verdict, may: Sayable["edges"][number]) => {
    const edges = [edge("Barnet", verdict), edge("Hackney", "no_clear_change")];
    const sayable = { core: "verdict", edges: [may, "verdict"] } as const;
    return assessed(core, [-31, -12], edges, sayable).moved[0]?.text;
  };
  const unseen =
    "No significant rise near the boundaries with enough reports to tell. That does not prove that nothing moved. Near 1 of 2 boundaries there are not enough reports to tell.";
  for (const core of ["rise", "fall"] as const) {
    for (const verdict of ["rise", "fall", "no_clear_change", "cannot_tell"] as const) {
      expect(movedOf(core, verdict, "nothing")).toBe(unseen);
      if (verdict !== "rise") expect(movedOf(core, verdict, "rise")).toBe(unseen);
    }
  }
  expect(movedOf("fall", "rise", "rise")).toContain("but rose near the boundary with Barnet");
});

const risen = (neighbour: string, hasRisen: boolean) => ({
  ...edge(neighbour, "no_clear_change"),
  hasRisen,
});
const agreed = { text: "If reports rise: pause.", basis: "Agreed on 3 July 2021." };
const weekly = (
  edges: SpokenAssessment["edges"],
  sayable: Sayable,
  rule: typeof agreed | null = agreed,
) =>
  releaseAnswer(
    {
      ...ground,
      treatedArea: {
        verdict: "fall",
        treated: [120, 74],
        control: [900, 870],
        low: -31,
        high: -12,
        reach,
      },
      edges,
      agreed: rule,
    },
    sayable,
  ).moved.slice(1);

test("the weekly looks: a rise is said with what was agreed, and no week of it", () => {
  const edges = [risen("Barnet", true), risen("Hackney", false)];
  const words =
    "Checked week by week, reports rose near the boundary with Barnet at some time since the start.";
  expect(weekly(edges, all(edges))).toEqual([
    { text: words, basis: expect.any(String) as string },
    agreed,
  ]);
  expect(weekly(edges, all(edges), null).map(({ text }) => text)).toEqual([
    `${words} Nobody had agreed beforehand what would be done then.`,
  ]);
  expect(weekly([risen("Barnet", false)], all(edges))).toEqual([agreed]);
});

test("SAFEGUARDS 7: the weekly looks say nothing of an edge about which no words may be said", () => {
  const edges = [risen("Barnet", true)];
  expect(weekly(edges, { core: "verdict", edges: ["nothing"] })).toEqual([agreed]);
  expect(weekly(edges, { core: "nothing", edges: [] })).toEqual([agreed]);
});

test("SAFEGUARDS 7: what would make public words false holds no figure, whatever was counted", () => {
  const lines = (["rise", "fall", "no_clear_change", "cannot_tell"] as const).flatMap((verdict) => {
    const edges = [edge("Barnet", verdict)];
    const { helped, moved } = assessed(verdict, [-31, 12], edges);
    return [helped, ...moved].map(({ wrongIf }) => wrongIf ?? "");
  });
  expect(lines.filter((line) => /\d/.test(line))).toEqual([]);
  expect(lines.filter(Boolean)).toHaveLength(6);
});
