import { describe, expect, test } from "vitest";
import {
  type AgreedTotals,
  readTotalsFile,
  readTotalsForm,
  totalsTemplate,
} from "#core/neighbours/totals-file.ts";

const agreed: AgreedTotals = {
  neighbour: "Waltham Forest",
  zoneHash: "0123456789ab",
  quarters: ["2021-Q1", "2021-Q2", "2021-Q3"],
};
const file = (...rows: readonly string[]) =>
  ["zone,quarter,reports,agreed", ...rows].map((row) => `${row}\r\n`).join("");
const good = "Waltham Forest,2021-Q1,27,0123456789ab";
const faultsOf = (text: string) => {
  const read = readTotalsFile(text, agreed);
  return read.ok ? [] : read.faults;
};

test("the form that is downloaded, filled in, is taken whole", () => {
  const template = totalsTemplate(agreed, new Map([["2021-Q2", null]]));
  expect(template).toBe(
    file(
      "Waltham Forest,2021-Q1,,0123456789ab",
      "Waltham Forest,2021-Q2,fewer than 10,0123456789ab",
      "Waltham Forest,2021-Q3,,0123456789ab",
    ),
  );
  const filled = template.replace("Q1,,", "Q1,27,").replace("Q3,,", "Q3,Fewer than 10,");
  expect(readTotalsFile(filled, agreed)).toEqual({
    ok: true,
    totals: [
      { quarter: "2021-Q1", reports: 27 },
      { quarter: "2021-Q2", reports: null },
      { quarter: "2021-Q3", reports: null },
    ],
  });
});

test.each([
  ["a byte order mark", `\uFEFF${file(good)}`],
  ["line feeds alone", file(good).replaceAll("\r\n", "\n")],
  ["carriage returns alone", file(good).replaceAll("\r\n", "\r")],
  ["quotes around every cell", file('"Waltham Forest","2021-Q1","27","0123456789ab"')],
  ["a blank line at the end", `${file(good)}\r\n`],
])("%s is how spreadsheets write, and is taken", (_what, text) => {
  expect(readTotalsFile(text, agreed)).toEqual({
    ok: true,
    totals: [{ quarter: "2021-Q1", reports: 27 }],
  });
});

describe("a count is refused with its row, column, value, reason and what to do", () => {
  test.each([
    ["0", /Counts under 10 are not accepted. Enter “fewer than 10”/],
    ["9", /Counts under 10 are not accepted. Enter “fewer than 10”/],
    ["", /Empty.*remove this quarter/],
    ["-12", /cannot be negative/],
    ["−12", /cannot be negative/],
    ["12.5", /whole number/],
    [".5", /whole number/],
    ["1e308", /without an exponent/],
    ["1000001", /More than a million/],
    ["9".repeat(400), /More than a million/],
    ["NaN", /Not a number/],
    ["Infinity", /Not a number/],
    ["twenty", /Not a number/],
    ["0x1B", /Not a number/],
    ["２７", /Not a number/],
    ["1.234", /digits only/],
    ["027", /without a leading zero/],
    ["=20+7", /This is a formula/],
    ["+27", /This is a formula/],
    ["@SUM(A1)", /This is a formula/],
    ["-A1", /This is a formula/],
    ["fewer than 11", /Not a number/],
  ])("%s", (value, reason) => {
    const [fault, ...more] = faultsOf(file(good, `Waltham Forest,2021-Q2,${value},0123456789ab`));
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ row: 3, field: "reports" });
    expect(fault?.value.slice(0, 40)).toBe(value.slice(0, 40));
    expect(fault?.reason).toMatch(reason);
  });

  test("one with a comma between its digits is another column", () => {
    expect(faultsOf(file("Waltham Forest,2021-Q2,1,234,0123456789ab"))[0]?.reason).toMatch(
      /5 columns, not 4/,
    );
    expect(faultsOf(file('Waltham Forest,2021-Q2,"1,234",0123456789ab'))[0]?.reason).toMatch(
      /digits only/,
    );
  });
});

