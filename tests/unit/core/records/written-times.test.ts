import { describe, expect, test } from "vitest";
import { parseTime } from "#core/table/clock.ts";
import { plainTable, readText, spanOfDate, spanText } from "#tests/support/import.ts";

describe("date and time as police systems write them in one cell", () => {
  test.each([
    "04-Sep-21 1232",
    "04-SEP-2021 12:32:00",
    "04-Sep-2021 12.32",
    "04SEP2021 1232",
    "04SEP21 1232hrs",
    "4 Sep 2021 12:32",
    "4 Sept. 2021 12:32",
    "4th September 2021 at 12:32",
    "Sat 04 Sep 2021 12.32",
    "Sat, 04 Sep 2021 12:32:00 BST",
    "Sat, 04 Sep 2021 11:32:00 GMT",
    "September 04, 2021 12:32 PM",
    "September 4, 2021, 12:32 p.m.",
    "Saturday, September 4, 2021 12:32:10 PM",
    "Sep 4 2021 12:32PM",
    "2021-Sep-04 12:32",
    "2021-09-04T12:32",
    "2021-09-04T12:32:00",
    "2021-09-04 1232",
    "20210904 1232",
    "20210904 12:32",
    "20210904T123200",
    "20210904T1132Z",
    "202109041232",
    "20210904123200",
    "2021/09/04 12:32:00.000",
    "12:32 4 Sep 2021",
    "1232hrs 04-Sep-21",
    "12:32 on Saturday 4 September 2021",
    "04-Sep-21 @ 1232 hrs",
    "04-Sep-21 - 12:32",
  ])("%s", (cell) => {
    expect(spanOfDate(cell)).toBe("2021-09-04T12:32:00+01:00");
  });

  test.each([
    "04/09/2021 1232",
    "04/09/21 1232hrs",
    "04/09/2021 12:32:00",
    "04/09/2021 12.32",
    "04.09.2021 12.32",
    "04-09-2021 12:32 PM",
    "04/09/2021, 12:32",
    "1232 04/09/2021",
    "12:32 04/09/2021",
    "Sat 04/09/2021 12:32",
  ])("%s, once the column says that it is day first; refused while nothing does", (cell) => {
    expect(spanOfDate(cell, "day-first")).toBe("2021-09-04T12:32:00+01:00");
    expect(
      readText(plainTable([cell, cell.replace(/04(?=[-/.])/, "25")])).drafts.map(spanText),
    ).toEqual(["2021-09-04T12:32:00+01:00", "2021-09-25T12:32:00+01:00"]);
    expect(() => readText(plainTable([cell]))).toThrow(/can be read day first or month first/);
  });

  test.each([
    ["04.09.2021", "2021-09-04T00:00:00+01:00/2021-09-05T00:00:00+01:00"],
    ["20210904", "2021-09-04T00:00:00+01:00/2021-09-05T00:00:00+01:00"],
    ["04Sep2021", "2021-09-04T00:00:00+01:00/2021-09-05T00:00:00+01:00"],
    ["Sep 4, 2021", "2021-09-04T00:00:00+01:00/2021-09-05T00:00:00+01:00"],
    ["04-Sep-21 0032", "2021-09-04T00:32:00+01:00"],
    ["04-Sep-21 0000", "2021-09-04T00:00:00+01:00"],
    ["04-Sep-21 2400", "2021-09-05T00:00:00+01:00"],
    ["September 04, 2021 12:32 AM", "2021-09-04T00:32:00+01:00"],
    ["September 04, 2021 9 pm", "2021-09-04T21:00:00+01:00"],
    // A year is not taken for a time, nor a time for a year.
    ["4 Sep 2021", "2021-09-04T00:00:00+01:00/2021-09-05T00:00:00+01:00"],
    ["4 Sep 21 2021", "2021-09-04T20:21:00+01:00"],
    ["2021 4 Sep 21", "2021-09-04T20:21:00+01:00"],
  ])("%s is %s", (cell, span) => {
    expect(spanOfDate(cell, "day-first")).toBe(span);
  });

  test.each([
    ["04-Sep-21 2460", /no such time of day/],
    ["04-Sep-21 13:00 pm", /with am or pm the hour is 1 to 12/],
    ["31/02/2021 1232", /no such day in February 2021/],
    ["04092021", /not a date/],
    ["20211304", /no such month/],
    ["Sep-21", /not a date/],
    ["September 2021 1232", /a time needs a whole date/],
    ["04-Sep-21 12", /not a date/],
    ["04/09 2021", /not a date/],
    ["12:32", /not a date/],
    ["1232", /not a date/],
    ["04-Sep-21 1232 EST", /not a date/],
  ])("%s is refused", (cell, reason) => {
    expect(spanOfDate(cell, "day-first")).toMatch(reason);
  });

  test("is taken neither for what identifies people nor for text, in a file of many rows", () => {
    const ways = [
      (day: string) => `${day}-Sep-21 1232`,
      (day: string) => `September ${day}, 2021 12:32 PM`,
      (day: string) => `202109${day}1232`,
      (day: string) => `202109${day}123200`,
      (day: string) => `${day}SEP21 1232hrs`,
      (day: string) => `Sat ${day} Sep 2021 12.32`,
      (day: string) => `1232hrs ${day}/09/2021`,
    ];
    for (const way of ways) {
      const cells = Array.from({ length: 25 }, (_, day) => way(String(day + 1).padStart(2, "0")));
      const { drafts, faults, outline } = readText(plainTable(cells, "Incident date/time"));
      expect(faults, cells[0]).toEqual([]);
      expect(drafts.map(spanText)[3]).toBe("2021-09-04T12:32:00+01:00");
      expect(outline.blockedColumns).toEqual([]);
    }
  });
});

describe("times of day in a column of their own", () => {
  const table = (header: string, row: string) => {
    const [draft] = readText(
      `${header},Latitude,Longitude,Kind\n${row},51.6179,-0.0631,complaint`,
    ).drafts;
    return draft && spanText(draft);
  };

  test.each([
    ["1232", 12, 32],
    ["12.32", 12, 32],
    ["12.32.10", 12, 32],
    ["0032", 0, 32],
    ["00.32", 0, 32],
    ["932", 9, 32],
    ["123200", 12, 32],
    ["1232hrs", 12, 32],
    ["12:32 hours", 12, 32],
    ["12:32h", 12, 32],
    ["12.32pm", 12, 32],
    ["12:32 a.m.", 0, 32],
    ["9pm", 21, 0],
  ])("%s", (text, hour, minute) => {
    expect(parseTime(text)).toEqual({ ok: true, value: { hour, minute } });
  });

  // A sheet's share of a day, a number that lost its noughts, and no time at all.
  test.each(["0.52", "0.522222", "12.3", "32", "9", "12:3", "1260", "2401", "noon", "126000"])(
    "%s is refused",
    (text) => {
      expect(parseTime(text).ok).toBe(false);
    },
  );

  test.each(["1232", "12.32", "12:32 PM", "12:32:00"])("a date and %s beside it", (time) => {
    expect(table("Date,Time", `04-Sep-21,${time}`)).toBe("2021-09-04T12:32:00+01:00");
    expect(table("Date,Time", `2021-09-04,${time}`)).toBe("2021-09-04T12:32:00+01:00");
    expect(table("Date of incident,Time of incident", `20210904,${time}`)).toBe(
      "2021-09-04T12:32:00+01:00",
    );
  });
});
