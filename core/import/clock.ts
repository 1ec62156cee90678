import { failure, type Result, success } from "#core/result.ts";

/** How a column writes 5 June 2021 in figures: 05/06/2021 or 06/05/2021. */
export type DateOrder = "day-first" | "month-first";

export interface ClockTime {
  /** 0..24; 24:00 is the midnight that ends the day. */
  readonly hour: number;
  readonly minute: number;
}

/** A date or a date and time as a cell writes it, before any zone. */
export interface Moment {
  readonly year: number;
  /** 1..12 */
  readonly month: number;
  /** Null for a month without a day. */
  readonly day: number | null;
  /** Null for a date without a time. */
  readonly time: ClockTime | null;
  /** Minutes to add to UTC for the written time; null where no offset is written. */
  readonly offsetMinutes: number | null;
}

const withTime =
  /^(.*?\d.*?)(?:T|\s*,\s*|\s+)(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:am|pm)?)\s*(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
const yearFirst = /^(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?$/;
const yearLast = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/;
const named =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})(?:st|nd|rd|th)?[-\s]+([a-z]{3,9})[-\s,]+(\d{4}|\d{2})$/i;
const namedMonth = /^([a-z]{3,9})[-\s,]+(\d{4})$/i;
const timeOfDay =
  /^(\d{1,2})(?::?(\d{2}))(?::\d{2}(?:[.,]\d+)?)?\s*(am|pm)?(?:\s?(?:hrs?|hours))?$/i;

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

/** No way of writing a date is longer; the patterns below never see more. */
const longestMoment = 48;

/** Reads a cell of the date columns; seconds are cut, as events are kept to the minute. */
export function parseMoment(text: string, order: DateOrder): Result<Moment> {
  if (text.length > longestMoment) return failure("not a date; write it as 2021-06-05");
  const parts = withTime.exec(text);
  const date = parseDate((parts?.[1] ?? text).trim(), order);
  if (!date.ok) return date;
  if (!parts) return success({ ...date.value, time: null, offsetMinutes: null });
  if (date.value.day === null) return failure("a time needs a whole date, not a month");
  const time = parseTime(parts[2] ?? "");
  if (!time.ok) return time;
  const offset = parseOffset(parts[3]);
  if (!offset.ok) return offset;
  return success({ ...date.value, time: time.value, offsetMinutes: offset.value });
}

/** `14:05`, `1405`, `2:05 pm`, `24:00`. */
export function parseTime(text: string): Result<ClockTime> {
  const parts = timeOfDay.exec(text.trim());
  if (!parts) return failure("not a time; write it as 14:05");
  const written = Number(parts[1]);
  const minute = Number(parts[2]);
  const half = parts[3]?.toLowerCase();
  if (half !== undefined && (written < 1 || written > 12)) {
    return failure("with am or pm the hour is 1 to 12");
  }
  const hour = half === undefined ? written : (written % 12) + (half === "pm" ? 12 : 0);
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) {
    return failure("there is no such time of day; the last one is 23:59, or 24:00 for midnight");
  }
  return success({ hour, minute });
}

/**
 * What one cell says about its column: an order when only that order reads it,
 * "either" when both do and differ, null when it says nothing.
 */
export function dateOrderOf(text: string): DateOrder | "either" | null {
  if (text.length > longestMoment) return null;
  const parts = yearLast.exec((withTime.exec(text)?.[1] ?? text).trim());
  if (!parts) return null;
  const first = Number(parts[1]);
  const second = Number(parts[3]);
  const canBeDayFirst = isMonth(second) && first >= 1 && first <= 31;
  const canBeMonthFirst = isMonth(first) && second >= 1 && second <= 31;
  if (canBeDayFirst && canBeMonthFirst) return first === second ? null : "either";
  if (canBeDayFirst) return "day-first";
  return canBeMonthFirst ? "month-first" : null;
}

type ClockDate = Pick<Moment, "year" | "month" | "day">;

function parseDate(text: string, order: DateOrder): Result<ClockDate> {
  const iso = yearFirst.exec(text);
  if (iso) return checkDate(iso[1], Number(iso[3]), iso[4] === undefined ? null : Number(iso[4]));
  const figures = yearLast.exec(text);
  if (figures) {
    const [first, second] = [Number(figures[1]), Number(figures[3])];
    const [day, month] = order === "day-first" ? [first, second] : [second, first];
    const read = checkDate(figures[4], month, day);
    return read.ok
      ? read
      : failure(`${read.reason} (dates here are read ${order.replace("-", " ")})`);
  }
  const words = named.exec(text);
  if (words) return checkDate(words[3], monthOfName(words[2]), Number(words[1]));
  const month = namedMonth.exec(text);
  if (month) return checkDate(month[2], monthOfName(month[1]), null);
  return failure(serialNumber.test(text) ? notASerial : "not a date; write it as 2021-06-05");
}

/**
 * Days since 1900 or 1904 as a spreadsheet counts them, 1970 to 2099. Which of the two the file does
 * not say, and they lie four years apart: it is refused, and not guessed.
 */
const serialNumber = /^(?:2[4-9]|[3-6]\d|7[0-3])\d{3}(?:[.,]\d+)?$/;
const notASerial =
  "this is how a spreadsheet counts days, not a date; give the column a date format there, such as yyyy-mm-dd, and export again";

function checkDate(
  yearText: string | undefined,
  month: number,
  day: number | null,
): Result<ClockDate> {
  const written = Number(yearText);
  // Two figures are of this century: records of the last one are older than any that is kept.
  const year = written < 100 ? 2000 + written : written;
  if (year < 1970 || year > 2099) return failure("the year must be between 1970 and 2099");
  if (!isMonth(month)) return failure("there is no such month");
  if (day !== null && (day < 1 || day > daysIn(year, month))) {
    return failure(`there is no such day in ${nameOfMonth(month)} ${year}`);
  }
  return success({ year, month, day });
}

/** No place on earth keeps a clock further from UTC. */
const largestOffsetMinutes = 14 * 60;

/** `Z`, `+01:00`, `+0100`, `+01`. */
function parseOffset(text: string | undefined): Result<number | null> {
  if (text === undefined) return success(null);
  if (text.toUpperCase() === "Z") return success(0);
  const minutes = Number(text.slice(3).replace(":", ""));
  const size = Number(text.slice(1, 3)) * 60 + minutes;
  if (minutes > 59 || size > largestOffsetMinutes) {
    return failure("an offset from UTC lies between -14:00 and +14:00, such as +01:00");
  }
  return success(text.startsWith("-") ? -size : size);
}

function isMonth(value: number): boolean {
  return value >= 1 && value <= 12;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `Jun`, `June`; 0 for a word that is no month. */
function monthOfName(word: string | undefined): number {
  const lower = (word ?? "").toLowerCase();
  return monthNames.findIndex((name) => name.startsWith(lower)) + 1;
}

function nameOfMonth(month: number): string {
  const name = monthNames[month - 1] ?? "";
  return name.charAt(0).toUpperCase() + name.slice(1);
}
