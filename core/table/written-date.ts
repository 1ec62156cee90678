import { failure, type Result, success } from "#core/result.ts";

/** How 5 June 2021 is written: 05/06/2021 or 06/05/2021. */
export type DateOrder = "day-first" | "month-first";

export interface WrittenDate {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  /** Null for a month without a day. */
  readonly day: number | null;
}

const weekday =
  /^(?:mon|tue(?:s)?|wed(?:nes)?|thu(?:r|rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?(?:,\s*|\s+)/i;
const inFigures = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;

/** A date without a time; null for text unlike any date. */
export function parseDate(text: string, order: DateOrder): Result<WrittenDate> | null {
  const date = text.replace(weekday, "");
  const figures = inFigures.exec(date);
  if (figures) {
    const [, first, , second, year] = figures;
    const [day, month] = order === "day-first" ? [first, second] : [second, first];
    const read = checkDate(year, Number(month), Number(day));
    return read.ok
      ? read
      : failure(`${read.reason} (dates here are read ${order.replace("-", " ")})`);
  }
  for (const way of certainWays) {
    const parts = way.exec(date)?.groups;
    if (!parts) continue;
    const { year, month, name, day } = parts;
    const number = name === undefined ? Number(month) : monthOfName(name);
    return checkDate(year, number, day === undefined ? null : Number(day));
  }
  return null;
}

/** First and second number of a date that only the order decides; null for any other. */
export function openFigures(text: string): readonly [number, number] | null {
  const figures = inFigures.exec(text.replace(weekday, ""));
  return figures && [Number(figures[1]), Number(figures[3])];
}

export function checkDate(
  yearText: string | undefined,
  month: number,
  day: number | null,
): Result<WrittenDate> {
  const written = Number(yearText);
  // Two-digit years are of this century: older records are never kept.
  const year = written < 100 ? 2000 + written : written;
  if (year < 1970 || year > 2099) return failure("the year must be between 1970 and 2099");
  if (!isMonth(month)) return failure("there is no such month");
  if (day !== null && (day < 1 || day > daysIn(year, month))) {
    return failure(`there is no such day in ${nameOfMonth(month)} ${year}`);
  }
  return success({ year, month, day });
}

export function isMonth(value: number): boolean {
  return value >= 1 && value <= 12;
}

/** From 1970 to 2099 every fourth year is a leap year. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `Jun`, `June`; 0 for a word that is no month. */
function monthOfName(word: string): number {
  const lower = word.toLowerCase();
  return monthNames.findIndex((name) => name.startsWith(lower)) + 1;
}

function nameOfMonth(month: number): string {
  const name = monthNames[month - 1] ?? "";
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Unambiguous date formats, with named parts. */
const certainWays: readonly RegExp[] = [
  // 2021-06-05, 2021/6
  /^(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})(?:\k<sign>(?<day>\d{1,2}))?$/,
  // 20210605; a ddmmyyyy read this way would have month 19 or 20.
  /^(?<year>(?:19|20)\d{2})(?<month>\d{2})(?<day>\d{2})$/,
  // 5 Jun 2021, 05-JUN-21, 05JUN21, 5th of June, 2021
  /^(?<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-\s/.]*(?<name>[a-z]{3,9})\.?[-\s,/.]*(?<year>\d{4}|\d{2})$/i,
  // June 05, 2021
  /^(?<name>[a-z]{3,9})\.?[-\s]*(?<day>\d{1,2})(?:st|nd|rd|th)?[-\s,]+(?<year>\d{4})$/i,
  // 2021-Jun-05
  /^(?<year>\d{4})[-\s/.]*(?<name>[a-z]{3,9})\.?[-\s/.]*(?<day>\d{1,2})$/i,
  // June 2021
  /^(?<name>[a-z]{3,9})\.?[-\s,]+(?<year>\d{4})$/i,
];

const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;
