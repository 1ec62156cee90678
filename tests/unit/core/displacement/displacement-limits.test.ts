import { describe, expect, test } from "vitest";
import { firstMonthOfChange } from "#core/displacement/rows.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import type { RunningFigure } from "#core/displacement/wire/displacement.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import {
  assess,
  brettenham,
  controlCell,
  edgeTo,
  many,
  operation,
  ringCell,
  study,
  windowsFor,
} from "#tests/support/assessment.ts";
import { london, report } from "#tests/support/displacement.ts";

const [before, after] = ["2021-06-10T22:00", "2021-10-10T22:00"] as const;
const pair = (cell: H3Cell, [first, second]: readonly [number, number]): PoliceEvent[] => [
  ...many(first, report(cell, before)),
  ...many(second, report(cell, after)),
];

describe("an operation longer than the data", () => {
  const given = {
    zone: london,
    startsOn: "2021-08-01",
    endsOn: null,
    asAtDate: "2021-11-26",
  } as const;

  test("has no period before what is recorded: it is cut there, and that is said", () => {
    const cut = assessmentWindows({
      ...given,
      recorded: { from: "2021-06-15", to: "2021-11-25" },
    });
    expect(cut).toMatchObject({
      ok: true,
      value: {
        before: { from: "2021-06-15", to: "2021-07-31", days: 47 },
        after: { days: 118 },
        notes: [
          "Records start on 15 June 2021, so the period before starts there. Earlier days are unknown, not empty.",
        ],
      },
    });
  });

  test("the cut period is brought to the days after, so that unknown days are no fall and no rise", () => {
    const windows = windowsFor(operation, { recorded: { from: "2021-06-15", to: "2021-11-26" } });
    // A report a day in the treated area, four in the control, all the time that is recorded.
    const steady = (cell: H3Cell, daily: number) => [
      ...many(47 * daily, report(cell, "2021-07-01T12:00")),
      ...many(118 * daily, report(cell, "2021-10-01T12:00")),
    ];
    const found = assess([...steady(brettenham, 1), ...steady(controlCell, 4)], { windows });
    expect(found.treatedArea).toMatchObject({ treated: [47, 118], verdict: "no_clear_change" });
    expect(found.treatedArea.wdd).toBeCloseTo(0, 9);
    expect(found.notes).toEqual(windows.notes);
  });

  test("starts as records begin, or before: there is nothing to compare with", () => {
    for (const from of ["2021-08-01", "2021-09-01"]) {
      expect(assessmentWindows({ ...given, recorded: { from, to: "2021-11-26" } })).toEqual({
        ok: false,
        reason: `It starts on 2021-08-01, but records start on ${from}. There is nothing before it to compare with.`,
      });
    }
  });

  test("ends after the last record: later days are unknown", () => {
    const cut = assessmentWindows({
      ...given,
      recorded: { from: "2020-08-01", to: "2021-09-30" },
    });
    expect(cut).toMatchObject({
      ok: true,
      value: {
        after: { to: "2021-09-30", days: 61 },
        before: { days: 61 },
        notes: [expect.stringContaining("Records end on 30 September 2021")],
      },
    });
    expect(
      assessmentWindows({ ...given, recorded: { from: "2020-08-01", to: "2021-07-30" } }),
    ).toEqual({
      ok: false,
      reason:
        "It starts on 2021-08-01, but records end on 2021-07-30. There is nothing after the start.",
    });
  });

  test("a quiet week at either end is no end of records", () => {
    const quiet = assessmentWindows({
      ...given,
      recorded: { from: "2021-04-12", to: "2021-11-19" },
    });
    expect(quiet).toMatchObject({
      ok: true,
      value: { before: { days: 118 }, after: { days: 118 }, notes: [] },
    });
  });

  test("looks three years back at most, from the first of a month", () => {
    const from = (recordedFrom: string, beforeDays = 118) => {
      const recorded = { from: recordedFrom, to: "2021-11-26" };
      const found = assessmentWindows({ ...given, beforeDays, recorded });
      return found.ok ? found.value.historyFrom : found.reason;
    };
    expect(from("2010-01-01")).toBe("2018-08-01");
    expect(from("2020-08-04")).toBe("2020-08-01");
    expect(from("2020-08-20")).toBe("2020-08-20");
    expect(from("2010-01-01", 2_000)).toBe("2016-02-09");
  });
});