describe("other zones, other periods and a changed byte are found", () => {
  test.each([
    ["a cell of it", "8a194ad3056ffff,2021-Q1,27,0123456789ab", "zone"],
    ["another neighbour", "Hackney,2021-Q1,27,0123456789ab", "zone"],
    ["a part of it", "Waltham Forest north,2021-Q1,27,0123456789ab", "zone"],
    ["a letter changed", "Waltham forest,2021-Q1,27,0123456789ab", "zone"],
    ["a quarter that is not agreed", "Waltham Forest,2020-Q4,27,0123456789ab", "quarter"],
    ["a quarter that has not ended", "Waltham Forest,2021-Q4,27,0123456789ab", "quarter"],
    ["a month", "Waltham Forest,2021-08,27,0123456789ab", "quarter"],
    ["a date in words", "Waltham Forest,July 2021,27,0123456789ab", "quarter"],
    ["a year", "Waltham Forest,2021,27,0123456789ab", "quarter"],
    ["a fifth quarter", "Waltham Forest,2021-Q5,27,0123456789ab", "quarter"],
    ["the mark of another agreement", "Waltham Forest,2021-Q1,27,ba9876543210", "agreed"],
    ["a figure of the mark changed", "Waltham Forest,2021-Q1,27,0123456789aB", "agreed"],
    ["no mark", "Waltham Forest,2021-Q1,27,", "agreed"],
  ])("%s", (_what, row, field) => {
    expect(faultsOf(file(row))).toMatchObject([{ row: 2, field }]);
  });

  test("whatever byte of the form is changed outside of a count, nothing is taken", () => {
    const text = file(good, "Waltham Forest,2021-Q2,31,0123456789ab");
    const counts = [text.indexOf(",27,") + 1, text.indexOf(",31,") + 1].flatMap((at) => [
      at,
      at + 1,
    ]);
    for (let at = 0; at < text.length; at += 1) {
      if (counts.includes(at) || "\r\n".includes(text[at] ?? "")) continue;
      const changed = `${text.slice(0, at)}${text[at] === "x" ? "y" : "x"}${text.slice(at + 1)}`;
      expect(readTotalsFile(changed, agreed).ok, `byte ${at}`).toBe(false);
    }
  });

  test("a quarter twice", () => {
    expect(faultsOf(file(good, good))).toMatchObject(
      [{ row: 3, field: "quarter", value: "2021-Q1", reason: /also in row 2/ }].map((fault) => ({
        ...fault,
        reason: expect.stringMatching(fault.reason),
      })),
    );
  });
});

describe("a file that is none is refused in words", () => {
  test.each([
    ["empty", ""],
    ["with columns alone", file()],
    ["without columns", `${good}\r\n`],
    ["with semicolons", file(good).replaceAll(",", ";")],
    ["with another column", file(good).replace("agreed\r\n", "agreed,officer\r\n")],
    ["with a quote that is never closed", `${file()}"Waltham Forest,2021-Q1`],
    ["not text", "\u0000\u0001PK\u0003\u0004"],
    ["UTF-16 read as UTF-8", [...file(good)].join("\u0000")],
    ["a million columns", `${"a,".repeat(1_000_000)}\n`],
    ["a row for every day", file(...Array.from({ length: 300 }, () => good))],
  ])("%s", (_what, text) => {
    const faults = faultsOf(text);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) {
      expect(fault.row).toBeGreaterThan(0);
      expect(fault.reason.length).toBeGreaterThan(10);
      expect(fault.value.length).toBeLessThanOrEqual(41);
    }
  });

  test("one fault, and none of the totals is taken", () => {
    const read = readTotalsFile(file(good, "Waltham Forest,2021-Q2,9,0123456789ab"), agreed);
    expect(read.ok).toBe(false);
    expect(read).not.toHaveProperty("totals");
  });
});

test("the form is judged as the file is", () => {
  expect(readTotalsForm([{ quarter: "2021-Q1", reports: " 27 " }], agreed)).toEqual({
    ok: true,
    totals: [{ quarter: "2021-Q1", reports: 27 }],
  });
  expect(readTotalsForm([{ quarter: "2021-Q4", reports: "3" }], agreed)).toMatchObject({
    ok: false,
    faults: [
      { row: 1, field: "quarter" },
      { row: 1, field: "reports" },
    ],
  });
});
