import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { kindOfColumn } from "#core/records/judge-values.ts";
import { certainKind } from "#core/text/personal-value.ts";
import { plainTable, readBytes, readText } from "#tests/support/import.ts";
import { personalFile, personalHeadings } from "#tests/support/personal-file.ts";
import { runsOf } from "#tests/support/runs.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

describe("a column is personal by what it holds", () => {
  test.each([
    ["e-mail addresses", ["a.b@example.org", "n/a", "see c@d.co.uk"]],
    ["phone numbers", ["07700 900123", "020 7946 0958", "+44 (0)7700 900456"]],
    ["phone numbers", ["7700900123", "7700900124", ""]],
    ["phone numbers", ["+40 721 000 111", "none", "none"]],
    ["vehicle marks", ["AB12 CDE", "LK70XYZ", "M123 ABC", "ABC 123D"]],
    ["National Insurance numbers", ["QQ123456C", "AB 12 34 56 D"]],
    ["NHS numbers", ["943 476 5919", "9434765870", "401 023 2137"]],
    ["addresses", ["12 Fore Street", "Flat 3, The Lodge", "1a Bull Lane", "7 Grove, N18 2XG"]],
    ["names of people", ["Amelia Smith", "KHAN, Mohammed", "Piotr", "unknown"]],
    ["names of people", ["Mr Z Quex", "Mrs Quex", "PC 123", "Dr Zond"]],
    [
      "text about people",
      ["male stopped by the gate wearing black", "she told him to leave at once"],
    ],
    ["nationalities or ethnicities", ["Romanian", "British", "Albanian"]],
    ["nationalities or ethnicities", ["White - British", "Black or Black British - African"]],
    ["the sex of people", ["Male", "Female", "Male"]],
    ["the sex of people", ["M", "F", "F", "M"]],
    ["ages of people", ["18-24", "25-34", "over 34"]],
    ["dates of birth", ["12/03/1984", "1990-11-30", "01.02.1975"]],
  ])("%s: %j", (kind, values) => {
    expect(kindOfColumn(values.filter(Boolean), "col 9")).toBe(kind);
  });

  test("names that no list knows show by their shape", () => {
    const names = Array.from(
      { length: 12 },
      (_, at) => `Zel${String.fromCharCode(97 + at)} Quextor`,
    );
    expect(kindOfColumn(names, "col 9")).toBe("names of people");
  });

  test.each([
    ["streets", ["Fore Street", "Bull Lane", "Grove Road", "Silver Street"]],
    ["streets of public files", ["On or near Black Boy Lane", "On or near High Street"]],
    ["postcodes alone", ["N18 2XG", "N9 0AA", "N17 8JT"]],
    ["LSOA codes", ["E01000293", "E01000294"]],
    ["wards", ["Upper Edmonton", "Bruce Grove", "Edmonton Green", "Haselbury"]],
    ["hours", ["14:05", "0905", "20-02"]],
    [
      "references",
      ["5201234/21", "CAD 1234/05JUN21", "01/123456/21", "2022010352578", "010352578"],
    ],
    ["degrees with many decimals", ["0.1234567891", "-0.0631234567", "51.61791234567"]],
    ["metres", ["534191", "192784.6"]],
    ["dates of events", ["05/06/2021", "2019-11-30", "2012-01-01"]],
    ["outcomes", ["Investigation complete; no suspect identified", "Local resolution", "Arrest"]],
    ["laws", ["Misuse of Drugs Act 1971 (section 23)", "Criminal Justice Act 1988 (section 139B)"]],
    ["categories", ["asb", "kerb crawling", "litter", "traffic"]],
    ["roads", ["A10", "M25", "A406"]],
    ["one letter", ["M", "M", "M"]],
  ])("%s are none", (_, values) => {
    expect(kindOfColumn(values, "col 9")).toBeNull();
    expect(values.filter((value) => certainKind(value) !== null)).toEqual([]);
  });

  test("old dates under a heading of event dates are no dates of birth", () => {
    expect(kindOfColumn(["12/03/1984", "01/02/1975"], "incident date")).toBeNull();
  });
});

