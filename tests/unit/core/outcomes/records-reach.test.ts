import { describe, expect, test } from "vitest";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { createOutcomes, type OutcomesInput } from "#core/outcomes/outcomes.ts";
import { outcomesCsv } from "#core/outcomes/outcomes-csv.ts";
import { comparedPeriods, type DayCount } from "#core/outcomes/periods.ts";
import { publicTallies } from "#core/outcomes/public-tallies.ts";
import type { Period, TypedTally } from "#core/outcomes/typed-tally.ts";

const september = { from: "2021-09-01", to: "2021-09-30" };
const whole = (measure: TypedTally["measure"], value: number, period: Period): TypedTally => ({
  measure,
  breakdown: null,
  part: null,
  ...period,
  value,
});
/** One arrest on every day from one to another. */
const daily = (from: string, to: string): DayCount[] => {
  const days: DayCount[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000) {
    days.push({ kind: "arrest", day: new Date(at).toISOString().slice(0, 10), count: 1 });
  }
  return days;
};
const ground = { period: september, tallies: [], days: [], asAt: "2021-11-26", isExact: true };
const outcomes = (input: Partial<OutcomesInput>) => createOutcomes({ ...ground, ...input });
const arrests = (input: Partial<OutcomesInput>) => outcomes(input).figures[0];
const typed63 = [whole("arrests", 63, september)];

describe("where records end", () => {
  const days = daily("2020-01-01", "2021-07-20");

  test("the typed total stands, and what is not recorded is no nought beside it", () => {
    expect(arrests({ days, tallies: typed63 })).toMatchObject({
      count: 63,
      source: "typed",
      typedBeside: null,
    });
    expect(arrests({ days })).toMatchObject({ count: null, words: "no records that late" });
    const shared = outcomes({ days, tallies: typed63, isExact: false });
    expect(shared.figures[0]?.count).toBe(65);
  });

  test("a week without any is still known, and a day more is not", () => {
    const upTo = (last: string) => arrests({ days: daily("2020-01-01", last) })?.count;
    expect(upTo("2021-09-23")).toBe(23);
    expect(upTo("2021-09-22")).toBeNull();
  });

  test("the months end with them, and the sentence says so", () => {
    const [trend] = outcomes({ days }).trends ?? [];
    expect(trend?.months.at(-1)).toMatchObject({
      month: "2021-07",
      from: "2021-07-01",
      to: "2021-07-20",
      days: 20,
      count: 20,
    });
    expect(trend?.changes).toEqual([]);
    expect(trend?.sentence).toContain(
      "Arrests, recorded until 20 Jul 2021: no significant change of level",
    );
    const nearly = outcomes({ days: daily("2020-01-01", "2021-07-25") }).trends?.[0];
    expect(nearly?.months.at(-1)).toMatchObject({ to: "2021-07-31", days: 31, count: 25 });
    const lately = outcomes({ days: daily("2020-01-01", "2021-11-19") }).trends?.[0];
    expect(lately?.months.at(-1)).toMatchObject({ to: "2021-11-26", days: 26, count: 19 });
    expect(lately?.sentence).not.toContain("recorded until");
  });
});

describe("where records begin within a month", () => {
  const days = daily("2021-09-20", "2021-11-26");

  test("that month is not known whole, and nothing rises from it", () => {
    const october = { from: "2021-10-01", to: "2021-10-31" };
    const figure = arrests({ days, period: october });
    expect(figure).toMatchObject({ count: 31, source: "counted" });
    expect(figure?.before).toMatchObject({ ...september, count: null, verdict: "cannot_tell" });
    expect(figure?.before.words).toContain("records do not go back that far");
    expect(arrests({ days, tallies: typed63 })).toMatchObject({ count: 63, source: "typed" });
    expect(arrests({ days: daily("2021-09-08", "2021-11-26") })?.count).toBe(23);
    expect(arrests({ days: daily("2021-09-09", "2021-11-26") })?.count).toBeNull();
  });

  test("the first month has the days from the first record on", () => {
    const [first] = outcomes({ days }).trends?.[0]?.months ?? [];
    expect(first).toMatchObject({ month: "2021-09", from: "2021-09-20", days: 11, count: 11 });
    expect(first?.level).toBeCloseTo(11, 6);
    const early = outcomes({ days: daily("2021-09-05", "2021-11-26") }).trends?.[0]?.months[0];
    expect(early).toMatchObject({ from: "2021-09-01", days: 30 });
  });
});

