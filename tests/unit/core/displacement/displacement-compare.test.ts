import { describe, expect, test } from "vitest";
import { methodNote } from "#core/displacement/caveats.ts";
import { compareWithControl, verdictsOf } from "#core/displacement/compare.ts";
import { movedBanner, rowSentence } from "#core/displacement/sentence.ts";
import type { Verdict } from "#core/displacement/wire/displacement.ts";

describe("against a scaled control", () => {
  test("worked by hand: 100 to 60, control 400 to 360", () => {
    // Scale 1/4, control down by a tenth: 60 - 360 / 4 = -30; variance 60 + 360 / 16 + .81 (100 + 400 / 16).
    const found = compareWithControl([100, 60], [400, 360]);
    expect(found.controlScale).toBe(0.25);
    expect(found.wdd).toBeCloseTo(-30, 12);
    expect(found.se).toBeCloseTo(Math.sqrt(183.75), 12);
    expect(found.low).toBeCloseTo(-30 - 1.959963984540054 * Math.sqrt(183.75), 9);
    expect(found.high).toBeCloseTo(-30 + 1.959963984540054 * Math.sqrt(183.75), 9);
  });

  test("with a control of its own size it is the plain difference of differences", () => {
    const found = compareWithControl([207, 110], [207, 217]);
    expect(found.wdd).toBeCloseTo(-107, 12);
    expect(found.se).toBeCloseTo(Math.sqrt(110 + 217 + (217 / 207) ** 2 * (207 + 207)), 12);
  });

  test("periods of different length are brought to that of the later one", () => {
    const equal = compareWithControl([300, 100], [600, 200]);
    expect(equal.wdd).toBeCloseTo(0, 9);
    // A third of the earlier counts, a ninth of their variance.
    expect(equal.se).toBeCloseTo(Math.sqrt(300 / 9 + 100 + (600 / 9 + 200) / 4), 9);
  });

  test.each([
    [
      [9, 20],
      [50, 50],
    ],
    [
      [20, 9],
      [50, 50],
    ],
    [
      [20, 20],
      [9, 50],
    ],
    [
      [20, 20],
      [50, 9],
    ],
  ] as const)(
    "fewer than 10 in any of the four counts cannot be told: %j %j",
    (treated, control) => {
      const found = compareWithControl(treated, control);
      expect(found.p).toBeNull();
      expect(verdictsOf([found])).toEqual(["cannot_tell"]);
    },
  );

  test("is widened by the scatter of the months and by what comparable places did by themselves", () => {
    const z = 1.959963984540054;
    const widening = { dispersion: 2, placebo: { places: 12, spread: 0.1 } };
    const found = compareWithControl([100, 60], [400, 360], widening);
    expect(found.wdd).toBeCloseTo(-30, 12);
    // 90 are expected; a place that grows by 1.96 spreads grows by exp(.196) - 1 of that.
    const apart = (90 * (Math.exp(0.1 * z) - 1)) / z;
    expect(found.se).toBeCloseTo(Math.sqrt(2 * 183.75 + apart ** 2), 9);
    expect(found.high).toBeCloseTo(-30 + z * Math.sqrt(2 * 183.75 + apart ** 2), 9);
    const nothing = compareWithControl([100, 60], [400, 360], { dispersion: null, placebo: null });
    expect(nothing).toEqual(compareWithControl([100, 60], [400, 360]));
  });

  test("ten in all four can", () => {
    expect(compareWithControl([10, 10], [10, 10]).p).toBe(1);
  });

  test.each([
    [
      [0, 0],
      [0, 0],
    ],
    [
      [0, 30],
      [50, 50],
    ],
    [
      [30, 0],
      [50, 50],
    ],
    [
      [30, 30],
      [0, 50],
    ],
    [
      [30, 30],
      [50, 0],
    ],
    [
      [30, 30],
      [0, 0],
    ],
  ] as const)("zero counts give no number that is not one: %j %j", (treated, control) => {
    const { treated: _, control: __, ...figures } = compareWithControl(treated, control);
    for (const value of Object.values(figures)) {
      expect(value === null || Number.isFinite(value)).toBe(true);
    }
    expect(figures.p).toBeNull();
  });
});

describe("a command in which everything changes", () => {
  test("a control that doubles or halves makes no finding of its own", () => {
    // As the ratio of the two ratios says (Woolf 1955): z 1.46 and -2.4.
    const doubled = compareWithControl([100, 240], [1000, 2000]);
    expect(doubled.z).toBeCloseTo(1.51, 2);
    expect(verdictsOf([doubled])).toEqual(["no_clear_change"]);
    const halved = compareWithControl([100, 30], [1000, 500]);
    expect(halved.p).toBeLessThan(0.02);
    expect(verdictsOf([halved])).toEqual(["fall"]);
  });
});