describe("zeros anywhere give words and no number that is not one", () => {
  const zeros: readonly (readonly [string, PoliceEvent[]])[] = [
    ["nothing at all", []],
    ["nothing before the start", many(30, report(brettenham, after))],
    ["nothing after the start", many(30, report(brettenham, before))],
    ["nothing in the control", pair(brettenham, [30, 30])],
    ["nothing in the treated area", pair(controlCell, [30, 30])],
    [
      "nothing in the control before",
      [...pair(brettenham, [30, 30]), ...many(9, report(controlCell, after))],
    ],
    [
      "nothing in the control after",
      [...pair(brettenham, [30, 30]), ...many(9, report(controlCell, before))],
    ],
    ["nothing in the rings", [...pair(brettenham, [30, 3]), ...pair(controlCell, [90, 90])]],
  ];

  test.each(zeros)("%s", (_, events) => {
    const found = assess(events, {
      operation: {
        ...operation,
        phases: [{ name: "first", startsOn: "2021-08-01", endsOn: null }],
      },
      harm: [{ name: "complaint", weight: 2 }],
      windows: windowsFor(operation, { recorded: { from: "2020-08-01", to: "2021-11-26" } }),
    });
    const text = JSON.stringify(found, (_key, value: unknown) => {
      if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
      return value;
    });
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    for (const row of [found.overall, found.treatedArea, found.rings, ...found.edges]) {
      if (row.verdict === "cannot_tell")
        expect(row.sentence).toMatch(
          /not enough reports to tell, because |cannot be compared, because /,
        );
    }
  });

  test("the reason is the one that holds", () => {
    const sentence = (events: readonly PoliceEvent[]) => assess(events).treatedArea.sentence;
    expect(sentence([])).toBe(
      "In the treated area: not enough reports to tell, because nothing was reported there in either period.",
    );
    expect(sentence(many(30, report(brettenham, after)))).toContain(
      "nothing was reported there before the start",
    );
    expect(sentence(pair(brettenham, [30, 30]))).toContain(
      "nothing was reported in the comparison area before the start",
    );
    expect(sentence([...pair(brettenham, [30, 9]), ...pair(controlCell, [30, 30])])).toContain(
      "one of the counts compared is under 10",
    );
  });
});

describe("a catchment outside the data", () => {
  test("an area that is the whole command has neither rings nor control, and says so", () => {
    const whole = { ...operation, cells: study.cells };
    const found = assess(pair(brettenham, [50, 20]), { operation: whole });
    expect(found.rings.sentence).toBe(
      "In the rings around it: cannot be compared, because all its cells are counted elsewhere or lie outside the area. The rings stop at the area’s boundary.",
    );
    expect(found.treatedArea.sentence).toBe(
      "In the treated area: cannot be compared, because no cells of the area are left to compare with.",
    );
    expect(found.controlCheck.cells).toBe(0);
    expect(found.edges.every(({ verdict }) => verdict === "cannot_tell")).toBe(true);
  });

  describe("the far side of an edge", () => {
    const { inner, outer } = edgeTo("Hackney");
    const [near, far] = [inner[0] as H3Cell, outer[0] as H3Cell];
    const edge = (beyond: readonly PoliceEvent[], windows = windowsFor(operation)) =>
      assess(
        [
          ...pair(near, [30, 30]),
          ...beyond,
          ...pair(controlCell, [300, 300]),
          ...pair(brettenham, [50, 50]),
        ],
        { windows },
      ).edges.find(({ neighbour }) => neighbour === "Hackney");
    /** Evenly over the days from one date to the other. */
    const spread = (count: number, from: string, to: string): PoliceEvent[] => {
      const [first, last] = [london.startOfDate(from), london.startOfDate(to)];
      return Array.from({ length: count }, (_, at) => {
        const when = first + ((at + 0.5) / count) * (last - first);
        return report(far, "2021-08-01T12:00", { startsAt: when, endsAt: when });
      });
    };

    test("whose records begin with the operation is unknown, not a rise", () => {
      const found = edge(spread(60, "2021-08-01", "2021-11-27"));
      expect(found).toMatchObject({
        treated: [30, 30],
        outer: null,
        oneSided: true,
        verdict: "no_clear_change",
      });
      expect(found?.sentence).toContain(
        "Records beyond the boundary start on 1 August 2021, so only this side is counted.",
      );
      expect(edge([])?.sentence).toContain("Only this side of the boundary is recorded.");
    });

    test("whose records begin or end within a period is unknown too, ten in both or not", () => {
      const late = edge([
        ...spread(14, "2021-07-10", "2021-08-01"),
        ...spread(60, "2021-08-01", "2021-11-27"),
      ]);
      expect(late).toMatchObject({ treated: [30, 30], outer: null, oneSided: true });
      expect(late?.sentence).toContain("Records beyond the boundary start on 10 July 2021");
      const early = edge([
        ...spread(60, "2021-04-05", "2021-08-01"),
        ...spread(14, "2021-08-01", "2021-08-25"),
      ]);
      expect(early).toMatchObject({ treated: [30, 30], outer: null, oneSided: true });
      expect(early?.sentence).toContain("Records beyond the boundary end on 24 August 2021");
      expect(edge(spread(60, "2021-04-05", "2021-08-01"))?.sentence).toContain(
        "Records beyond the boundary end on 31 July 2021",
      );
    });

    test("with a pause over the beginning of a period is unknown, and the pause is named", () => {
      const windows = windowsFor(operation, { recorded: { from: "2020-08-01", to: "2021-11-26" } });
      const paused = edge(
        [
          ...spread(60, "2020-08-01", "2021-03-01"),
          ...spread(20, "2021-07-01", "2021-08-01"),
          ...spread(60, "2021-08-01", "2021-11-27"),
        ],
        windows,
      );
      expect(paused).toMatchObject({ outer: null, oneSided: true });
      expect(paused?.sentence).toMatch(
        /Nothing is recorded beyond the boundary between 27 February 2021 and 1 July 2021, so only/u,
      );
    });

    test("of which little is reported, and then more, is two-sided: that is a change", () => {
      const found = edge([
        ...spread(12, "2021-04-20", "2021-08-01"),
        ...spread(60, "2021-08-01", "2021-11-27"),
      ]);
      expect(found).toMatchObject({ treated: [42, 90], outer: [12, 60], verdict: "rise" });
      expect(edge(spread(9, "2021-04-05", "2021-08-01"))).toMatchObject({
        treated: [39, 30],
        outer: [9, 0],
        oneSided: false,
      });
    });
  });
});