describe("counted from the records beside manual totals", () => {
  const october = { from: "2021-10-01", to: "2021-10-31" };
  const tallies = [...typed63, whole("arrests", 30, october)];
  const days = daily("2021-09-20", "2021-11-26");

  test("each says which it is and of which days, on the screen and in what may leave", () => {
    const exact = arrests({ days, tallies, period: october });
    expect(exact?.sourceWords).toBe("Counted from the records of 1 Oct to 31 Oct 2021.");
    expect(exact?.before.words).toBe(
      "32 fewer than 1 Sep to 30 Sep 2021 (manual total 63); per day significantly fewer, counted differently",
    );
    const shared = arrests({ days, tallies, period: october, isExact: false });
    expect(shared?.sourceWords).toBe(exact?.sourceWords);
    expect(shared?.before.words).toContain("(manual total about 65); per day significantly fewer");
    expect(shared?.before.words).toContain("counted differently");
    const reply = outcomes({ days, tallies, period: october, isExact: false });
    const file = outcomesCsv(reply, null);
    expect(file).toContain("about 30. Counted from the records of 1 Oct to 31 Oct 2021.");
    expect(arrests({ days, tallies })?.sourceWords).toBe("Manual total for 1 Sep to 30 Sep 2021.");
    expect(arrests({ days, tallies, isExact: false })?.sourceWords).toBe(
      "Manual total for 1 Sep to 30 Sep 2021.",
    );
  });

  test("as a release had it, where it came from is not known any more", () => {
    const earlier = publicTallies({ tallies: typed63, rule: tenFiveRule, earlier: [] });
    const said = arrests({ days, earlier, isExact: false });
    expect(said).toMatchObject({ count: 65, source: "either" });
    expect(said?.sourceWords).toContain("As released for 1 Sep to 30 Sep 2021");
  });
});

describe("what a period is compared with", () => {
  test("other days: as many right before, and the same dates a year ago", () => {
    expect(comparedPeriods({ from: "2021-08-01", to: "2021-11-26" })).toEqual({
      before: { from: "2021-04-05", to: "2021-07-31" },
      yearAgo: { from: "2020-08-01", to: "2020-11-26" },
    });
    const leap = comparedPeriods({ from: "2020-02-29", to: "2020-02-29" });
    expect(leap.yearAgo).toEqual({ from: "2019-02-28", to: "2019-02-28" });
  });

  test.each([
    ["2021-10-01", "2021-10-31", "2021-09-01", "2021-09-30", "2020-10-01", "2020-10-31"],
    ["2021-02-01", "2021-02-28", "2021-01-01", "2021-01-31", "2020-02-01", "2020-02-29"],
    ["2020-02-01", "2020-02-29", "2020-01-01", "2020-01-31", "2019-02-01", "2019-02-28"],
    ["2021-01-01", "2021-03-31", "2020-10-01", "2020-12-31", "2020-01-01", "2020-03-31"],
    ["2020-11-01", "2021-10-31", "2019-11-01", "2020-10-31", "2019-11-01", "2020-10-31"],
  ])("whole months %s to %s: as many months, and the same ones a year ago", (...dates) => {
    const [from, to, beforeFrom, beforeTo, yearFrom, yearTo] = dates;
    expect(comparedPeriods({ from, to })).toEqual({
      before: { from: beforeFrom, to: beforeTo },
      yearAgo: { from: yearFrom, to: yearTo },
    });
  });

  test("months of unequal lengths are compared per day", () => {
    const january = { from: "2021-01-01", to: "2021-01-31" };
    const february = { from: "2021-02-01", to: "2021-02-28" };
    const tallies = [whole("cautions", 9300, january), whole("cautions", 9200, february)];
    const exact = outcomes({ tallies, period: february }).figures[2]?.before;
    expect(exact).toMatchObject({ count: 9300, verdict: "rise" });
    expect(exact?.words).toContain(
      "100 fewer than 1 Jan to 31 Jan 2021 (9300); per day significantly more",
    );
    const shared = outcomes({ tallies, period: february, isExact: false }).figures[2]?.before;
    expect(shared?.words).toContain("both figures are rounded and of 28 and 31 days");
  });
});

test("a trend says of each change the levels that its line shows", () => {
  const days: DayCount[] = [];
  for (let month = 0; month < 18; month += 1) {
    const name = `${2020 + Math.floor((month + 5) / 12)}-${String(((month + 5) % 12) + 1).padStart(2, "0")}`;
    const count = [45, 15, 30][Math.floor(month / 6)] ?? 0;
    days.push(
      { kind: "arrest", day: `${name}-02`, count },
      { kind: "arrest", day: `${name}-24`, count },
    );
  }
  const [trend] = outcomes({ days }).trends ?? [];
  expect(trend?.changes.map(({ month }) => month)).toEqual(["2020-12", "2021-06"]);
  const [first, second] = trend?.changes ?? [];
  expect(first?.after).toBe(second?.before);
  expect(trend?.sentence).toMatch(
    /from December 2020 about 30 a month, about 90 before; from June 2021 about 6\d a month, about 30 before/,
  );
});

test("what is withheld is told apart from what is not known", () => {
  const sentenceOf = (tallies: TypedTally[]) => outcomes({ tallies, isExact: false }).sentence;
  const one = whole("cautions", 9, september);
  expect(sentenceOf([whole("sex_workers_identified", 40, september), one])).toContain(
    "One figure is withheld: fewer than 10, or to protect another. 3 figures are not known for this exact period.",
  );
  expect(sentenceOf([one])).toContain(
    "none of the five figures is shown. One figure is withheld: fewer than 10, or to protect another.",
  );
});
