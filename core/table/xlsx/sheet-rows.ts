import { FileFault } from "#core/table/file-fault.ts";
import { type TableRow, tableLimits } from "#core/table/row-reader.ts";
import { type CellBook, cellText, type RawCell } from "#core/table/xlsx/cell-text.ts";
import { attributeOf, type XmlListener } from "#core/table/xlsx/xml.ts";
import { formatCount } from "#core/text/numbers.ts";

const lastRow = 1_048_576;

/**
 * Collects a sheet's rows by row number, without blank ones. Single-cell rows above the headings
 * are a title, not headings.
 */
export function createSheetRows(book: CellBook): XmlListener & { readonly take: () => TableRow[] } {
  let ready: TableRow[] = [];
  /** Of the headings; null above them. */
  let width: number | null = null;
  /** Whether all rows so far hold only words, as headings do. */
  let isAbove = true;
  let row = 0;
  let cells: string[] = [];
  let length = 0;
  let column = -1;
  let cell: { type: string; style: number; value: string; inline: string } | null = null;
  let into: "value" | "inline" | null = null;
  let isPhonetic = false;

  const openRow = (number: string | undefined) => {
    const next = number === undefined ? row + 1 : Number(number);
    if (!(Number.isInteger(next) && next > row && next <= lastRow)) {
      throw new FileFault("the rows of this sheet are not in order; save the workbook again", {
        line: row + 1,
        unit: "row",
      });
    }
    row = next;
    cells = [];
    length = 0;
    column = -1;
  };
  const closeRow = () => {
    const filled = cells.filter((text) => text.trim() !== "");
    if (filled.length === 0 || (width === null && filled.length < 2)) return;
    // A line of merged headings is narrower than the headings below it.
    if (width === null || (isAbove && filled.every(isWord)))
      width = Math.max(width ?? 0, cells.length);
    else isAbove = false;
    // A remark beside the table belongs to no column.
    ready.push({ line: row, cells: cells.slice(0, width) });
  };
  const closeCell = (raw: RawCell) => {
    const text = cellText(raw, book);
    if (text === "") return;
    if (column >= tableLimits.columns) {
      throw new FileFault(
        `this row has more than ${formatCount(tableLimits.columns)} columns; export only the columns that are needed`,
        { line: row, unit: "row" },
      );
    }
    length += text.length;
    if (length > tableLimits.rowLength) {
      throw new FileFault(
        `this row is longer than ${formatCount(tableLimits.rowLength)} characters; the sheet is not a table of events`,
        { line: row, unit: "row" },
      );
    }
    // Spreadsheets omit empty cells.
    while (cells.length < column) cells.push("");
    cells[column] = text;
  };
  return {
    open: (name, attributes) => {
      if (name === "row") openRow(attributeOf(attributes, "r"));
      else if (name === "c") {
        column = columnOf(attributeOf(attributes, "r")) ?? column + 1;
        cell = newCell(attributes);
      } else if (name === "v") into = "value";
      else if (name === "t") into = isPhonetic ? null : "inline";
      else if (name === "rPh") isPhonetic = true;
    },
    text: (text) => {
      if (cell === null || into === null) return;
      cell[into] += text;
    },
    close: (name) => {
      if (name === "v" || name === "t") into = null;
      else if (name === "rPh") isPhonetic = false;
      else if (name === "c" && cell !== null) {
        closeCell(cell);
        cell = null;
      } else if (name === "row") closeRow();
    },
    take: () => {
      const rows = ready;
      ready = [];
      return rows;
    },
  };
}

function isWord(text: string): boolean {
  return !/^[\d+.,-]/.test(text.trim());
}

function newCell(attributes: Readonly<Record<string, string>>) {
  const type = attributeOf(attributes, "t") ?? "n";
  const style = Number(attributeOf(attributes, "s") ?? 0);
  return { type, style, value: "", inline: "" };
}

/** `AB12` is column 27, the first being 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? "")?.[1];
  if (letters === undefined) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
