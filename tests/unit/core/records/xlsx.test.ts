import { describe, expect, test } from "vitest";
import { formatOfCode, serialText } from "#core/table/xlsx/cell-text.ts";
import { readBytes, recordsOf, spanText } from "#tests/support/import.ts";
import { daysOf, type SheetCell, workbook, zipParts } from "#tests/support/workbook.ts";

const headings = ["Date", "Time", "Latitude", "Longitude", "Kind", "Category"];
const good: readonly SheetCell[] = [
  { days: daysOf("2021-06-05"), format: 14 },
  { days: 14 / 24 + 5 / 1440, format: 20 },
  51.6179,
  -0.0631,
  "complaint",
  "asb",
];

describe("a workbook", () => {
  test("is read as the same table in text would be", async () => {
    const { drafts, faults, table } = await readBytes(
      workbook([{ name: "June", rows: [headings, good] }]),
    );
    expect(faults).toEqual([]);
    expect(drafts.map(spanText)).toEqual(["2021-06-05T14:05:00+01:00"]);
    expect(table).toMatchObject({ format: "xlsx", unit: "row", sheet: "June", sheets: ["June"] });
  });

  test("every kind of cell is what the sheet shows, an error is nothing", async () => {
    const row: readonly SheetCell[] = [
      "shared",
      { inline: "in & line" },
      { formula: "A1&B1", value: "made" },
      { formula: "1+1", value: 2 },
      true,
      false,
      { error: "#N/A" },
      { iso: "2021-06-05T14:05:00" },
      0.1 + 0.2,
      null,
      "two\nlines_x000D_",
    ];
    const records = await recordsOf(
      workbook([{ name: "A", rows: [row.map((_, at) => `Column ${at}`), row] }]),
    );
    expect(records[1]?.cells).toEqual([
      "shared",
      "in & line",
      "made",
      "2",
      "true",
      "false",
      "",
      "2021-06-05 14:05:00",
      "0.30000000000000004",
      "",
      "two lines ",
    ]);
  });

  test("rows keep the numbers that the sheet shows; titles and blank rows are none", async () => {
    const bytes = workbook([
      {
        name: "A",
        rows: [["Report of June"], [], headings, good, [null], [null, "  "], good],
        from: 4,
      },
    ]);
    expect((await recordsOf(bytes)).map(({ line }) => line)).toEqual([6, 7, 10]);
    const { faults } = await readBytes(
      workbook([
        { name: "A", rows: [["Title"], headings, good, ["31/02/2021", ...good.slice(1)]] },
      ]),
    );
    expect(faults).toMatchObject([{ row: 4, column: "Date", value: "31/02/2021" }]);
  });

  test("cells and rows without references follow each other", async () => {
    const bytes = workbook([{ name: "A", rows: [headings, [null, ...good.slice(1)]] }], {
      withoutReferences: true,
    });
    expect((await recordsOf(bytes))[1]).toMatchObject({
      line: 2,
      cells: ["", "14:05", "51.6179"].concat(["-0.0631", "complaint", "asb"]),
    });
  });

  test("the first sheet that has a table is read, or the one that is asked for", async () => {
    const bytes = workbook([
      { name: "Cover", rows: [["Operation"], ["for the team"]] },
      { name: "Empty", rows: [] },
      { name: "June", rows: [headings, good] },
      { name: "July & more", rows: [headings, good, good] },
    ]);
    expect((await readBytes(bytes)).table).toMatchObject({
      sheet: "June",
      sheets: ["Cover", "Empty", "June", "July & more"],
    });
    const july = await readBytes(bytes, {}, { sheet: "July & more" });
    expect(july.drafts).toHaveLength(2);
    await expect(readBytes(bytes, {}, { sheet: "August" })).rejects.toThrow(
      /no sheet "August"; the sheets are "Cover", "Empty", "June", "July & more"/,
    );
  });

  test("days count from 1904 where the workbook says so", async () => {
    const days = daysOf("2021-06-05") - 1462;
    const rows = [headings, [{ days, format: 14 }, ...good.slice(1)]];
    const { drafts } = await readBytes(workbook([{ name: "A", rows }], { is1904: true }));
    expect(drafts.map(spanText)).toEqual(["2021-06-05T14:05:00+01:00"]);
  });

  test("a month that a spreadsheet turned into a date is a month again", async () => {
    const rows = [
      ["Month", "Latitude", "Longitude", "Crime type"],
      [{ days: daysOf("2021-01-01"), format: 17 }, 51.6179, -0.0631, "Burglary"],
    ];
    const { drafts } = await readBytes(workbook([{ name: "A", rows }]));
    expect(drafts.map(spanText)).toEqual(["2021-01-01T00:00:00+00:00/2021-02-01T00:00:00+00:00"]);
  });

  test("a stored part and a part in small pieces read alike", async () => {
    const rows = [headings, ...new Array<readonly SheetCell[]>(5_000).fill(good)];
    const packed = await recordsOf(workbook([{ name: "A", rows }]));
    expect(packed).toHaveLength(5_001);
    expect(await recordsOf(workbook([{ name: "A", rows }], { level: 0 }))).toEqual(packed);
  });
});

