import { describe, expect, test } from "vitest";
import type { Verdict } from "#core/displacement/wire/displacement.ts";
import type { SpokenPhase } from "#core/releases/answers.ts";
import type { Sayable } from "#core/releases/panel/sayable.ts";
import { toldAnswers } from "#core/releases/told-answers.ts";

const reach = [] as const;
const figures = { treated: [90, 60], control: [900, 880], low: -40, high: -5, reach } as const;
const whole = {
  operation: "autumn",
  treatedArea: { ...figures, verdict: "fall" },
  overall: { verdict: "fall" },
  edges: [],
  control: { reach },
  before: { from: "2021-06-01", to: "2021-07-31" },
  after: { from: "2021-08-01", to: "2021-09-30" },
  studyArea: "Enfield and Haringey",
} as const;
const phase = (verdict: Verdict, more: Partial<SpokenPhase> = {}): SpokenPhase => ({
  ...whole,
  phase: "Clear",
  after: { from: "2021-08-01", to: "2021-08-31" },
  treatedArea: { ...figures, verdict },
  ...more,
});
const beside = (verdict: Verdict) => [
  { neighbour: "Waltham Forest", verdict, isInternal: false, reach },
];
const shown = { areas: [], months: new Map() };
type Told = Parameters<typeof toldAnswers>[0];
const tell = (phases: readonly SpokenPhase[], more: Partial<Told> = {}) => {
  const sayable: Told["sayable"] = (of) =>
    of.map(({ edges }): Sayable => ({ core: "verdict", edges: edges.map(() => "verdict") }));
  const [told] = toldAnswers({ answers: [whole], phases, earlier: [], sayable, ...more }, shown);
  return told?.answer;
};
const textOf = (one: SpokenPhase) => tell([one])?.phases?.[0]?.text;

describe("a phase on the panel", () => {
  test("is told with its dates, without an interval", () => {
    expect(tell([phase("fall")])?.phases).toEqual([
      {
        name: "Clear",
        text: "Reports in the streets of the operation fell.",
        basis:
          "Counted: complaints by residents from 1 August to 31 August 2021, against 1 June to 31 July 2021 and against the rest of Enfield and Haringey.",
        wrongIf:
          "This answer would be wrong if people reported less readily than before, or the operation itself raised reports in the rest of the area.",
      },
    ]);
    expect(textOf(phase("rise"))).toBe("Reports in the streets of the operation rose.");
  });

  test("SAFEGUARDS 7: too few to tell is told in the very words of no change", () => {
    const silent = "No significant change can be shown in the streets of the operation.";
    expect(textOf(phase("cannot_tell"))).toBe(silent);
    expect(textOf(phase("no_clear_change"))).toBe(silent);
  });

  test("SAFEGUARDS 11: its fall never goes without the rise beside it", () => {
    const moved = phase("fall", { edges: beside("rise") });
    expect(textOf(moved)).toBe(
      "Reports in the streets of the operation fell. Reports fell in the streets of the operation but rose near the boundary with Waltham Forest: the problem may have moved.",
    );
    expect(textOf(phase("fall", { edges: beside("no_clear_change") }))).not.toContain("rose");
  });

  test("takes no words from its operation, and leaves no trace where nothing may be said of it", () => {
    // As one that comes after all operations it finds the figures taken.
    const sayable: Told["sayable"] = (of) =>
      of.map((_, at): Sayable => ({ core: at === 0 ? "verdict" : "nothing", edges: [] }));
    const without = tell([], { sayable });
    expect(tell([phase("fall")], { sayable })).toEqual(without);
    expect(JSON.stringify(tell([phase("fall")], { sayable }))).toBe(JSON.stringify(without));
    expect(tell([phase("fall")])).toMatchObject({ helped: without?.helped, moved: without?.moved });
  });

  test("is told again in the words of an earlier release for the same days, and of new days anew", () => {
    const first = tell([phase("fall")]);
    const content = { months: [], values: [], answers: first ? [first] : [], movedNotes: [] };
    const earlier = [{ content }];
    const later = [
      phase("rise", { phase: "Clear and warn" }),
      phase("rise", { phase: "Hold", after: { from: "2021-09-01", to: "2021-09-30" } }),
    ];
    const again = tell(later, { earlier });
    expect(again?.helped).toEqual(first?.helped);
    expect(again?.phases?.map(({ name, text }) => [name, text])).toEqual([
      ["Clear and warn", "Reports in the streets of the operation fell."],
      ["Hold", "Reports in the streets of the operation rose."],
    ]);
    expect(tell([], { earlier })?.phases).toBeUndefined();
  });
});