describe("verdicts", () => {
  test("a single question is judged at .05", () => {
    const verdict = (p: number, wdd: number) => verdictsOf([{ p, wdd }])[0];
    expect(verdict(0.05, 9)).toBe("rise");
    expect(verdict(0.05, -9)).toBe("fall");
    expect(verdict(0.051, 9)).toBe("no_clear_change");
  });

  test("several are judged together by Holm, and those that cannot be told do not count", () => {
    const rows = (smallest: number) =>
      verdictsOf([smallest, null, 0.03, 0.04].map((p) => ({ p, wdd: p === null ? null : 5 })));
    // Three questions: .02 x 3 is above .05; .016 x 3 is not, though .016 x 4 would be.
    const unclear = "no_clear_change";
    expect(rows(0.02)).toEqual([unclear, "cannot_tell", unclear, unclear]);
    expect(rows(0.016)).toEqual(["rise", "cannot_tell", unclear, unclear]);
    const clear = [0.001, null, 0.03, 0.2].map((p) => ({ p, wdd: p === null ? null : -5 }));
    expect(verdictsOf(clear)).toEqual([
      "fall",
      "cannot_tell",
      "no_clear_change",
      "no_clear_change",
    ]);
  });
});

describe("sentences", () => {
  const say = (treated: [number, number], control: [number, number], verdict: Verdict, asked = 1) =>
    rowSentence({
      where: "Along the boundary with Barnet",
      comparison: compareWithControl(treated, control),
      verdict,
      asked,
      oneSided: null,
    });

  test("the interval comes before the estimate, and the verdict last", () => {
    expect(say([100, 200], [400, 400], "rise")).toBe(
      "Along the boundary with Barnet, between 63 and 137 more reports than expected (best estimate 100 more): a rise.",
    );
    expect(say([200, 100], [400, 400], "fall")).toBe(
      "Along the boundary with Barnet, between 56 and 144 fewer reports than expected (best estimate 100 fewer): a fall.",
    );
    expect(say([100, 104], [400, 400], "no_clear_change")).toBe(
      "Along the boundary with Barnet, between 27 fewer and 35 more reports than expected (best estimate 4 more): no significant change.",
    );
    expect(say([100, 100], [400, 400], "no_clear_change")).toContain("best estimate no difference");
  });

  test("it says so when only the number of edges keeps a difference from being clear", () => {
    expect(say([100, 140], [400, 400], "no_clear_change", 7)).toContain(
      "(best estimate 40 more): no significant change after adjusting for 7 edges.",
    );
  });

  test("too few reports, and a line with one side, are said", () => {
    const sentence = rowSentence({
      where: "Along the boundary with Camden",
      comparison: compareWithControl([3, 4], [400, 400]),
      verdict: "cannot_tell",
      asked: 0,
      oneSided: "Only this side of the boundary is recorded.",
    });
    expect(sentence).toBe(
      "Along the boundary with Camden: not enough reports to tell, because one of the counts compared is under 10. Only this side of the boundary is recorded.",
    );
  });
});

describe("SAFEGUARDS 11: a fall in the core with a rise at an edge", () => {
  const row = (name: string, verdict: Verdict) => ({ name, verdict });

  test("is said, with the edges by name", () => {
    const edges = [row("Barnet", "rise"), row("Hackney", "fall"), row("Waltham Forest", "rise")];
    expect(movedBanner(row("core", "fall"), row("both", "no_clear_change"), edges)).toBe(
      "Reports fell in the treated area and rose at the boundary: Barnet, Waltham Forest. The problem may have moved.",
    );
    expect(movedBanner(row("core", "no_clear_change"), row("both", "fall"), edges)).not.toBeNull();
  });

  test("SAFEGUARDS 11: an interval that is widened hides no warning", () => {
    const widened = { ...row("core", "no_clear_change"), fell: true };
    const none = row("both", "no_clear_change");
    expect(movedBanner(widened, none, [row("Barnet", "rise")])).toContain(
      "rose at the boundary: Barnet",
    );
    expect(movedBanner(none, widened, [row("Barnet", "rise")])).not.toBeNull();
    expect(movedBanner(widened, none, [row("Barnet", "no_clear_change")])).toBeNull();
  });

  test("a fall alone, a rise alone, or nothing that can be told gives no banner", () => {
    const none = row("core", "no_clear_change");
    expect(movedBanner(row("core", "fall"), none, [row("Barnet", "fall")])).toBeNull();
    expect(movedBanner(none, none, [row("Barnet", "rise")])).toBeNull();
    expect(
      movedBanner(row("core", "cannot_tell"), none, [row("Barnet", "cannot_tell")]),
    ).toBeNull();
  });
});

test("the method note states the general result and the harm to displaced women, each with source", () => {
  const note = methodNote.join("\n");
  expect(note).toContain("78 tests");
  expect(note).toContain("Braga et al. 2019, doi 10.1007/s11292-019-09372-3");
  expect(note).toContain("not sex workers");
  expect(note).toContain("odds ratio is 4.79, 95% interval 1.99 to 12.11");
  expect(note).toContain("14:8191, 2024");
});