describe("what looks personal by its values", () => {
  test("is not read, and said with the reason", () => {
    const { text, values } = personalFile();
    const { drafts, faults, outline } = readText(text);
    expect(drafts).toHaveLength(11);
    expect(faults).toMatchObject([{ row: 13, column: "Date", value: "31/02/2021" }]);
    expect(outline.blockedColumns).toEqual(personalHeadings);
    expect(Object.keys(outline.mapping)).toEqual([
      "date",
      "latitude",
      "longitude",
      "kind",
      "category",
    ]);
    const reasonOf = (column: string) =>
      outline.blocked.find((one) => one.column === column)?.reason;
    expect(reasonOf("E-mail")).toBe("heading suggests a person");
    expect(reasonOf("Col 16")).toBe("its values look like e-mail addresses");
    expect(reasonOf("Col 19")).toBe("its values look like dates of birth");
    expect(reasonOf("Col 22")).toBe("its values look like names of people");
    const said = JSON.stringify({ drafts, faults, outline });
    expect(values.filter((value) => said.includes(value))).toEqual([]);
  });

  test("is refused for a role, with the reason", () => {
    const file = "Date,Lat,Lng,Kind,Who\n2021-06-05,51.6179,-0.0631,complaint,zq@example.org\n";
    expect(() => readText(file, { map: { reference: "Who" } })).toThrow(
      /the column "Who" looks personal and cannot be read as reference: its values look like e-mail addresses/,
    );
    expect(() => readText(file, { map: { reference: "Who" } })).not.toThrow(/zq@/);
  });

  test("is not taken for a role by its heading either", () => {
    const file = `${["Date,Lat,Lng,Kind,Reference", ...["AB12CDE", "LK70XYZ"].map((mark) => `2021-06-05,51.6179,-0.0631,complaint,${mark}`)].join("\n")}\n`;
    const { drafts, outline } = readText(file);
    expect(outline.blockedColumns).toEqual(["Reference"]);
    expect(drafts.map(({ reference }) => reference)).toEqual([null, null]);
  });

  test("far down in a column that is read is not kept, and counted", () => {
    const row = (reference: string) => `2021-06-05,51.6179,-0.0631,complaint,${reference}`;
    const rows = Array.from({ length: 1_500 }, (_, at) => row(`52${at}/21`));
    rows.push(...["AB12 CDE", "07700900123", "QQ123456C", "12/03/1984"].map(row));
    const { drafts, outline } = readText(`Date,Lat,Lng,Kind,Reference\n${rows.join("\n")}\n`);
    expect(drafts).toHaveLength(1_504);
    expect(drafts.slice(-4).map(({ reference }) => reference)).toEqual([null, null, null, null]);
    expect(JSON.stringify(drafts)).not.toMatch(/AB12|07700900|QQ1234|1984/);
    expect(outline.notes).toContainEqual(
      expect.stringMatching(/^4 rows have a reference that looks like a vehicle mark/),
    );
  });

  test("in a heading is named by its position", () => {
    const file =
      "Date,Lat,Lng,Kind,zq@example.org,07700 900123\n2021-06-05,51.6179,-0.0631,complaint,a,b\n";
    const { outline } = readText(file);
    expect(outline.blockedColumns).toEqual(["column 5", "column 6"]);
    expect(JSON.stringify(outline)).not.toMatch(/zq@|07700/);
  });
});

test("a plain table has nothing that is left out", () => {
  expect(readText(plainTable(["2021-06-05", "2021-06-06"])).outline.blocked).toEqual([]);
});

/** `npm run test:slow` reads them to their ends. */
const mostRows = runsOf(Number.POSITIVE_INFINITY, 2_500);

describe("no column of the real files is taken for one of people", () => {
  test.skipIf(!hasSharedFile("police_uk")).each([
    ["police_uk/2021-stop-and-search.csv", 16_412],
    ["police_uk/2021-street-burglary.csv", 11_443],
    ["police_uk/2012-2019-street-burglary.csv.gz", 134_430],
    ["stats19/collisions-2022.csv", 4_666],
  ])("%s", async (name, rows) => {
    const file = readFileSync(sharedFile(name));
    const bytes = firstRows(name.endsWith(".gz") ? gunzipSync(file) : file, mostRows);
    const choices = name.startsWith("stats19") ? ({ kind: "complaint" } as const) : {};
    const { drafts, outline } = await readBytes(bytes, choices);
    expect(outline.blocked).toEqual([]);
    expect(drafts).toHaveLength(Math.min(rows, mostRows));
  });
});

/** A line of headings and so many rows, or all where there are fewer. */
function firstRows(bytes: Buffer, rows: number): Buffer {
  let end = 0;
  for (let row = 0; row <= rows && end < bytes.length; row += 1) {
    const next = bytes.indexOf("\n", end);
    end = next < 0 ? bytes.length : next + 1;
  }
  return bytes.subarray(0, end);
}
