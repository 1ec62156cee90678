import { describe, expect, test } from "vitest";
import { dataCaveats } from "#core/displacement/caveats.ts";
import { doseTotal, leastDoseCells, leastDoseDays } from "#core/displacement/dose.ts";
import { weeklySentence } from "#core/displacement/evidence-words.ts";
import { changesBetween, type OperationState } from "#core/displacement/operation.ts";
import {
  reportCsv,
  reportedCount,
  reportedSentence,
  reportedSums,
  reportedWrongIf,
  weeklyLines,
} from "#core/displacement/report-table.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";
import type { StopRule } from "#core/displacement/wire/stop-rule.ts";
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

describe("the numbers of a report as a table", () => {
  const row = {
    neighbour: null,
    name: "Treated area",
    treated: [159, 9],
    control: [500, 0],
    controlScale: 0.318,
    wdd: -86.123456789,
    se: 24,
    z: -3.5,
    low: -134,
    high: -38,
    p: 0.0004,
    verdict: "fall",
    sentence: '=HYPERLINK("x"), a fall',
    oneSided: false,
    dispersion: 1.25,
    changedFrom: "2021-09",
    ...{ tips: [{ where: "after", by: 41, to: "no_clear_change" }], evidence: null },
    running: [{ month: "2021-08", to: "2021-08-31", wdd: -1, low: -9, high: 7, canTell: false }],
  };
  const under = { ...row, verdict: "cannot_tell", days: 30 };
  const phase = {
    ...{ ...under, name: "On foot" },
    edges: [
      {
        ...row,
        name: "Barnet",
        verdict: "rise",
        sentence: "a rise",
        low: 2.4,
        high: 9.6,
        wdd: 5.51,
      },
      { ...under, name: "Broxbourne", oneSided: true },
    ],
  };
  const short = {
    ...{ ...phase, name: "Short", days: 9, sentence: "Short: 9 days, and 14 are needed." },
    edges: [],
  };
  const report = {
    operation: { name: "@SUM(A1)", revision: 3 },
    asAt: "2021-11-26",
    dose: { hours: null, sentence: "-no total" },
    caveats: ["+one"],
    stopRule: {
      ...{ firstLookOn: "2021-08-08", inForce: null, waiting: null },
      ...{ earlier: [], answers: [] },
    },
    assessment: {
      studyArea: "Enfield and Haringey",
      before: { from: "2021-04-05", to: "2021-07-31" },
      after: { from: "2021-08-01", to: "2021-11-26" },
      overall: row,
      treatedArea: row,
      rings: row,
      edges: [
        { ...row, name: "Barnet", inner: [1, 2], outer: null },
        {
          ...{ ...row, name: "Epping Forest", inner: [1, 2], outer: null },
          received: {
            reference: "EX",
            outer: [18, 23],
            verdict: "cannot_tell",
            sentence: "under 10",
          },
        },
        {
          ...{ ...row, name: "Broxbourne", inner: [1, 2], outer: null },
          received: { reference: "EX", outer: null, verdict: "cannot_tell", sentence: "not whole" },
        },
      ],
      phases: [phase, short],
      controlCheck: { chosenByHand: true, cells: 12, sentence: "Control: passes." },
      notes: ["3 cells are left out."],
      banner: null,
      method: ["one", "two"],
    },
  } as unknown as OperationReportReply;

  test("are defused where a spreadsheet would take words for a formula; numbers below nought stay numbers", () => {
    const lines = reportCsv(report, "MADE-UP DATA").trim().split("\n");
    expect(lines).toContain("about,operation,,,,,,,,,,,,,,,'@SUM(A1)");
    expect(lines.find((line) => line.startsWith("area,"))).toContain("-134,-38,-86.123457");
    expect(lines.join("\n")).toContain(`"'=HYPERLINK(""x""), a fall"`);
    expect(lines.filter((line) => /(?:^|,)"?[=+@]/.test(line))).toEqual([]);
  });

  test("say revision, date and mark, leave small counts empty, and tell no side of an edge", () => {
    const text = reportCsv(report, "MADE-UP DATA");
    expect(text).toContain("about,revision,,,,,,,,,,,,,,,3");
    expect(text).toContain("about,as at,,,,,,,,,,,,,,,2021-11-26");
    expect(text).toContain("about,data,,,,,,,,,,,,,,,MADE-UP DATA");
    expect(text).toContain("edge,Barnet,,159,,500,,");
    expect(text).not.toContain("inner");
    expect(reportCsv(report, null)).not.toContain("about,data");
  });

  test("give what totals received add, without the counts that a neighbour gave", () => {
    const lines = reportCsv(report, null)
      .split("\n")
      .filter((line) => line.startsWith("boundary with totals received"));
    expect(lines).toEqual([
      'boundary with totals received,Epping Forest,,,,,,,,,,,,,cannot_tell,,"Epping Forest, with totals received: not enough reports to tell."',
      "boundary with totals received,Broxbourne,,,,,,,,,,,,,cannot_tell,,not whole",
    ]);
  });

  test("give the scatter, the month of change, phases and what it is compared with", () => {
    const lines = reportCsv(report, null).split("\n");
    const area = lines.find((line) => line.startsWith("area,"));
    expect(area).toContain(",0.0004,1.25,2021-09,fall,false,");
    expect(lines).toContain(
      'about,compared with,,,,,,,,,,,,,,,"a chosen comparison area, 12 cells"',
    );
    expect(lines).toContain("about,control,,,,,,,,,,,,,,,Control: passes.");
    expect(lines).toContain("about,left out,,,,,,,,,,,,,,,3 cells are left out.");
  });

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
    const all = report.assessment.overall;
    const rise = { ...all, verdict: "rise", treated: [120, 214], restsBeyond: true } as typeof all;
    const words = "This would be wrong if 41 more had been reported after the start.";
    expect(reportedWrongIf(rise, [120, 214])).toBe(words);
    expect(reportedWrongIf(rise, [null, 214])).toBeNull();
    expect(reportedWrongIf(rise, [120, null])).toBeNull();
    expect(reportCsv(report, null)).not.toContain("This would be wrong");
    const told = { ...report.assessment, overall: rise, treatedArea: rise, rings: rise };
    expect(reportCsv({ ...report, assessment: told }, null)).toContain(words);
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
      ...{ askedOn: "2021-07-20", askedBy: "a", confirmedOn: "2021-07-21", confirmedBy: "b" },
    };
    const evidence = { weeks: 12, share: 1, movedOn: "2021-10-03" };
    const [first] = report.assessment.edges;
    const edges = [{ ...first, neighbour: "Barnet", evidence }] as typeof report.assessment.edges;
    const rule = { ...report.stopRule, inForce: agreed };
    expect(weeklyLines(edges, rule).slice(1)).toEqual([
      "If reports rise at a boundary: pause new patrols of this operation and review it, and tell the neighbour across that boundary. Done by the sergeant within 14 days. Agreed on 21 July 2021, before the first look.",
      "Barnet: not answered yet, due by 17 October 2021.",
    ]);
    const answer = { neighbour: "Barnet", asAgreed: true, words: null };
    const answers = [{ ...answer, answeredOn: "2021-10-09", answeredBy: "b" }];
    expect(weeklyLines(edges, { ...rule, answers }).at(-1)).toBe(
      "Barnet: done as agreed, recorded on 9 October 2021.",
    );
    const late = { ...rule, firstLookOn: "2021-07-01" };
    expect(weeklyLines(edges, late)[1]).toContain("after the first look on 1 July 2021.");
  });

  test("single months cannot be worked out of the running figure, and the banner goes along", () => {
    const running = [
      { month: "2021-08", to: "2021-08-31", wdd: -1.2345678, low: -9.4, high: 7.6, canTell: true },
    ];
    const withRunning = {
      ...report,
      assessment: {
        ...report.assessment,
        banner: "Reports fell here and rose there.",
        overall: { ...report.assessment.overall, running },
      },
    };
    const text = reportCsv(withRunning, null);
    expect(text).toContain("running,Treated area,2021-08,,,,,,-9,8,-1,");
    expect(text).toContain("about,displacement,,,,,,,,,,,,,,,Reports fell here and rose there.");
  });

  test("where a count is too small, no figure is given that it could be worked out of", () => {
    const lines = reportCsv(report, null).split("\n");
    const phase = lines.find((line) => line.startsWith("phase,On foot"));
    expect(phase).toBe(
      "phase,On foot,,,,,,,,,,,,,cannot_tell,,On foot: not enough reports to tell.",
    );
    expect(lines.filter((line) => line.startsWith("phase edge,"))).toEqual([
      "phase edge,On foot: Barnet,,,,,,,2,10,6,,,,rise,false,a rise",
      "phase edge,On foot: Broxbourne,,,,,,,,,,,,,cannot_tell,true,On foot: Broxbourne: not enough reports to tell.",
    ]);
    expect(lines).toContain(
      'phase,Short,,,,,,,,,,,,,cannot_tell,,"Short: 9 days, and 14 are needed."',
    );
    const running = lines.find((line) => line.startsWith("running,"));
    expect(running).toContain(",2021-08,,,,,,,,,,,,,,not enough reports to tell");
  });
});
