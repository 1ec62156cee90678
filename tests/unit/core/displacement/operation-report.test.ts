import { describe, expect, test } from "vitest";
import { dataCaveats } from "#core/displacement/caveats.ts";
import { doseTotal, leastDoseCells, leastDoseDays } from "#core/displacement/dose.ts";
import { weeklySentence } from "#core/displacement/evidence-words.ts";
import { changesBetween, type OperationState } from "#core/displacement/operation.ts";
import {
  reportedCount,
  reportedSentence,
  reportedSums,
  reportedWrongIf,
  weeklyLines,
} from "#core/displacement/report-table.ts";
import type { StopAnswer, StopRule } from "#core/displacement/wire/stop-rule.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";

const cells = disk(cellAt([-0.0631, 51.6179], 10), 1);

describe("SAFEGUARDS 6: the dose of a report", () => {
  test("is one total in whole hours", () => {
    expect(doseTotal({ minutes: 7_349, cells: 27, days: 118 })).toMatchObject({ hours: 122 });
    expect(doseTotal({ minutes: 20, cells: 27, days: 118 })).toMatchObject({
      hours: 0,
      sentence: expect.stringContaining("under an hour") as string,
    });
  });

  test.each([
    { cells: leastDoseCells - 1, days: 365 },
    { cells: 500, days: leastDoseDays - 1 },
  ])("is not given where it would say where or when police were: %j", (few) => {
    expect(doseTotal({ minutes: 600, ...few }).hours).toBeNull();
  });

  test("is unknown rather than nought where nothing was logged", () => {
    const { hours, sentence } = doseTotal({ minutes: 0, cells: 27, days: 118 });
    expect(hours).toBeNull();
    expect(sentence).toContain("is not known");
  });
});

test("a count under 10 is not said in a report, nought included", () => {
  expect([0, 1, 9, 10, 214].map(reportedCount)).toEqual([null, null, null, 10, 214]);
});

const group: QualityGroup = {
  kind: "complaint",
  source: "resident",
  events: 100,
  first: "2021-06-01",
  last: "2021-11-25",
  longestSilence: 5,
  lastImport: "2021-11-26T10:00:00+00:00",
  months: ["06", "07", "08", "09", "10", "11"].map((month) => ({
    month: `2021-${month}`,
    count: 20,
  })),
  exact: 90,
  midnight: 1,
  fullHour: 4,
  overSixHours: 0,
  overDay: 0,
  overMonth: 0,
  points: null,
  files: null,
};
const periods = {
  before: { from: "2021-04-05", to: "2021-07-31" },
  after: { from: "2021-08-01", to: "2021-11-26" },
};
const caveats = (...groups: QualityGroup[]) =>
  dataCaveats({ asAt: "2021-11-26", groups, unknownMonths: [] }, periods);

describe("what of the records weighs on a comparison", () => {
  test("days before the first report, uncertain times, months without any", () => {
    expect(caveats(group)).toEqual([
      "The first report is from 1 Jun 2021. The first 57 days of the period before have none, so the comparison is incomplete.",
    ]);
    expect(caveats({ ...group, first: "2021-01-01", overSixHours: 27 }).join()).toContain(
      "For 27% of the reports the time is uncertain by more than six hours",
    );
    const months = group.months.map((one) =>
      one.month === "2021-09" ? { ...one, count: 0 } : one,
    );
    expect(caveats({ ...group, months }).join()).toContain("none in Sep 2021");
  });

  test("police records say nothing of what was reported", () => {
    expect(caveats({ ...group, source: "police", overSixHours: 90 })).toEqual([
      "There are no reports by residents or partners.",
    ]);
  });
});

const state: OperationState = {
  name: "Fore Street",
  startsOn: "2021-08-01",
  endsOn: null,
  phases: [],
  treated: { by: "picked", name: null, cells },
  control: null,
};

test("what changed is said in words, and nothing where nothing did", () => {
  expect(
    changesBetween(state, { ...state, treated: { ...state.treated, cells: [...cells] } }),
  ).toEqual([]);
  expect(
    changesBetween(state, {
      ...state,
      name: "Fore Street, autumn",
      startsOn: "2021-08-08",
      control: { by: "named", name: "Crouch End", cells: cells.slice(1) },
    }),
  ).toEqual([
    "name: Fore Street, now Fore Street, autumn",
    "first day: 1 Aug 2021, now 8 Aug 2021",
    "comparison area: the rest of the area, now Crouch End (6 cells)",
  ]);
  // As many cells, but others: it is another area.
  const moved = { ...state.treated, cells: [...cells.slice(1), cellAt([-0.09, 51.65], 10)] };
  expect(changesBetween(state, { ...state, treated: moved }).length).toBe(1);
});

