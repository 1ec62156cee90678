import { describe, expect, test } from "vitest";
import { reportCsv } from "#core/displacement/report-csv.ts";
import type { OperationReportReply } from "#core/displacement/wire/operations.ts";

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
    tips: [{ where: "after", by: 41, to: "no_clear_change" }],
    evidence: null,
    running: [{ month: "2021-08", to: "2021-08-31", wdd: -1, low: -9, high: 7, canTell: false }],
  };
  const under = { ...row, verdict: "cannot_tell", days: 30 };
  const phase = {
    ...under,
    name: "On foot",
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
    ...phase,
    name: "Short",
    days: 9,
    sentence: "Short: 9 days, and 14 are needed.",
    edges: [],
  };
  const report = {
    operation: { name: "@SUM(A1)", revision: 3 },
    asAt: "2021-11-26",
    dose: { hours: null, sentence: "-no total" },
    caveats: ["+one"],
    stopRule: {
      firstLookOn: "2021-08-08",
      inForce: null,
      waiting: null,
      earlier: [],
      answers: [],
      risen: [],
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
          ...row,
          name: "Epping Forest",
          inner: [1, 2],
          outer: null,
          received: {
            reference: "EX",
            outer: [18, 23],
            verdict: "cannot_tell",
            sentence: "under 10",
          },
        },
        {
          ...row,
          name: "Broxbourne",
          inner: [1, 2],
          outer: null,
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
    expect(lines).toContain("about,operation,,,,,,,,,,,,,'@SUM(A1)");
    expect(lines.find((line) => line.startsWith("area,"))).toContain("-134,-38,-86.123457");
    expect(lines.join("\n")).toContain(`"'=HYPERLINK(""x""), a fall"`);
    expect(lines.filter((line) => /(?:^|,)"?[=+@]/.test(line))).toEqual([]);
  });

  test("say revision, date and mark, leave small counts empty, and tell no side of an edge", () => {
    const text = reportCsv(report, "MADE-UP DATA");
    expect(text).toContain("about,revision,,,,,,,,,,,,,3");
    expect(text).toContain("about,as at,,,,,,,,,,,,,2021-11-26");
    expect(text).toContain("about,data,,,,,,,,,,,,,MADE-UP DATA");
    expect(text).toContain("edge,Barnet,,159,,500,,");
    expect(text).not.toContain("inner");
    expect(reportCsv(report, null)).not.toContain("about,data");
  });

  test("give what totals received add, without the counts that a neighbour gave", () => {
    const lines = reportCsv(report, null)
      .split("\n")
      .filter((line) => line.startsWith("boundary with totals received"));
    expect(lines).toEqual([
      'boundary with totals received,Epping Forest,,,,,,,,,,,cannot_tell,,"Epping Forest, with totals received: not enough reports to tell."',
      "boundary with totals received,Broxbourne,,,,,,,,,,,cannot_tell,,not whole",
    ]);
  });

  test("give the month of change, phases and what it is compared with", () => {
    const lines = reportCsv(report, null).split("\n");
    const area = lines.find((line) => line.startsWith("area,"));
    expect(area).toContain(",0.0004,2021-09,fall,false,");
    expect(lines).toContain('about,compared with,,,,,,,,,,,,,"a chosen comparison area, 12 cells"');
    expect(lines).toContain("about,control,,,,,,,,,,,,,Control: passes.");
    expect(lines).toContain("about,left out,,,,,,,,,,,,,3 cells are left out.");
  });

  test("SAFEGUARDS 7: what would make it false is said where all counts are, and nowhere else", () => {
    expect(reportCsv(report, null)).not.toMatch(/no longer be said|would be wrong/);
    const { overall } = report.assessment;
    const rise = { ...overall, verdict: "rise", treated: [120, 214] } as typeof overall;
    const told = { ...report.assessment, overall: rise, treatedArea: rise, rings: rise };
    expect(reportCsv({ ...report, assessment: told }, null)).toContain(
      "This could no longer be said if 41 more had been reported after the start.",
    );
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
    expect(text).toContain("running,Treated area,2021-08,,,,,-9,8,-1,");
    expect(text).toContain("about,displacement,,,,,,,,,,,,,Reports fell here and rose there.");
  });

  test("where a count is too small, no figure is given that it could be worked out of", () => {
    const lines = reportCsv(report, null).split("\n");
    const phase = lines.find((line) => line.startsWith("phase,On foot"));
    expect(phase).toBe("phase,On foot,,,,,,,,,,,cannot_tell,,On foot: not enough reports to tell.");
    expect(lines.filter((line) => line.startsWith("phase edge,"))).toEqual([
      "phase edge,On foot: Barnet,,,,,,2,10,6,,,rise,false,a rise",
      "phase edge,On foot: Broxbourne,,,,,,,,,,,cannot_tell,true,On foot: Broxbourne: not enough reports to tell.",
    ]);
    expect(lines).toContain(
      'phase,Short,,,,,,,,,,,cannot_tell,,"Short: 9 days, and 14 are needed."',
    );
    const running = lines.find((line) => line.startsWith("running,"));
    expect(running).toContain(",2021-08,,,,,,,,,,,,not enough reports to tell");
  });
});
