import { describe, expect, test } from "vitest";
import { createOutcomes } from "#core/outcomes/outcomes.ts";
import { outcomesCsv } from "#core/outcomes/outcomes-csv.ts";
import { endOfMonth } from "#core/outcomes/periods.ts";
import type { TypedTally } from "#core/outcomes/typed-tally.ts";

const monthly = (measure: TypedTally["measure"], from: string, ...values: number[]) =>
  values.map((value, at): TypedTally => {
    const month = String(Number(from.slice(5)) + at).padStart(2, "0");
    const first = `${from.slice(0, 5)}${month}-01`;
    const period = { from: first, to: endOfMonth(first) };
    return { measure, breakdown: null, part: null, ...period, value };
  });
const ground = { period: null, days: [], asAt: "2021-11-26" };
const trustOf = (tallies: readonly TypedTally[], isExact = true) =>
  createOutcomes({ ...ground, tallies, isExact }).trust;

describe("trust and enforcement", () => {
  test("each line on the same months, with a gap where nothing was entered", () => {
    const trust = trustOf([
      ...monthly("referrals_to_advisers", "2021-06", 12, 14),
      ...monthly("referrals_to_advisers", "2021-09", 40),
      ...monthly("cautions", "2021-07", 20),
    ]);
    expect(trust?.months).toEqual(["2021-06", "2021-07", "2021-08", "2021-09"]);
    expect(trust?.series.map(({ measure, side }) => [measure, side])).toEqual([
      ["referrals_to_advisers", "trust"],
      ["cautions", "enforcement"],
    ]);
    expect(trust?.series[0]?.points.map(({ count }) => count)).toEqual([12, 14, null, 40]);
    expect(trust?.series[0]?.points[2]?.words).toBe("not entered for that period");
    // 40 against 12 in months of one length: p .0001.
    expect(trust?.sentence).toBe(
      "Last month against the first: significantly more referrals to independent advisers; not enough in 1 line to tell.",
    );
    expect(trust?.series[0]?.sentence).toBe(
      "Referrals to independent advisers: 12 in June 2021, 40 in September 2021, significantly more.",
    );
    expect(trust?.series[1]?.sentence).toBe("Cautions: not enough months to compare.");
  });

  test("no change is stated of months under 10, and lines are judged together", () => {
    const few = trustOf(monthly("reports_by_women", "2021-06", 2, 9, 30));
    expect(few?.series[0]?.sentence).toMatch(/not enough to tell\.$/);
    // 32 against 16 alone has p .03; with a second line it is no change.
    const one = monthly("reports_by_women", "2021-07", 16, 32);
    expect(trustOf(one)?.sentence).toContain("significantly more");
    const two = [...one, ...monthly("cautions", "2021-07", 20, 22)];
    expect(trustOf(two)?.sentence).toContain("first: no significant change.");
  });

  test("a part of a month, a longer period or one month alone is no line", () => {
    const part = { breakdown: null, part: null, from: "2021-11-01", to: "2021-11-26" } as const;
    expect(trustOf([{ measure: "reports_by_women", ...part, value: 5 }])).toBeNull();
    expect(trustOf(monthly("reports_by_women", "2021-06", 12))).toBeNull();
    expect(trustOf(monthly("cautions", "2021-06", 12, 13))).toBeNull();
  });

  test("months go back two years at most", () => {
    const trust = trustOf([
      ...monthly("reports_by_women", "2018-01", 3),
      ...monthly("reports_by_women", "2021-10", 12),
      ...monthly("reports_by_women", "2021-09", 12),
    ]);
    expect(trust?.months).toHaveLength(24);
    expect(trust?.months.at(-1)).toBe("2021-10");
  });

  test("SAFEGUARDS 7: for sharing each point is what the figures by month say, nothing under 10, nothing partners told", () => {
    const tallies = [
      ...monthly("reports_by_women", "2021-06", 4, 12, 13),
      ...monthly("harm_reported_to_partners", "2021-06", 40, 41, 42),
      ...monthly("reports_passed_on", "2021-06", 30, 31, 32),
      ...monthly("arrests", "2021-06", 63, 58, 61),
    ];
    const shared = createOutcomes({ ...ground, tallies, isExact: false });
    const points = (shared.trust?.series ?? []).flatMap(({ label, points }) =>
      points.map((point, at) => ({ label, month: shared.trust?.months[at], ...point })),
    );
    expect(new Set(points.map(({ label }) => label))).toEqual(
      new Set(["Reports of harm made by women", "Arrests"]),
    );
    expect(points.map(({ count }) => count)).toEqual([null, 10, 15, 65, 60, 60]);
    expect(points[0]?.words).toBe("fewer than 10, or withheld");
    const csv = outcomesCsv(shared, null);
    for (const { label, month, count } of points) {
      expect(csv).toContain(`by month,${label},${month}-01,`);
      const given = shared.givenMonths.find((one) => one.label === label)?.months;
      expect(given?.find((one) => one.month === month)?.count).toBe(count);
    }
    expect(JSON.stringify(shared)).not.toMatch(/passed_on|harm_reported/);
  });
});