describe("what a report may say", () => {
  test("no count under 10 is left over when others are taken away from each other", () => {
    const counts = (treated: [number, number]) => ({ treated });
    const sums = (...rows: [number, number][]) => reportedSums(rows.map(counts));
    // 52 less 47 would be the 5 that is not said; 30 less 12 is said anyway.
    expect(sums([52, 30], [47, 12], [5, 18])).toEqual([
      [null, 30],
      [47, 12],
      [null, 18],
    ]);
    // Where both parts are too small neither is known from the sum.
    expect(sums([14, 9], [8, 0], [6, 9])).toEqual([
      [14, null],
      [null, null],
      [null, null],
    ]);
    expect(sums([20, 20], [20, 10], [0, 10])[0]).toEqual([null, 20]);
    expect(reportedSentence({ name: "Barnet", verdict: "cannot_tell", sentence: "none" })).toBe(
      "Barnet: not enough reports to tell.",
    );
  });

  test("SAFEGUARDS 7: what would make it false is not said where a count is too small, nor which side it rests on", () => {
    const rise = {
      verdict: "rise",
      oneSided: false,
      treated: [120, 214],
      restsBeyond: true,
      tips: [{ where: "after", by: 41, to: "no_clear_change" }],
    } as unknown as Parameters<typeof reportedWrongIf>[0];
    const words = "This could no longer be said if 41 more had been reported after the start.";
    expect(reportedWrongIf(rise, [120, 214])).toBe(words);
    expect(reportedWrongIf(rise, [null, 214])).toBeNull();
    expect(reportedWrongIf(rise, [120, null])).toBeNull();
  });

  test("SAFEGUARDS 7: of an edge with too few reports only that it has risen is said of the weekly looks", () => {
    const edge = (name: string, verdict: string, share: number, movedOn: string | null) =>
      ({ name, verdict, evidence: { weeks: 12, share, movedOn } }) as Parameters<
        typeof weeklySentence
      >[0][number];
    expect(
      weeklySentence([
        edge("Barnet", "no_clear_change", 0, null),
        edge("Hackney", "no_clear_change", 0.005, null),
        edge("Camden", "no_clear_change", 0.7, null),
        edge("Islington", "cannot_tell", 0.7, null),
        edge("Westley", "cannot_tell", 1, "2021-10-03"),
      ]),
    ).toBe(
      "Week by week: Barnet, Hackney: no sign of a rise; Camden: strong sign of a rise, not enough yet; Westley: has risen, shown in the week to 3 Oct 2021.",
    );
    expect(weeklySentence([edge("Islington", "cannot_tell", 0.7, null)])).toBe(
      "Week by week: not enough reports to tell at any boundary.",
    );
  });

  test("what was agreed for a rise goes along, and whether it was done", () => {
    const agreed: StopRule = {
      id: 1,
      choices: ["pause", "neighbour"],
      acts: "sergeant",
      withinDays: 14,
      reason: null,
      askedOn: "2021-07-20",
      askedBy: "a",
      confirmedOn: "2021-07-21",
      confirmedBy: "b",
    };
    const evidence = { weeks: 12, share: 1, movedOn: "2021-10-03" };
    const edges = [
      { name: "Barnet", neighbour: "Barnet", verdict: "rise", evidence },
    ] as unknown as Parameters<typeof weeklyLines>[0];
    const risen = [{ neighbour: "Barnet", shownOn: "2021-10-03" }];
    const rule = {
      firstLookOn: "2021-08-08",
      inForce: agreed,
      waiting: null,
      earlier: [],
      answers: [],
      risen,
    };
    expect(weeklyLines(edges, rule).slice(1)).toEqual([
      "If reports rise at a boundary: pause new patrols of this operation and review it, and tell the neighbour across that boundary. Done by the sergeant within 14 days. Agreed on 21 July 2021, before the first weekly check.",
      "Barnet: not answered yet, due by 17 October 2021.",
    ]);
    // Agreed after the rise, its days count from then; a rule in its place gives no more time.
    const after = { ...agreed, confirmedOn: "2021-11-01" };
    expect(weeklyLines(edges, { ...rule, inForce: after }).at(-1)).toContain("due by 15 November");
    const replaced = { ...rule, earlier: [agreed], inForce: after };
    expect(weeklyLines(edges, replaced).at(-1)).toContain("due by 17 October");
    const said = { neighbour: "Barnet", asAgreed: true, words: null, answeredOn: "2021-10-09" };
    const lineOf = (more: Pick<StopAnswer, "byTwo" | "confirmedOn" | "confirmedBy">) => {
      const answers = [{ id: 1, ...said, answeredBy: "b", ...more }];
      return weeklyLines(edges, { ...rule, answers }).at(-1);
    };
    const nobody = { confirmedOn: null, confirmedBy: null };
    const done = "Barnet: done as agreed, recorded on 9 October 2021";
    expect(lineOf({ byTwo: true, ...nobody })).toBe(`${done}, waits for a second person.`);
    expect(lineOf({ byTwo: false, ...nobody })).toBe(
      `${done} by one person, before two were asked.`,
    );
    expect(lineOf({ byTwo: true, confirmedOn: "2021-10-10", confirmedBy: "an analyst" })).toBe(
      `${done}, confirmed by an analyst.`,
    );
    const late = { ...rule, firstLookOn: "2021-07-01" };
    expect(weeklyLines(edges, late)[1]).toContain("after the first weekly check on 1 July 2021.");
  });
});
