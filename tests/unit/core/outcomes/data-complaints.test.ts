import { describe, expect, test } from "vitest";
import {
  acknowledgeBy,
  byUrgency,
  type ComplaintDates,
  checkComplaint,
  complaintReference,
  complaintState,
  complaintsCsv,
  overdueWords,
  yearCounts,
} from "#core/outcomes/data-complaints.ts";

const came = (receivedOn: string, more: Partial<ComplaintDates> = {}): ComplaintDates => ({
  receivedOn,
  acknowledgedOn: null,
  outcome: null,
  toldOn: null,
  ...more,
});

describe("a complaint about data", () => {
  test("is acknowledged within 30 days by the calendar, across a leap day and the turn of the year", () => {
    expect(acknowledgeBy("2026-06-19")).toBe("2026-07-19");
    expect(acknowledgeBy("2026-12-15")).toBe("2027-01-14");
    expect(acknowledgeBy("2028-02-01")).toBe("2028-03-02");
  });

  test("is due on its thirtieth day and overdue on the next, until it is acknowledged or answered", () => {
    const one = came("2026-06-19");
    expect(complaintState(one, "2026-07-19")).toBe("due");
    expect(complaintState(one, "2026-07-20")).toBe("overdue");
    expect(complaintState({ ...one, acknowledgedOn: "2026-07-21" }, "2026-07-22")).toBe("open");
    const answered = { ...one, outcome: "upheld", toldOn: "2026-07-01" } as const;
    expect(complaintState(answered, "2026-09-01")).toBe("closed");
  });

  test("stands in the order in which it must be seen to", () => {
    const asAt = "2026-09-01";
    const list = [
      came("2026-08-20"),
      came("2026-07-01", { outcome: "withdrawn", toldOn: "2026-07-05" }),
      came("2026-07-20"),
      came("2026-07-02", { outcome: "upheld", toldOn: "2026-08-05" }),
      came("2026-07-10"),
      came("2026-07-11", { acknowledgedOn: "2026-07-12" }),
    ].map((one, at) => ({
      ...one,
      state: complaintState(one, asAt),
      reference: complaintReference(2026, at + 1),
    }));
    expect(byUrgency(list).map(({ reference }) => reference.slice(-1))).toEqual([
      "5",
      "3",
      "1",
      "6",
      "4",
      "2",
    ]);
  });

  test.each<[Partial<ComplaintDates>, string, string]>([
    [{ receivedOn: "2026-09-02" }, "receivedOn", "2 Sep 2026 is in the future."],
    [{ receivedOn: "1926-08-01" }, "receivedOn", "Choose 1 Sep 2020 or later."],
    [{ acknowledgedOn: "2026-07-31" }, "acknowledgedOn", "1 Aug 2026 or later"],
    [{ acknowledgedOn: "2026-09-02" }, "acknowledgedOn", "in the future"],
    [{ outcome: "upheld" }, "toldOn", "Enter when the outcome was told."],
    [{ toldOn: "2026-08-09" }, "outcome", "Choose an outcome"],
    [
      { acknowledgedOn: "2026-08-10", outcome: "upheld", toldOn: "2026-08-09" },
      "toldOn",
      "Choose 10 Aug 2026 or later, when it was acknowledged.",
    ],
  ])("with dates that cannot be is refused: %j", (wrong, field, words) => {
    const faults = checkComplaint(came("2026-08-01", wrong), "2026-09-01");
    expect(faults.map((fault) => fault.field)).toEqual([field]);
    expect(faults[0]?.reason).toContain(words);
    expect(checkComplaint(came("2026-08-01"), "2026-09-01")).toEqual([]);
  });

  test("one and several overdue are said in their own words, none in no words", () => {
    expect(overdueWords(0)).toBeNull();
    expect(overdueWords(1)).toBe("1 data complaint is overdue.");
    expect(overdueWords(2)).toBe("2 data complaints are overdue.");
  });

  test("its file has a line each, with MADE-UP DATA above in the demonstration", () => {
    const one = { ...came("2026-08-01"), reference: "DP-2026-0007", state: "due" } as const;
    expect(complaintsCsv([one], "MADE-UP DATA").split("\r\n")).toEqual([
      "MADE-UP DATA",
      "reference,received,acknowledge_by,acknowledged,outcome,told,state",
      "DP-2026-0007,2026-08-01,2026-08-31,,,,due",
      "",
    ]);
  });
});

describe("the count by year that residents read", () => {
  const received = (count: number, year: number) =>
    Array.from({ length: count }, () => `${year}-07-01`);

  test("is of whole years, none under 10 and others to the nearest 5; none and nine read the same", () => {
    expect(yearCounts(received(40, 2026), "2026-12-31")).toEqual([]);
    expect(yearCounts([], "2027-01-01")).toEqual([{ year: 2026, count: null }]);
    for (const [count, shown] of [
      [9, null],
      [10, 10],
      [12, 10],
      [13, 15],
    ] as const) {
      expect(yearCounts(received(count, 2026), "2027-06-01")).toEqual([
        { year: 2026, count: shown },
      ]);
    }
  });

  test("leaves out years of which some may be erased by now", () => {
    expect(yearCounts(received(20, 2026), "2034-03-01").map(({ year }) => year)).toEqual([
      2029, 2030, 2031, 2032, 2033,
    ]);
  });
});
