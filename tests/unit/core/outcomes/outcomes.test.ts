import { describe, expect, test } from "vitest";
import { createOutcomes } from "#core/outcomes/outcomes.ts";
import { outcomesCsv } from "#core/outcomes/outcomes-csv.ts";
import { comparedPeriods, type DayCount } from "#core/outcomes/periods.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";

const autumn = { from: "2021-08-01", to: "2021-11-26" };
const { before, yearAgo } = comparedPeriods(autumn);
const whole = (measure: TypedTally["measure"], value: number, period = autumn): TypedTally => ({
  measure,
  breakdown: null,
  part: null,
  ...period,
  value,
});
const arrests: DayCount[] = [
  { kind: "arrest", day: "2021-08-03", count: 40 },
  { kind: "arrest", day: "2021-11-25", count: 23 },
];
const ground = { period: autumn, tallies: [], days: arrests, asAt: "2021-11-26", isExact: true };
const figureOf = (input: Partial<Parameters<typeof createOutcomes>[0]>, measure: string) => {
  const found = createOutcomes({ ...ground, ...input }).figures.find(
    (one) => one.measure === measure,
  );
  if (!found) throw new Error(`No figure ${measure}`);
  return found;
};

describe("the snapshot", () => {
  test("a typed total that disagrees with the records stands beside them, not over them", () => {
    const figure = figureOf({ tallies: [whole("arrests", 61)] }, "arrests");
    expect(figure).toMatchObject({ count: 63, source: "counted", typedBeside: 61 });
    expect(figureOf({ tallies: [whole("arrests", 63)] }, "arrests").typedBeside).toBeNull();
  });

  test("people identified are shown for the exact period typed alone, with no change where a side is missing", () => {
    const tallies = [
      whole("sex_workers_identified", 60),
      whole("sex_workers_identified", 40, yearAgo),
    ];
    const figure = figureOf({ tallies }, "sex_workers_identified");
    expect(figure).toMatchObject({ count: 60 });
    expect(figure.before).toMatchObject({ count: null, verdict: "cannot_tell" });
    expect(figure.before.words).toContain("not entered for that period");
    expect(figure.yearAgo).toMatchObject({ count: 40 });
    expect(figure.yearAgo.words).toContain("20 more than");
    const shorter = { ...autumn, to: "2021-11-25" };
    const other = figureOf({ tallies, period: shorter }, "sex_workers_identified");
    expect(other).toMatchObject({ count: null, words: "not entered for that period" });
  });

  test("before the first record nothing is known, which is not none", () => {
    const figure = figureOf({}, "arrests");
    expect(figure.before).toMatchObject({ count: null, verdict: "cannot_tell" });
    expect(figure.before.words).toContain("records do not go back that far");
  });

  test("a change is called one only beyond chance, and with 10 or more on both sides", () => {
    const change = (now: number, then: number) =>
      figureOf({ tallies: [whole("cautions", now), whole("cautions", then, before)] }, "cautions")
        .before.verdict;
    expect(change(90, 30)).toBe("rise");
    expect(change(30, 90)).toBe("fall");
    expect(change(43, 38)).toBe("no_clear_change");
    expect(change(40, 9)).toBe("cannot_tell");
  });
});

describe("as it may leave", () => {
  const tallies = [
    whole("cautions", 43),
    whole("cautions", 38, yearAgo),
    whole("sex_workers_identified", 9),
    whole("harm_reported_to_partners", 40),
    whole("cautions", 11, { from: "2021-11-01", to: "2021-11-26" }),
  ];
  const shared = createOutcomes({ ...ground, tallies, isExact: false });

  test("holds no exact count, no count under 10, no month, and nothing that partners told", () => {
    expect(JSON.stringify(shared)).not.toMatch(/"count":(?:\d|43|38|63|11)[,}]/);
    expect(JSON.stringify(shared)).not.toContain("harm_reported_to_partners");
    expect(shared.trends).toBeNull();
    expect(shared.givenMonths).toEqual([]);
    expect(shared.figures.map(({ count }) => count)).toEqual([65, null, 45, null, null]);
    expect(shared.figures[3]?.words).toBe("fewer than 10, or withheld");
  });

  test("a difference is that of the two rounded figures, with the verdict that they leave", () => {
    const cautions = shared.figures.find(({ measure }) => measure === "cautions");
    expect(cautions?.yearAgo).toMatchObject({ count: 40, verdict: "no_clear_change" });
  });

  test("what a release said stands, whatever was corrected since", () => {
    const said = createOutcomes({
      ...ground,
      tallies: [whole("cautions", 52)],
      isExact: false,
      earlier: [
        { group: "enforcement", measure: "cautions", label: "Cautions", ...autumn, count: 45 },
      ],
    });
    expect(said.figures.find(({ measure }) => measure === "cautions")?.count).toBe(45);
  });

  test("a period within another is not given", () => {
    expect(shared.periods).not.toContainEqual({ from: "2021-11-01", to: "2021-11-26" });
  });

  test("a file holds the same, marked, with formulas defused, and is never made of exact figures", () => {
    const file = outcomesCsv(shared, "MADE-UP DATA");
    expect(file.split("\r\n")[0]).toBe("MADE-UP DATA");
    expect(file).toContain("snapshot,Cautions,2021-08-01,2021-11-26,45");
    expect(file).not.toMatch(/(?:^|,)[=+@-]/m);
    expect(file).not.toMatch(/,(?:43|38|63)(?:,|\r)/);
    const exact = createOutcomes({ ...ground, tallies });
    expect(() => outcomesCsv(exact, null)).toThrow("Exact figures cannot be downloaded");
  });
});

