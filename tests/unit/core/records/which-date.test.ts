import { describe, expect, test } from "vitest";
import { readText, spanText } from "#tests/support/import.ts";

type Columns = Readonly<Record<string, string>>;

/** One complaint with these cells; the day it happened is the 5th, the report came on the 7th. */
function read(columns: Columns, map: Columns = {}) {
  return readRows([columns], map);
}

function readRows(rows: readonly Columns[], map: Columns = {}) {
  const heads = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => [...heads.map((head) => row[head]), "51.6179,-0.0631,complaint"]);
  const text = [[...heads, "Lat,Lng,Kind"], ...lines].map((cells) => cells.join(",")).join("\n");
  const { drafts, faults, outline } = readText(text, { map, dates: "day-first" });
  expect(faults).toEqual([]);
  return { spans: drafts.map(spanText), ...outline, notes: outline.notes.join("\n") };
}

const fifth = "2021-06-05T00:00:00+01:00/2021-06-06T00:00:00+01:00";
const fifthAt10 = "2021-06-05T22:10:00+01:00";

describe("what happened goes before when it was reported", () => {
  const pairs = [
    ["Reported Date", "Occurred Date"],
    ["Date Reported", "Date Occurred"],
    ["date_rptd", "date_occ"],
    ["Date Rptd", "DATE OCC"],
    ["RPT_DT", "FR_DT"],
    ["RPT_DT", "CMPLNT_FR_DT"],
    ["REPORT_DAT", "START_DATE"],
    ["REPORT_DATE", "OCC_DATE"],
    ["Recorded Date", "Committed On"],
    ["Date Recorded", "Date Committed"],
    ["Date reported", "From date"],
    ["Call date", "Incident date"],
    ["Date of report", "Date of offence"],
    ["Logged on", "Occurred on"],
    ["reportedDate", "occurredDate"],
    ["REPORTEDDATE", "OCCURREDDATE"],
    ["Received date", "Date"],
    ["Report Datetime", "Incident Datetime"],
    ["Reported (local)", "Occurred (local)"],
  ] as const;

  test.each(pairs)("%s and %s, in either order", (reported, occurred) => {
    for (const columns of [
      { [reported]: "07/06/2021", [occurred]: "05/06/2021" },
      { [occurred]: "05/06/2021", [reported]: "07/06/2021" },
    ]) {
      const { spans, notes } = read(columns);
      expect(spans).toEqual([fifth]);
      expect(notes).toContain(`Read "${occurred}" as when it happened, not "${reported}".`);
    }
  });

  test.each([
    [{ RPT_DT: "07/06/2021", CMPLNT_FR_DT: "05/06/2021", CMPLNT_FR_TM: "22:10:00" }],
    [{ CMPLNT_FR_TM: "22:10:00", CMPLNT_FR_DT: "05/06/2021", RPT_DT: "07/06/2021" }],
    [{ "Date Rptd": "07/06/2021", "DATE OCC": "05/06/2021 12:00:00 AM", "TIME OCC": "2210" }],
    [
      {
        "Report Date": "07/06/2021",
        "Report Time": "09:30",
        OCC_DATE: "05/06/2021",
        OCC_TIME: "22:10",
      },
    ],
    [{ Reported: "07/06/2021", "Incident date": "05/06/2021", "Incident time": "22:10" }],
    [
      {
        "Date Reported": "07/06/2021",
        "Time Reported": "09:30",
        Date: "05/06/2021",
        Time: "22:10",
      },
    ],
  ] as Columns[][])("with the time of day that belongs to it: %o", (columns = {}) => {
    expect(read(columns).spans).toEqual([fifthAt10]);
  });

  test("a month or a day in a column of its own is no rival of the whole date", () => {
    const columns = {
      REPORT_DATE: "07/06/2021",
      OCC_MONTH: "June",
      OCC_DAY: "5",
      OCC_DATE: "05/06/2021",
    };
    expect(read(columns)).toMatchObject({ spans: [fifth], mapping: { date: "OCC_DATE" } });
  });

  test("both ends of a span are read, with their times", () => {
    const { spans, mapping } = read({
      RPT_DT: "07/06/2021",
      CMPLNT_TO_DT: "06/06/2021",
      CMPLNT_TO_TM: "01:00:00",
      CMPLNT_FR_DT: "05/06/2021",
      CMPLNT_FR_TM: "22:10:00",
    });
    expect(spans).toEqual(["2021-06-05T22:10:00+01:00/2021-06-06T01:00:00+01:00"]);
    expect(mapping).not.toHaveProperty("date");
  });

  test("the time of the report is none of the offence", () => {
    const columns = { "Occurred Date": "05/06/2021", "Reported Time": "09:30" };
    expect(read(columns)).toMatchObject({ spans: [fifth], mapping: { date: "Occurred Date" } });
    expect(read(columns).mapping).not.toHaveProperty("time");
  });

  test("a time that may be of either date is not read, and that is said", () => {
    const columns = { "Reported Date": "07/06/2021", "Occurred Date": "05/06/2021", Time: "09:30" };
    const { spans, notes } = read(columns);
    expect(spans).toEqual([fifth]);
    expect(notes).toContain('"Time" does not say which date it belongs to, so it was not read.');
    expect(read(columns, { time: "Time" }).spans).toEqual(["2021-06-05T09:30:00+01:00"]);
  });

  test("the date of the report is read where there is no other, and that is said", () => {
    const { spans, notes } = read({ "Reported Date": "05/06/2021", "Reported Time": "22:10" });
    expect(spans).toEqual([fifthAt10]);
    expect(notes).toContain(
      '"Reported Date" says when it was reported. No column says when it happened, so that date is used.',
    );
  });

  test("a person's word goes before any heading", () => {
    const columns = { "From date": "05/06/2021", "To date": "06/06/2021", Reported: "07/06/2021" };
    const { spans, notes } = read(columns, { date: "Reported" });
    expect(spans).toEqual(["2021-06-07T00:00:00+01:00/2021-06-08T00:00:00+01:00"]);
    expect(notes).not.toMatch(/as when it happened/);
  });
});

describe("two columns that could each be it", () => {
  const asked = (first: string, second: string) =>
    `"${first}" and "${second}" could each say when it happened, and differ in 1 of the first 2 rows; say which with --map date=COLUMN`;

  test.each([
    ["Incident date", "Offence date"],
    ["Date", "Crime date"],
    ["Occurred date", "Committed on"],
    ["Date 1", "Date 2"],
    ["Zeitpunkt", "Meldung"],
    ["Reported date", "Recorded date"],
  ])("%s and %s are asked about, until somebody says", (first, second) => {
    const rows = [
      { [first]: "05/06/2021", [second]: "05/06/2021" },
      { [first]: "05/06/2021", [second]: "07/06/2021" },
    ];
    expect(() => readRows(rows)).toThrow(asked(first, second));
    expect(readRows(rows, { date: first }).spans).toEqual([fifth, fifth]);
    expect(readRows(rows, { date: second }).spans[1]).not.toBe(fifth);
  });

  test("are no question where they say the same, and the one with a time is read", () => {
    const columns = { "Incident Date": "2021-06-05", "Incident Datetime": "05/06/2021 22:10" };
    expect(read(columns).spans).toEqual([fifthAt10]);
  });

  test("whose starts differ are asked about as starts", () => {
    const columns = {
      "Start date": "05/06/2021",
      "From date": "06/06/2021",
      "To date": "07/06/2021",
    };
    expect(() => read(columns)).toThrow(/"Start date" and "From date" could each .* --map start=/);
  });
});
