import { describe, expect, test } from "vitest";
import { previewImport } from "#core/records/preview.ts";
import { autoChoices, readBytes, readText, spanText, testSetting } from "#tests/support/import.ts";
import { type SheetCell, workbook } from "#tests/support/workbook.ts";

/** As exports come on a Monday: what is right is read, what is not is said, and nothing is lost in silence. */
const row = (day: number, more = "complaint") => `${day}/10/2021,21:15,51.6179,-0.0631,${more}`;
const rows = [13, 14, 15].map((day) => row(day));
const headings = "Date,Time,Latitude,Longitude,Type";

describe("what stands above the headings", () => {
  test.each([
    ["a title", ["Calls of Enfield,,,,", "Printed 12/11/2021,,,,"], 2],
    ["a title without delimiters", ["Calls of Enfield", ""], 2],
    ["a title of several cells", ["Calls,,October,2021,", "By,ward,,,"], 2],
    ["merged headings", ["When,,Where,,What"], 1],
    ["merged headings that are repeated", ["When,When,Where,Where,What"], 1],
  ])("%s is none of the table, and counted", (_, above, count) => {
    const { drafts, faults, outline } = readText([...above, headings, ...rows].join("\n"));
    expect(drafts.map(spanText)).toEqual(
      ["13", "14", "15"].map((day) => `2021-10-${day}T21:15:00+01:00`),
    );
    expect(drafts[0]?.line).toBe(above.length + 2);
    expect(faults).toEqual([]);
    const some = count === 1 ? "1 row above them is" : `${count} rows above them are`;
    expect(outline.notes[0]).toBe(
      `The headings were found in row ${above.length + 1}; ${some} not read.`,
    );
  });

  test("the line by which a spreadsheet names its delimiter", () => {
    const text = ["sep=;", headings, ...rows].join("\n").replaceAll(",", ";");
    expect(readText(text).drafts).toHaveLength(3);
  });

  test("columns that a person names are looked for in the first rows", () => {
    const text = ["Calls,Enfield,,,", "A,B,C,D,E", ...rows].join("\n");
    const map = { date: "A", time: "B", latitude: "C", longitude: "D", kind: "E" };
    expect(readText(text, { map }).drafts).toHaveLength(3);
  });

  test("a table without headings is refused: its first row would be lost", () => {
    expect(() => readText(rows.join("\n"))).toThrow(
      /^Line 1: no column is recognised for: .* The first line does not look like headings/,
    );
  });

  test("in a workbook rows of one cell and blank rows above the headings are counted too", async () => {
    const cells: SheetCell[][] = [
      ["Calls of Enfield, October 2021"],
      ["Printed by", "", "Control room"],
      [],
      ["Restricted"],
      ["Date", "Time", "Latitude", "Longitude", "Type"],
      ["2021-10-13", "21:15", 51.6179, -0.0631, "complaint"],
    ];
    const { drafts, outline } = await readBytes(workbook([{ name: "Calls", rows: cells }]));
    expect(drafts).toMatchObject([{ line: 6 }]);
    expect(outline.notes[0]).toBe(
      "The headings were found in row 5; 4 rows above them are not read.",
    );
  });

  test("in a workbook merged headings do not cut off the columns below them", async () => {
    const cells: SheetCell[][] = [
      ["When", "", "Where"],
      ["Date", "Time", "Latitude", "Longitude", "Type"],
      ["2021-10-13", "21:15", 51.6179, -0.0631, "complaint", "", "", "a remark"],
    ];
    const { drafts, faults } = await readBytes(workbook([{ name: "Calls", rows: cells }]));
    expect(faults).toEqual([]);
    expect(drafts).toMatchObject([{ line: 3, kind: "complaint" }]);
  });
});

describe("files of the same publisher that hold no events", () => {
  const outcomes = [
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Outcome type",
    "ab12,2021-10,Metropolitan Police Service,Metropolitan Police Service,-0.0631,51.6179,On or near Fore Street,E01001512,Enfield 032B,Investigation complete; no suspect identified",
  ].join("\n");
  const named =
    "this is an outcomes file of data.police.uk: import the street file of the same month instead, which holds the crimes themselves";

  test.each([
    ["with nothing said", {}],
    ["with a kind", { kind: "complaint" }],
    ["as a plain table", { profile: "plain", kind: "complaint" }],
    ["as a street file", { profile: "police-uk-street" }],
    ["with columns named", { kind: "complaint", map: { date: "Month", category: "Outcome type" } }],
  ] as const)("an outcomes file is named for what it is, %s", (_, choices) => {
    expect(() => readText(outcomes, choices)).toThrow(`Line 1: ${named}`);
    const preview = previewImport(outcomes, true, { ...autoChoices, ...choices }, testSetting);
    // No choice on the page would read it.
    expect(preview).toMatchObject({ ok: false, reason: { reason: named, remedy: null } });
  });

  test("a street file, which has the last outcome of each crime, is none", () => {
    const text =
      "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\nab12,2021-10,x,x,-0.0631,51.6179,On or near Fore Street,E01001512,Enfield 032B,Burglary,Under investigation,";
    expect(readText(text).drafts).toHaveLength(1);
  });
});