describe("the first month of change", () => {
  const figure = (month: string, low: number, high: number, canTell = true): RunningFigure => {
    return { month, to: `${month}-28`, wdd: (low + high) / 2, low, high, canTell };
  };

  test("is the first from which on the band stays away from zero", () => {
    const running = [
      figure("2021-08", 1, 9),
      figure("2021-09", -1, 9),
      figure("2021-10", 2, 12),
      figure("2021-11", 3, 20),
    ];
    expect(firstMonthOfChange(running, "rise")).toBe("2021-10");
    expect(firstMonthOfChange(running.slice(2), "rise")).toBe("2021-10");
  });

  test("is none without a rise or a fall, and none on the other side", () => {
    const running = [figure("2021-08", 1, 9), figure("2021-09", 2, 12)];
    expect(firstMonthOfChange(running, "no_clear_change")).toBeNull();
    expect(firstMonthOfChange(running, "cannot_tell")).toBeNull();
    expect(firstMonthOfChange(running, "fall")).toBeNull();
    expect(firstMonthOfChange([figure("2021-08", -9, -1)], "fall")).toBe("2021-08");
    expect(firstMonthOfChange([], "rise")).toBeNull();
  });

  test("does not count a month with too few reports", () => {
    const running = [figure("2021-08", 1, 9, false), figure("2021-09", 2, 12)];
    expect(firstMonthOfChange(running, "rise")).toBe("2021-09");
  });

  test("goes with the row, as do both series by month", () => {
    const found = assess([
      ...pair(brettenham, [120, 40]),
      ...pair(controlCell, [200, 200]),
      ...pair(ringCell, [30, 30]),
    ]);
    expect(found.treatedArea).toMatchObject({ verdict: "fall", changedFrom: "2021-10" });
    expect(found.rings.changedFrom).toBeNull();
    const { series } = found.treatedArea;
    expect(series.map(({ month, isAfter }) => [month, isAfter])).toEqual([
      ["2021-04", false],
      ["2021-05", false],
      ["2021-06", false],
      ["2021-07", false],
      ["2021-08", true],
      ["2021-09", true],
      ["2021-10", true],
      ["2021-11", true],
    ]);
    expect(series[0]).toMatchObject({ from: "2021-04-05", to: "2021-04-30", days: 26 });
    expect(series[2]).toMatchObject({ treated: 120, control: 200, expected: 120 });
    const reach = 1.959963984540054 * Math.sqrt((0.6 + 0.36) * 200);
    expect(series[2]?.high).toBeCloseTo(120 + reach, 6);
    expect(series[6]).toMatchObject({ treated: 40, control: 200, expected: 120 });
  });
});
