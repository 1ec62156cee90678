import { describe, expect, test } from "vitest";
import { describeChanges, describeEfforts, describeGroups } from "#core/hotspots/sentence.ts";

const noun = { one: "report", many: "reports" };

describe("a change in one sentence", () => {
  const told = (verdicts: ["rise" | "fall" | "too_few" | "no_clear_change", number][]) =>
    describeChanges({
      total: 276,
      weeks: 8,
      before: 1280,
      weeksBefore: 26,
      noun,
      verdicts: new Map(verdicts),
    });

  test.each([
    [
      [
        ["rise", 4],
        ["fall", 1],
        ["too_few", 159],
      ],
      "4 places rose and 1 fell significantly, 159 have too few reports to tell.",
    ],
    [[["rise", 1]], "1 place rose significantly and none fell."],
    [
      [
        ["fall", 2],
        ["too_few", 1],
      ],
      "2 places fell significantly and none rose, 1 has too few reports to tell.",
    ],
    [[["no_clear_change", 9]], "no place changed significantly."],
  ] as const)("%j", (verdicts, words) => {
    expect(told(verdicts.map(([verdict, number]) => [verdict, number]))).toBe(
      `276 reports in 8 weeks, compared with 1,280 in 26 weeks; ${words}`,
    );
  });
});

describe("patterns in one sentence", () => {
  const told = (groups: ["rising" | "steady" | "gone" | "too_few", number][]) =>
    describeGroups({ total: 1, weeks: 69, noun, steps: "15 months", groups: new Map(groups) });

  test("names each group that there is", () => {
    expect(
      told([
        ["rising", 8],
        ["steady", 4],
        ["gone", 1],
        ["too_few", 667],
      ]),
    ).toBe(
      "1 report in 69 weeks; over 15 months 8 places are rising, 4 steady and 1 gone, 667 have too few reports to tell.",
    );
    expect(told([["gone", 1]])).toBe("1 report in 69 weeks; over 15 months 1 place is gone.");
  });

  test("says that there is none", () => {
    expect(told([])).toBe("1 report in 69 weeks; over 15 months no place shows a pattern.");
  });
});

describe("finds for hours of patrol in one sentence", () => {
  const asked = { total: 63, weeks: 17, noun: { one: "police record", many: "police records" } };

  test("says hours, places with a rate and those without", () => {
    expect(describeEfforts({ ...asked, minutes: 7200, known: 14, unknown: 20 })).toBe(
      "63 police records in 17 weeks and 120 logged hours of patrol; 14 places have a rate, 20 have no patrol logged.",
    );
  });

  test("without any hours no rate is told", () => {
    expect(describeEfforts({ ...asked, minutes: 0, known: 0, unknown: 34 })).toBe(
      "63 police records in 17 weeks; no patrol was logged, so there are no rates.",
    );
  });
});