test("a remark beside the table is none of its columns", async () => {
  const rows = [headings, [...good, null, "seen by Al"]];
  const { drafts, faults } = await readBytes(workbook([{ name: "A", rows }]));
  expect([drafts.length, faults.length]).toEqual([1, 0]);
});

describe("a number of days", () => {
  test.each([
    [1, false, "1900-01-01"],
    [59, false, "1900-02-28"],
    [60, false, "1900-02-29"],
    [61, false, "1900-03-01"],
    [44_352, false, "2021-06-05"],
    [44_352.586805555555, false, "2021-06-05 14:05"],
    [44_352.999999, false, "2021-06-06"],
    [0, true, "1904-01-01"],
    [42_890, true, "2021-06-05"],
    [2_958_465, false, "9999-12-31"],
    [-1, false, null],
    [2_958_466, false, null],
    [Number.NaN, false, null],
  ] as const)("%d (1904: %s) is %s", (serial, is1904, text) => {
    const format = { hasDay: true, hasMonth: true, hasTime: false };
    expect(serialText(serial, format, is1904)).toBe(text);
  });

  test.each([
    ["dd/mm/yyyy", 44_352.5, "2021-06-05 12:00"],
    ["dd/mm/yyyy", 44_352, "2021-06-05"],
    ["dd/mm/yyyy hh:mm", 44_352, "2021-06-05 00:00"],
    ["[$-809]dd mmmm yyyy;@", 44_352, "2021-06-05"],
    ["hh:mm:ss AM/PM", 0.75, "18:00"],
    ["[h]:mm", 1, "24:00"],
    ["mmm-yy", 44_348, "2021-06"],
    ["yyyy", 44_197, "2021-01"],
    ["mm:ss.0", 0.5, "12:00"],
  ])("in the format %s", (code, serial, text) => {
    const format = formatOfCode(code);
    expect(format && serialText(serial, format, false)).toBe(text);
  });

  test.each(["General", "0.00", "#,##0", '0 "days"', "0%", "@", '[Red]-0.0;"d"0'])(
    "is a plain number in the format %s",
    (code) => {
      expect(formatOfCode(code)).toBeNull();
    },
  );
});

describe("what is no workbook, or a bad one, is refused with what to do", () => {
  const part = (content: string, name = "xl/worksheets/sheet1.xml") =>
    workbook([{ name: "A", rows: [headings, good] }], { parts: { [name]: content } });

  test.each([
    [
      "another archive",
      zipParts({ "events.csv": "a,b" }),
      /ZIP archive and no workbook: unpack it/,
    ],
    [
      "a binary workbook",
      zipParts({ "[Content_Types].xml": "", "xl/workbook.bin": "x" }),
      /\.xlsb/,
    ],
    ["a Word document", zipParts({ "[Content_Types].xml": "", "word/document.xml": "x" }), /Word/],
    ["an OpenDocument sheet", zipParts({ mimetype: "x", "content.xml": "x" }), /OpenDocument/],
    [
      "no sheet with a table",
      workbook([{ name: "A", rows: [["one"], ["two"]] }]),
      /no sheet has a line/,
    ],
    ["a document type", part('<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'), /document type/],
    [
      "XML that is broken",
      part("<worksheet><sheetData><row></sheetData>"),
      /cannot be read as XML/,
    ],
    ["XML that nests deep", part("<a>".repeat(100_000)), /nests too deep/],
    [
      "a text that has no end",
      part(`<worksheet><sheetData><row><c><v>${"9".repeat(5_000_000)}`),
      /longer than a cell can hold/,
    ],
    ["styles without end", part(`<a>${"<b/>".repeat(600_000)}`, "xl/styles.xml"), /more elements/],
    ["rows out of order", part('<worksheet><row r="3"/><row r="2"/></worksheet>'), /not in order/],
    ["a row beyond the last", part('<worksheet><row r="1048577"/></worksheet>'), /not in order/],
  ])("%s", async (_, bytes, reason) => {
    await expect(recordsOf(bytes)).rejects.toMatchObject({
      name: "FileFault",
      message: expect.stringMatching(reason) as unknown,
    });
  });

  test("a row of more columns than a table has", async () => {
    const wide = ["", "", ...new Array<string>(1_100).fill("x")];
    await expect(recordsOf(workbook([{ name: "A", rows: [headings, wide] }]))).rejects.toThrow(
      /^Row 2: this row has more than 1,000 columns/,
    );
  });
});
