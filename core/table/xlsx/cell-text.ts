export interface CellBook {
  readonly sharedStrings: readonly string[];
  /** By style number; null for a style that shows no date. */
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

/** Text of a cell. An error such as #N/A is empty; a formula gives its last value. */
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

/** Decodes `_x000D_`, a spreadsheet's escape; a record must stay on its line. */
export function oneLine(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, unescape16).replace(/[\r\n\0]+/g, " ");
}

function unescape16(_: string, code: string): string {
  return String.fromCharCode(Number.parseInt(code, 16));
}

export interface NumberFormat {
  readonly hasDay: boolean;
  /** Month or year. */
  readonly hasMonth: boolean;
  readonly hasTime: boolean;
}

/** Built-in number formats (ECMA-376, 18.8.30). */
export function builtInFormat(id: number): NumberFormat | null {
  if (id === 17) return { hasDay: false, hasMonth: true, hasTime: false };
  if (id === 22) return { hasDay: true, hasMonth: true, hasTime: true };
  const isTime = (id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35);
  if (isTime) return { hasDay: false, hasMonth: false, hasTime: true };
  const isThai = id >= 50 && id <= 58;
  const isDate = (id >= 14 && id <= 16) || (id >= 27 && id <= 31) || id === 36 || isThai;
  return isDate ? { hasDay: true, hasMonth: true, hasTime: false } : null;
}

/** `dd/mm/yyyy hh:mm` and the like; null for a number that is no date. */
export function formatOfCode(code: string): NumberFormat | null {
  const first = code.split(";")[0] ?? "";
  const signs = first
    .replace(/\[(h+|m+|s+)\]/gi, "$1")
    .replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, "")
    .replace(/am\/pm|a\/p/gi, "h")
    .toLowerCase();
  if (/general|[0#?]/.test(signs.replace(/s\.0+/g, "s"))) return null;
  const hasTime = /[hs]/.test(signs);
  const hasDay = signs.includes("d");
  const hasMonth = signs.includes("y") || /m{3,}/.test(signs) || (signs.includes("m") && !hasTime);
  return hasTime || hasDay || hasMonth ? { hasDay, hasMonth: hasMonth || hasDay, hasTime } : null;
}

const secondsOfDay = 86_400;
/** 31 December 9999 in the 1900 system. */
const lastSerial = 2_958_465;

/**
 * A serial number as the time reader expects it: `2021-06-05`, `2021-06-05 14:05`, `14:05`, or
 * `2021-06` where the format shows no day, as spreadsheets convert a file's months. Null where it
 * is no date in either system.
 */
export function serialText(serial: number, format: NumberFormat, is1904: boolean): string | null {
  if (!(serial >= 0 && serial <= lastSerial)) return null;
  const seconds = Math.round(serial * secondsOfDay);
  const days = Math.floor(seconds / secondsOfDay);
  const time = timeText(seconds % secondsOfDay);
  if (format.hasTime && !format.hasMonth) {
    if (days === 0) return time;
    // Typed as 24:00: midnight at the end of the day.
    if (days === 1 && seconds === secondsOfDay) return "24:00";
  }
  const date = is1904 ? dateFrom(days, Date.UTC(1904, 0, 1)) : dateOf1900(days);
  if (!format.hasDay && format.hasMonth && !format.hasTime && date.endsWith("-01")) {
    return date.slice(0, 7);
  }
  return format.hasTime || seconds % secondsOfDay !== 0 ? `${date} ${time}` : date;
}

/** The 1900 system has a false 29 February 1900: earlier days count one more. */
function dateOf1900(days: number): string {
  if (days === 60) return "1900-02-29";
  return dateFrom(days, Date.UTC(1899, 11, days < 60 ? 31 : 30));
}

function dateFrom(days: number, epoch: number): string {
  return new Date(epoch + days * secondsOfDay * 1_000).toISOString().slice(0, 10);
}

function timeText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(Math.floor(seconds / 3_600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? clock : `${clock}:${two(seconds % 60)}`;
}
