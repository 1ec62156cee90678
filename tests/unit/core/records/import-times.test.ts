import { describe, expect, test } from "vitest";
import { type DateOrder, dateOrderOf, parseMoment, parseTime } from "#core/table/clock.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { plainTable, readText, spanOfDate, spanText } from "#tests/support/import.ts";

describe("what a date cell means", () => {
  const june5 = "2021-06-05T00:00:00+01:00/2021-06-06T00:00:00+01:00";
  test.each([
    ["2021-06-05", june5],
    ["2021/06/05", june5],
    ["2021.6.5", june5],
    ["5 Jun 2021", june5],
    ["Saturday 5th June 2021", june5],
    ["05-JUN-21", june5],
    ["25/06/2021", "2021-06-25T00:00:00+01:00/2021-06-26T00:00:00+01:00"],
    ["25.06.21", "2021-06-25T00:00:00+01:00/2021-06-26T00:00:00+01:00"],
    ["06/25/2021", "2021-06-25T00:00:00+01:00/2021-06-26T00:00:00+01:00"],
    ["2021-06", "2021-06-01T00:00:00+01:00/2021-07-01T00:00:00+01:00"],
    ["June 2021", "2021-06-01T00:00:00+01:00/2021-07-01T00:00:00+01:00"],
    ["2021-12", "2021-12-01T00:00:00+00:00/2022-01-01T00:00:00+00:00"],
    ["2021-06-05 14:05", "2021-06-05T14:05:00+01:00"],
    ["2021-06-05T14:05:59.999", "2021-06-05T14:05:00+01:00"],
    ["5 Jun 2021, 2:05 pm", "2021-06-05T14:05:00+01:00"],
    ["2021-06-05T14:05:00Z", "2021-06-05T15:05:00+01:00"],
    ["2021-06-05T14:05:00+00:00", "2021-06-05T15:05:00+01:00"],
    ["2021-06-05T14:05+0530", "2021-06-05T09:35:00+01:00"],
    ["2021-06-05T14:05+05", "2021-06-05T10:05:00+01:00"],
    ["2021-06-05T14:05-14:00", "2021-06-06T05:05:00+01:00"],
    ["2021-06-05 24:00", "2021-06-06T00:00:00+01:00"],
    ["2021-06-05 12:00 am", "2021-06-05T00:00:00+01:00"],
    ["2021-06-05 12:00 pm", "2021-06-05T12:00:00+01:00"],
    ["2020-02-29", "2020-02-29T00:00:00+00:00/2020-03-01T00:00:00+00:00"],
  ])("%s", (cell, span) => {
    expect(spanOfDate(cell)).toBe(span);
  });

  test.each([
    ["31/02/2021", "there is no such day in February 2021 (dates here are read day first)"],
    ["2021-02-29", "there is no such day in February 2021"],
    ["2021-13-01", "there is no such month"],
    ["5 Juno 2021", "there is no such month"],
    ["1066-10-14", "the year must be between 1970 and 2099"],
    ["9999-12-31", "the year must be between 1970 and 2099"],
    [
      "2021-06-05 24:01",
      "there is no such time of day; the last one is 23:59, or 24:00 for midnight",
    ],
    [
      "2021-06-05 12:60",
      "there is no such time of day; the last one is 23:59, or 24:00 for midnight",
    ],
    ["2021-06-05 13:00 pm", "with am or pm the hour is 1 to 12"],
    ["last Tuesday", "not a date; write it as 2021-06-05"],
    ["NaN", "not a date; write it as 2021-06-05"],
    [
      "44352",
      "this is how a spreadsheet counts days, not a date; give the column a date format there, such as yyyy-mm-dd, and export again",
    ],
    ["2025-12-31 23:59", "2025-12-31T23:59:00+00:00"],
    ["2026-06-05", "this lies in the future"],
    ["", "the row has no date"],
  ])("%s: %s", (cell, reason) => {
    expect(spanOfDate(cell, "day-first")).toBe(reason);
  });

  test("a cell of endless figures is refused at once", () => {
    const startedAt = performance.now();
    expect(parseMoment("1 ".repeat(100_000), "day-first").ok).toBe(false);
    expect(dateOrderOf("1/".repeat(100_000))).toBeNull();
    // Not quadratic: that would take minutes.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe("the clock changes", () => {
  test("the missing hour of spring is refused by name", () => {
    expect(spanOfDate("2021-03-28 01:30")).toBe(
      "2021-03-28 01:30 does not exist in Europe/London: the clocks went forward over it",
    );
    expect(spanOfDate("2021-03-28 00:59")).toBe("2021-03-28T00:59:00+00:00");
    expect(spanOfDate("2021-03-28 02:00")).toBe("2021-03-28T02:00:00+01:00");
  });

  test("the doubled hour of autumn is a span over both of its instants", () => {
    expect(spanOfDate("2021-10-31 01:30")).toBe(
      "2021-10-31T01:30:00+01:00/2021-10-31T01:30:00+00:00",
    );
    expect(spanOfDate("2021-10-31 02:00")).toBe("2021-10-31T02:00:00+00:00");
    expect(spanOfDate("2021-10-31T01:30:00+01:00")).toBe("2021-10-31T01:30:00+01:00");
  });

  test("days of 23 and 25 hours are whole days", () => {
    expect(spanOfDate("2021-03-28")).toBe("2021-03-28T00:00:00+00:00/2021-03-29T00:00:00+01:00");
    expect(spanOfDate("2021-10-31")).toBe("2021-10-31T00:00:00+01:00/2021-11-01T00:00:00+00:00");
  });
});

describe("times beside a date", () => {
  test.each(["14:05", "1405", "2:05pm", "14:05:30", "02:05 PM"])("%s", (text) => {
    expect(parseTime(text)).toEqual({ ok: true, value: { hour: 14, minute: 5 } });
  });

  const table = (header: string, row: string) => {
    const { drafts, faults } = readText(
      `${header},Latitude,Longitude,Kind\n${row},51.6179,-0.0631,complaint`,
    );
    const [draft] = drafts;
    return draft ? spanText(draft) : faults[0];
  };

  test("a date and a time", () => {
    expect(table("Date,Time", "2021-06-05,14:05")).toBe("2021-06-05T14:05:00+01:00");
  });
  test("a date without its time is the whole day", () => {
    expect(table("Date,Time", "2021-06-05,")).toBe(
      "2021-06-05T00:00:00+01:00/2021-06-06T00:00:00+01:00",
    );
  });
  test("a date cell that carries midnight takes the time beside it", () => {
    expect(table("Date,Time", "2021-06-05 00:00:00,14:05")).toBe("2021-06-05T14:05:00+01:00");
  });
  test("from and to", () => {
    expect(table("Date from,Date to", "2021-06-05 22:00,2021-06-06 07:30")).toBe(
      "2021-06-05T22:00:00+01:00/2021-06-06T07:30:00+01:00",
    );
  });
  test("from and to as dates end with the last day", () => {
    expect(table("Start,End", "2021-06-05,2021-06-06")).toBe(
      "2021-06-05T00:00:00+01:00/2021-06-07T00:00:00+01:00",
    );
  });
  test("start and end as times of one date, over midnight too", () => {
    expect(table("Date,Start,End", "2021-06-05,22:00,23:15")).toBe(
      "2021-06-05T22:00:00+01:00/2021-06-05T23:15:00+01:00",
    );
    expect(table("Date,Start time,End time", "2021-06-30,22:00,02:00")).toBe(
      "2021-06-30T22:00:00+01:00/2021-07-01T02:00:00+01:00",
    );
  });
  test("an end before its start is refused, and both cells are shown", () => {
    expect(table("Start,End", "2021-06-05 22:00,2021-06-05 21:00")).toMatchObject({
      row: 2,
      column: "Start, End",
      value: "2021-06-05 22:00, 2021-06-05 21:00",
      reason: "ends before it starts",
    });
  });
  test("a time that is none is refused as such, never read as midnight", () => {
    expect(table("Date,Time", "2021-06-05,late")).toMatchObject({ column: "Time", value: "late" });
  });
});

describe("the order of day and month", () => {
  const starts = (text: string, dates: DateOrder | null = null) =>
    readText(text, { dates }).drafts.map((draft) => spanText(draft).slice(0, 10));

  test("is found from the whole column, whatever the rows before look like", () => {
    expect(starts(plainTable(["05/06/2021", "07/06/2021", "13/06/2021"]))).toEqual([
      "2021-06-05",
      "2021-06-07",
      "2021-06-13",
    ]);
    expect(starts(plainTable(["06/05/2021", "06/07/2021", "06/13/2021"]))).toEqual([
      "2021-06-05",
      "2021-06-07",
      "2021-06-13",
    ]);
  });

  test("a column that never settles it is refused, with the row and what to say", () => {
    const read = () => readText(plainTable(["2021-06-01", "05/06/2021", "07/08/2021"]));
    expect(read).toThrow(FileFault);
    expect(read).toThrow(/^Line 3: "05\/06\/2021" in "Date" .* --dates day-first or --dates month/);
    expect(starts(plainTable(["05/06/2021"]), "month-first")).toEqual(["2021-05-06"]);
    expect(starts(plainTable(["05/06/2021"]), "day-first")).toEqual(["2021-06-05"]);
  });

  test("equal figures need no order", () => {
    expect(starts(plainTable(["05/05/2021", "06/06/2021"]))).toEqual(["2021-05-05", "2021-06-06"]);
  });

  test("a single row against the column is a row error, not another order", () => {
    const { drafts, faults } = readText(
      plainTable(["25/06/2021", "05/06/2021", "06/25/2021", "26/06/2021"]),
    );
    expect(drafts.map((draft) => spanText(draft).slice(0, 10))).toEqual([
      "2021-06-25",
      "2021-06-05",
      "2021-06-26",
    ]);
    expect(faults).toEqual([
      {
        row: 4,
        column: "Date",
        value: "06/25/2021",
        reason: "there is no such month (dates here are read day first)",
      },
    ]);
  });

  test("evidence that comes after the sample refuses the file and names the order that reads it", () => {
    const dates = [...new Array<string>(1_500).fill("06/05/2021"), "06/13/2021"];
    try {
      readText(plainTable(dates));
      expect.unreachable("the file must be refused");
    } catch (error) {
      expect(error).toMatchObject({ name: "FileFault", line: 2, readDates: "month-first" });
    }
    expect(readText(plainTable(dates), { dates: "month-first" }).drafts).toHaveLength(1_501);
  });

  test("evidence after the sample that agrees lets the file in", () => {
    const dates = [...new Array<string>(1_500).fill("05/06/2021"), "13/06/2021"];
    expect(readText(plainTable(dates)).drafts).toHaveLength(1_501);
  });
});

describe("an offset that no clock has is refused", () => {
  test.each(["+99:00", "+14:01", "-14:30", "+01:60", "-0199"])("%s", (offset) => {
    expect(spanOfDate(`2021-06-05T14:05:00${offset}`)).toBe(
      "an offset from UTC lies between -14:00 and +14:00, such as +01:00",
    );
  });
});
