import { csvRow } from "#core/table/write-csv.ts";

/** A file that cannot come in, and what its one refusal must say. */
export interface BadFile {
  readonly title: string;
  readonly bytes: Uint8Array;
  /** A file that is refused whole, by its message. */
  readonly fault?: RegExp;
  /** A file whose one row is refused: line, column, value and reason. */
  readonly row?: {
    readonly row: number;
    readonly column: string;
    readonly value: string;
    readonly reason: RegExp;
  };
}

const header = "Date,Time,Latitude,Longitude,Kind,Category";
const good = ["2021-06-05", "14:05", "51.6179", "-0.0631", "complaint", "asb"] as const;
const columns = ["Date", "Time", "Latitude", "Longitude", "Kind", "Category"] as const;
type Column = (typeof columns)[number];

/** The good row with some cells replaced. */
function rowWith(cells: Partial<Record<Column, string>>): string {
  return csvRow(columns.map((column, at) => cells[column] ?? good[at] ?? ""));
}

export function text(title: string, content: string, fault: RegExp): BadFile {
  return { title, bytes: Buffer.from(content), fault };
}

function badRow(
  title: string,
  cells: Partial<Record<Column, string>>,
  column: string,
  reason: RegExp,
): BadFile {
  const value = column
    .split(", ")
    .map((name) => cells[name as Column] ?? good[columns.indexOf(name as Column)] ?? "")
    .join(", ");
  return {
    title,
    bytes: Buffer.from(`${header}\n${rowWith(cells)}\n`),
    row: { row: 2, column, value, reason },
  };
}

function utf16(content: string, mark: boolean): Buffer {
  return Buffer.from((mark ? "\uFEFF" : "") + content, "utf16le");
}

/** The files of SAFEGUARDS, "Bad input", that a table in text can be. */
export const badTexts: readonly BadFile[] = [
  text("empty", "", /the file is empty/),
  text("only blank lines", "\n\r\n \n", /the file is empty/),
  text("only a header", `${header}\n`, /a header and no rows/),
  text("not a table", "Dear all,\nplease find attached\n", /no column is recognised/),
  {
    title: "not text",
    bytes: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]),
    fault: /NUL/,
  },
  {
    title: "a workbook that was cut off",
    bytes: Buffer.from("PK\u0003\u0004rest"),
    fault: /its directory is missing, as in a file that was cut off; save it again/,
  },
  { title: "compressed", bytes: Buffer.from([0x1f, 0x8b, 8, 0, 0]), fault: /unpack it first/ },
  text(
    "a NUL in a cell",
    `${header}\n${rowWith({ Category: "a\0b" })}\n`,
    /Line 2: there is a NUL/,
  ),
  text(
    "one row of a million columns",
    `${header}\n${",".repeat(999_999)}\n`,
    /Line 2: .* 1,000 columns/,
  ),
  text("a header of a million columns", `${"a,".repeat(999_999)}\n`, /Line 1: .* 1,000 columns/),
  text("a line without end", `${header}\n${"9".repeat(400_000)}`, /Line 2: this row is longer/),
  text(
    "a quote never closed",
    `${header}\n${rowWith({})}\n"2021,${"x\n".repeat(500)}`,
    /Line 3: a quote/,
  ),
  text(
    "day and month that nothing settles",
    `${header}\n${rowWith({ Date: "05/06/2021" })}\n`,
    /Line 2: "05\/06\/2021" in "Date"/,
  ),
  text("no kind", "Date,Latitude,Longitude\n2021-06-05,51.6179,-0.0631\n", /give --kind/),
  badRow("31 February", { Date: "2021-02-31" }, "Date", /no such day in February 2021/),
  badRow("a year 9999", { Date: "9999-12-31" }, "Date", /between 1970 and 2099/),
  badRow("a time after the last", { Time: "24:01" }, "Time", /no such time/),
  badRow(
    "the missing hour of spring",
    { Date: "2021-03-28", Time: "01:30" },
    "Date, Time",
    /does not exist in Europe\/London/,
  ),
  badRow("latitude 91", { Latitude: "91" }, "Latitude", /between -90 and 90/),
  badRow(
    "swapped axes",
    // Finer coordinates are not repeated: tests/unit/core/records/import-personal.test.ts.
    { Latitude: "-0.06", Longitude: "51.62" },
    "Latitude, Longitude",
    /swapped/,
  ),
  badRow(
    "in the sea",
    { Latitude: "50.5", Longitude: "0.5" },
    "Latitude, Longitude",
    /outside the area/,
  ),
  badRow("at 0, 0", { Latitude: "0", Longitude: "0" }, "Latitude, Longitude", /outside the area/),
  badRow("NaN", { Latitude: "NaN" }, "Latitude", /not a number/),
  badRow("1e308", { Longitude: "1e308" }, "Longitude", /between -180 and 180/),
  badRow("a formula for a category", { Category: "=1+1" }, "Category", /not a known category/),
  badRow("a formula for a place", { Latitude: "=51.6+0" }, "Latitude", /not a number/),
  badRow("__proto__ for a category", { Category: "__proto__" }, "Category", /not a known category/),
  badRow("__proto__ for a kind", { Kind: "constructor" }, "Kind", /not a known kind/),
];

/** Unusual files that are read all the same: one event each. */
export const oddFiles: readonly { readonly title: string; readonly bytes: Uint8Array }[] = [
  { title: "a byte order mark", bytes: Buffer.from(`\uFEFF${header}\n${rowWith({})}\n`) },
  {
    title: "UTF-16 without a mark",
    bytes: utf16(`${header}\n${rowWith({})}\n`, false),
  },
  {
    title: "UTF-16 of the other order, without a mark",
    bytes: utf16(`${header}\n${rowWith({})}\n`, false).swap16(),
  },
  {
    title: "Windows-1252",
    bytes: Buffer.from(`Süd,${header}\nNö “x”,${rowWith({})}\n`, "latin1"),
  },
  { title: "UTF-16 with its mark", bytes: utf16(`${header}\r\n${rowWith({})}\r\n`, true) },
  { title: "CR-only lines", bytes: Buffer.from(`${header}\r${rowWith({})}\r`) },
  { title: "no last line end", bytes: Buffer.from(`${header}\n${rowWith({})}`) },
  { title: "tabs", bytes: Buffer.from(`${header}\n${rowWith({})}\n`.replaceAll(",", "\t")) },
  { title: "24:00", bytes: Buffer.from(`${header}\n${rowWith({ Time: "24:00" })}\n`) },
  {
    title: "the doubled hour of autumn",
    bytes: Buffer.from(`${header}\n${rowWith({ Date: "2021-10-31", Time: "01:30" })}\n`),
  },
  {
    title: "octets that are no UTF-8 in a column that is not read",
    bytes: Buffer.concat([
      Buffer.from(`${header},Road\n${rowWith({})},Caf`),
      Buffer.from([0xe9, 0x0a]),
    ]),
  },
];