describe("what stands below the rows", () => {
  test("totals are refused, each with its line", () => {
    const { drafts, faults } = readText([headings, ...rows, "Total,,,,3", "3 calls"].join("\n"));
    expect(drafts).toHaveLength(3);
    expect(faults.map(({ row: line }) => line)).toEqual([5, 6]);
  });

  test("a second table is told from bad dates", () => {
    const second = ["Reference,Date,Easting,Northing", "R1,13/10/2021,534191,192784"];
    const { drafts, faults } = readText([headings, ...rows, "", ...second].join("\n"));
    expect(drafts).toHaveLength(3);
    expect(faults).toMatchObject([
      { row: 6, reason: expect.stringMatching(/headings of another table/) as unknown },
      { row: 7 },
    ]);
  });
});

describe("dates in two orders", () => {
  const table = (dates: readonly string[]) =>
    ["Date,Lat,Lng,Kind", ...dates.map((date) => `${date},51.6179,-0.0631,complaint`)].join("\n");
  const half = ["13/10/2021", "10/14/2021", "15/10/2021", "10/16/2021", "05/10/2021"];

  test("a date that both orders read is not guessed where the column writes both", () => {
    expect(() => readText(table(half))).toThrow(
      /^Line 6: 2 dates of the file can only be day first and 2 only month first, so nobody can tell what "05\/10\/2021" is/,
    );
    const { drafts, faults } = readText(table(half), { dates: "day-first" });
    expect(drafts.map(spanText)).toContain("2021-10-05T00:00:00+01:00/2021-10-06T00:00:00+01:00");
    expect(faults.map(({ row: line }) => line)).toEqual([3, 5]);
  });

  test("the page asks before anything is sent", () => {
    const preview = previewImport(table(half), true, autoChoices, testSetting);
    expect(preview.ok && preview.value).toMatchObject({
      openDate: { line: 6, value: "05/10/2021" },
      mixed: { dayFirst: 2, monthFirst: 2, open: 1 },
    });
  });

  test("where each can be read in one order only, nothing is guessed and the others are refused", () => {
    const { drafts, faults } = readText(table(half.slice(0, 3)));
    expect([drafts.length, faults.length]).toEqual([2, 1]);
  });

  test("one slip among many is a refused row, and said", () => {
    const many = [...new Array<string>(60).fill("13/10/2021"), "10/14/2021", "05/10/2021"];
    const { drafts, outline } = readText(table(many));
    expect(drafts).toHaveLength(61);
    expect(outline.notes).toContain(
      "Dates were read day first, though 1 date can only be month first: look whether others are meant so as well.",
    );
  });
});

describe("numbers as they are written elsewhere", () => {
  const placed = (head: string, cells: string) => {
    const { drafts, faults } = readText(`Date;${head};Kind\n13/10/2021;${cells};complaint\n`);
    return faults[0]?.reason ?? drafts[0]?.position.map((degree) => degree.toFixed(4));
  };

  test.each([
    ["51,6179;-0,0631"],
    ["51.6179°;-0.0631°"],
    ["51.6179 N;0.0631 W"],
    ["51.6179°N;0,0631° w"],
    ["51.6179;\u22120.0631"],
  ])("degrees: %s", (cells) => {
    expect(placed("Latitude;Longitude", cells)).toEqual(["-0.0631", "51.6179"]);
  });

  test.each([["534191;192784"], ["534,191;192,784"], ["534 191;192 784"], ["534191,0;192784,0"]])(
    "metres: %s",
    (cells) => {
      expect(placed("Easting;Northing", cells)).toEqual(
        placed("Easting;Northing", "534191;192784"),
      );
    },
  );

  test.each([
    ["Latitude;Longitude", "51° 37' 4\";0° 3' 47\"", "not a number such as 51.6205 or -0.0631"],
    ["Latitude;Longitude", "51.6179;-0.0631 W", "not a number such as 51.6205 or -0.0631"],
    ["Easting;Northing", "534,19;192,78", "outside the area"],
    ["Easting;Northing", "534-191;192784", "not a number such as 534191"],
  ])("%s %s is refused", (head, cells, reason) => {
    expect(placed(head, cells)).toMatch(reason);
  });
});

test("what databases write for nothing is nothing, and a time that is not known is none", () => {
  const times = ["NULL", "N/A", "-", "unknown", "?"];
  const text = times.map((time) => `13/10/2021,${time},51.6179,-0.0631,complaint,NULL,NULL`);
  const { drafts, faults, outline } = readText(
    [`${headings},Category,Reference`, ...text].join("\n"),
  );
  expect(faults).toEqual([]);
  const day = "2021-10-13T00:00:00+01:00/2021-10-14T00:00:00+01:00";
  expect(drafts.map(spanText)).toEqual(times.map(() => day));
  expect(drafts.map(({ reference, category }) => [reference, category])).toEqual(
    times.map(() => [null, "other"]),
  );
  expect(outline.notes).toContain('5 rows have nothing under "Category" and are kept as other.');
});

test("a text that a spreadsheet wraps is read", () => {
  const cells = ["13/10/2021 21:15", "51.6179", "-0.0631"].map((cell) => `="${cell}"`).join(",");
  const { drafts } = readText(`Date,Lat,Lng,Kind\n${cells},complaint\n`);
  expect(drafts.map(spanText)).toEqual(["2021-10-13T21:15:00+01:00"]);
});

test("a web page that is called a workbook is said to be one", async () => {
  const page = new TextEncoder().encode("<html><table><tr><td>Date</td></tr></table></html>");
  await expect(readBytes(page)).rejects.toThrow(/web page with a table in it/);
});
