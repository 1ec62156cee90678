import type { BadFile } from "#tests/support/bad-files.ts";
import { daysOf, type SheetCell, workbook, zipParts } from "#tests/support/workbook.ts";

export const sheetHeadings = ["Date", "Time", "Latitude", "Longitude", "Kind", "Category"] as const;
type Heading = (typeof sheetHeadings)[number];

const good: Readonly<Record<Heading, SheetCell>> = {
  Date: { days: daysOf("2021-06-05"), format: 14 },
  Time: { days: 0.5, format: 20 },
  Latitude: 51.6179,
  Longitude: -0.0631,
  Kind: "complaint",
  Category: "asb",
};

export function sheetWith(cells: Partial<Record<Heading, SheetCell>>, is1904 = false): Uint8Array {
  const row = sheetHeadings.map((name) => cells[name] ?? (name in cells ? null : good[name]));
  // The headings stand on row 3, below a title and a blank row.
  const rows = [["Weekly report"], [], sheetHeadings, row];
  return workbook([{ name: "June", rows }], { is1904 });
}

function badRow(
  title: string,
  cells: Partial<Record<Heading, SheetCell>>,
  column: string,
  value: string,
  reason: RegExp,
): BadFile {
  return { title, bytes: sheetWith(cells), row: { row: 4, column, value, reason } };
}

const whole = sheetWith({});

/** Octets of a workbook with some of them changed. */
function changed(
  change: (bytes: Uint8Array, view: DataView, directory: number) => void,
): Uint8Array {
  const bytes = whole.slice();
  const view = new DataView(bytes.buffer);
  change(bytes, view, view.getUint32(bytes.length - 22 + 16, true));
  return bytes;
}