describe("by month, as it may leave", () => {
  const month = (name: string, days: number) => ({ from: `${name}-01`, to: `${name}-${days}` });
  const monthly = [
    whole("awareness_courses", 21, month("2021-05", 31)),
    whole("awareness_courses", 13, month("2021-03", 31)),
    whole("awareness_courses", 9, month("2021-02", 28)),
    whole("awareness_courses", 33, { from: "2021-06-01", to: "2021-07-31" }),
    whole("cautions", 12, month("2021-05", 31)),
  ];
  const days: DayCount[] = [
    { kind: "arrest", day: "2021-02-03", count: 17 },
    { kind: "arrest", day: "2021-03-31", count: 4 },
    { kind: "arrest", day: "2021-05-01", count: 12 },
    { kind: "arrest", day: "2021-07-01", count: 50 },
  ];
  const reply = createOutcomes({ ...ground, tallies: monthly, days, isExact: false });

  test("whole months of a measure stand in their order, in fives, blanks as blanks", () => {
    expect(reply.givenMonths).toEqual([
      {
        measure: "awareness_courses",
        label: "Awareness courses attended",
        months: [
          { month: "2021-02", count: null },
          { month: "2021-03", count: 15 },
          { month: "2021-05", count: 20 },
        ],
        sentence:
          "Awareness courses attended, 3 months from February 2021 to May 2021: the most in May 2021, about 20. One month has fewer than 10, or is withheld.",
      },
      {
        measure: "arrests",
        label: "Arrests",
        months: [
          { month: "2021-02", count: 15 },
          { month: "2021-03", count: null },
          { month: "2021-05", count: 10 },
        ],
        sentence:
          "Arrests, 3 months from February 2021 to May 2021: the most in February 2021, about 15. One month has fewer than 10, or is withheld.",
      },
    ]);
    expect(createOutcomes({ ...ground, tallies: monthly, days }).givenMonths).toEqual([]);
  });

  test("a month within a total that was typed before it is not among them", () => {
    const spring = whole("awareness_courses", 70, { from: "2021-02-01", to: "2021-05-31" });
    const after = createOutcomes({
      ...ground,
      tallies: [spring, ...monthly],
      days,
      isExact: false,
    });
    expect(after.givenMonths).toEqual([]);
  });

  test("stand in the file with their own days", () => {
    const file = outcomesCsv(reply, null);
    expect(file).toContain(
      'by month,Arrests,2021-02-01,2021-02-28,15,,,,,about 15\r\nby month,Arrests,2021-03-01,2021-03-31,,,,,,"fewer than 10, or withheld"\r\n',
    );
  });
});

test("nothing typed and nothing recorded is said, not shown as nought", () => {
  const nothing = createOutcomes({ ...ground, days: [], tallies: [], period: null });
  expect(nothing.sentence).toContain("none of the five figures is known");
  expect(nothing.figures.every(({ count }) => count === null)).toBe(true);
  expect([nothing.residence, nothing.known, nothing.trends]).toEqual([[], [], []]);
});

test("months carry the level that they belong to, and the last one ends at the as-at date", () => {
  const days: DayCount[] = [];
  for (let month = 1; month <= 11; month += 1) {
    const name = `2021-${String(month).padStart(2, "0")}`;
    const count = month <= 5 ? 10 : 30;
    days.push({ kind: "stop_search", day: `${name}-03`, count });
    days.push({ kind: "stop_search", day: `${name}-22`, count });
  }
  const [trend] = createOutcomes({ ...ground, days }).trends ?? [];
  expect(trend?.months.at(-1)).toMatchObject({ month: "2021-11", to: "2021-11-26", days: 26 });
  expect(trend?.changes.map(({ month }) => month)).toEqual(["2021-06"]);
  expect(trend?.sentence).toContain("from June 2021");
});
