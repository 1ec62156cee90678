import { type NumberFormat, serialText } from "#core/table/xlsx/serial-date.ts";

/** What a sheet needs of its workbook to say what its cells show. */
export interface CellBook {
  readonly sharedStrings: readonly string[];
  /** By the number of a cell's style; null for one that shows no date. */
  readonly formats: readonly (NumberFormat | null)[];
  readonly is1904: boolean;
}

/** A cell as the sheet writes it: `t`, `s`, and its value or inline text. */
export interface RawCell {
  readonly type: string;
  readonly style: number;
  readonly value: string;
  readonly inline: string;
}

/** The text that a cell stands for. An error such as #N/A is nothing; a formula is its last value. */
export function cellText({ type, style, value, inline }: RawCell, book: CellBook): string {
  switch (type) {
    case "s":
      return book.sharedStrings[Number(value)] ?? "";
    case "inlineStr":
      return oneLine(inline);
    case "str":
      return oneLine(value);
    case "b":
      return value === "1" || value === "true" ? "true" : "false";
    case "e":
      return "";
    case "d":
      return value.replace(/^(\d{4}-\d{2}-\d{2})T00:00(?::00(?:\.0+)?)?$/, "$1").replace("T", " ");
    default:
      return numberText(value, book.formats[style] ?? null, book.is1904);
  }
}

function numberText(value: string, format: NumberFormat | null, is1904: boolean): string {
  if (value === "") return "";
  const number = Number(value);
  if (Number.isNaN(number)) return oneLine(value);
  if (format === null) return String(number);
  return serialText(number, format, is1904) ?? String(number);
}

/** Spreadsheets write `_x000D_` for what XML cannot hold; a record keeps to its line. */
export function oneLine(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, unescape16).replace(/[\r\n\0]+/g, " ");
}

function unescape16(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}