/** Entries of the directory, each with where it begins and what it is called. */
function* entriesOf(bytes: Uint8Array, view: DataView, directory: number) {
  let at = directory;
  while (at < bytes.length && view.getUint32(at, true) === 0x02014b50) {
    const length = view.getUint16(at + 28, true);
    yield { at, name: Buffer.from(bytes.subarray(at + 46, at + 46 + length)).toString() };
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

const sheetPart = "xl/worksheets/sheet1.xml";

function sheetEntry(bytes: Uint8Array, view: DataView, directory: number): number {
  for (const { at, name } of entriesOf(bytes, view, directory)) if (name === sheetPart) return at;
  throw new Error("The workbook has a first sheet");
}

/** 40 MB of zeros where the sheet should be: it packs a thousandfold. */
const bomb = zipParts({ ...withoutSheet(), [sheetPart]: new Uint8Array(40_000_000) });

/** The same bomb, whose directory says that it is small. */
function lyingBomb(): Uint8Array {
  const bytes = bomb.slice();
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const entry = sheetEntry(bytes, view, view.getUint32(bytes.length - 22 + 16, true));
  view.setUint32(entry + 24, 2_000, true);
  return bytes;
}

/** 51.6179 becomes 51.6178: still a place, some metres away. */
function withOtherFigure(): Uint8Array {
  const rows = [sheetHeadings, sheetHeadings.map((name) => good[name])];
  const bytes = Buffer.from(workbook([{ name: "A", rows }], { level: 0 }));
  bytes.write("51.6178", bytes.indexOf("51.6179"));
  return bytes;
}

function withoutSheet(): Record<string, string> {
  const relation = (id: string, kind: string, target: string) =>
    `<Relationships><Relationship Id="${id}" Type="x/${kind}" Target="${target}"/></Relationships>`;
  return {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relation("a", "officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": '<workbook><sheets><sheet name="A" id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": relation("b", "worksheet", "worksheets/sheet1.xml"),
  };
}

/** The files of SAFEGUARDS, "Bad input", that are workbooks or other archives. */
export const badWorkbooks: readonly BadFile[] = [
  {
    title: "a ZIP archive that is no workbook",
    bytes: zipParts({ "a.csv": "a,b" }),
    fault: /ZIP archive and no workbook: unpack it/,
  },
  {
    title: "a binary workbook",
    bytes: zipParts({ "xl/workbook.bin": "x" }),
    fault: /binary workbook \(\.xlsb\)/,
  },
  {
    title: "an OpenDocument sheet",
    bytes: zipParts({ "content.xml": "x" }),
    fault: /OpenDocument/,
  },
  {
    title: "an old Excel file",
    bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    fault: /old Excel or Word file/,
  },
  {
    title: "a workbook with a password",
    bytes: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, ...Buffer.from("EncryptedPackage", "utf16le")]),
    fault: /encrypted with a password: save it without one/,
  },
  {
    title: "an encrypted archive",
    bytes: changed((bytes, view, directory) => {
      for (const { at } of entriesOf(bytes, view, directory)) view.setUint16(at + 8, 1, true);
    }),
    fault: /encrypted: save it without a password/,
  },
  { title: "a ZIP bomb", bytes: bomb, fault: /like a ZIP bomb/ },
  {
    title: "a ZIP bomb that lies about its size",
    bytes: lyingBomb(),
    fault: /larger than its directory says/,
  },
  {
    title: "a part of 4 GB by its directory",
    bytes: changed((bytes, view, directory) => {
      view.setUint32(sheetEntry(bytes, view, directory) + 24, 4_000_000_000, true);
    }),
    fault: /4,000 MB unpacked, more than 1,500/,
  },
  { title: "a workbook cut in half", bytes: whole.subarray(0, whole.length / 2), fault: /cut off/ },
  {
    title: "one octet changed in a sheet",
    bytes: changed((bytes, view, directory) => {
      const local = view.getUint32(sheetEntry(bytes, view, directory) + 42, true);
      bytes[local + 30 + sheetPart.length + 20] =
        (bytes[local + 30 + sheetPart.length + 20] ?? 0) ^ 0x10;
    }),
    fault: /damaged/,
  },
  {
    title: "one figure of a place changed in a sheet that is not packed",
    bytes: withOtherFigure(),
    fault: /does not agree with its checksum/,
  },
  {
    title: "a part that lies beyond the file",
    bytes: changed((bytes, view, directory) => {
      view.setUint32(sheetEntry(bytes, view, directory) + 42, 900_000, true);
    }),
    fault: /not where its directory says/,
  },
  {
    title: "a workbook of titles alone",
    bytes: workbook([{ name: "A", rows: [["Report"], ["of June"]] }]),
    fault: /no sheet has a line of headings and a row below it/,
  },
  {
    title: "entities that grow",
    bytes: zipParts({
      ...withoutSheet(),
      [sheetPart]: '<!DOCTYPE a [<!ENTITY b "cccc">]><worksheet/>',
    }),
    fault: /document type/,
  },
  {
    title: "a sheet that is no XML",
    bytes: zipParts({ ...withoutSheet(), [sheetPart]: "<worksheet><row" }),
    fault: /cannot be read as XML/,
  },
  badRow(
    "an error where a date should be",
    { Date: { error: "#N/A" } },
    "Date",
    "",
    /the row has no date/,
  ),
  badRow(
    "a date of 1900 that there never was",
    { Date: { days: 60, format: 14 } },
    "Date",
    "1900-02-29",
    /between 1970/,
  ),
  badRow("a number where a date should be", { Date: 44_352 }, "Date", "44352", /not a date/),
  badRow(
    "a day that is none, as text",
    { Date: "31/02/2021" },
    "Date",
    "31/02/2021",
    /no such day/,
  ),
  badRow("latitude 91 in a cell", { Latitude: 91 }, "Latitude", "91", /between -90 and 90/),
  badRow(
    "a truth value for a place",
    { Latitude: true },
    "Latitude",
    "(not shown)",
    /not a number/,
  ),
  badRow(
    "a formula whose value is no category",
    { Category: { formula: "1+1", value: "=cmd()" } },
    "Category",
    "=cmd()",
    /not a known category/,
  ),
];

/** Unusual workbooks that are read all the same: one event each. */
export const oddWorkbooks: readonly { readonly title: string; readonly bytes: Uint8Array }[] = [
  { title: "a sheet below a title", bytes: whole },
  {
    title: "a sheet that counts from 1904",
    bytes: sheetWith({ Date: { days: daysOf("2021-06-05") - 1462, format: 14 } }, true),
  },
  { title: "24:00 in a cell", bytes: sheetWith({ Time: { days: 1, format: 46 } }) },
  {
    title: "formulas by their last value",
    bytes: sheetWith({
      Latitude: { formula: "51.6+0.0179", value: 51.6179 },
      Category: { formula: 'A1&""', value: "asb" },
    }),
  },
  { title: "text within cells", bytes: sheetWith({ Category: { inline: "asb" } }) },
  {
    title: "a date and time in one cell",
    bytes: sheetWith({ Date: { days: daysOf("2021-06-05T14:05"), format: 22 }, Time: null }),
  },
];
