import { failure, type Result, success } from "#core/result.ts";
import {
  checkDate,
  type DateOrder,
  isMonth,
  openFigures,
  parseDate,
  type WrittenDate,
} from "#core/table/written-date.ts";

export type { DateOrder } from "#core/table/written-date.ts";

export interface ClockTime {
  /** 0..24; 24:00 is the midnight that ends the day. */
  readonly hour: number;
  readonly minute: number;
}

/** A date, or date and time, as written, without a zone. */
export interface Moment extends WrittenDate {
  /** Null for a date without a time. */
  readonly time: ClockTime | null;
  /** Minutes to add to UTC for the written time; null where no offset is written. */
  readonly offsetMinutes: number | null;
}

/** `12:32`, `12.32.10`, `1232`, `123200`, `9pm`, with `am` or `hrs` behind. */
const time = String.raw`(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?|\d{4}(?:\d{2})?|\d{1,2}(?=\s*[ap]))(?:\s*(?:[ap]\.?m\.?|h|hrs?|hours))?`;
const zone = String.raw`(?:\s*(Z|UTC|GMT|BST|[+-]\d{2}(?::?\d{2})?))?`;
const dateThenTime = new RegExp(
  String.raw`^(.*?\d.*?)(?:T|\s*,\s*|\s+(?:(?:at|@|-)\s+)?)(${time})${zone}$`,
  "i",
);
const timeThenDate = new RegExp(String.raw`^(${time})(?:\s*,\s*|\s+(?:(?:on|-)\s+)?)(.*\d)$`, "i");
const figuresAlone = /^(\d{8})(\d{4}(?:\d{2})?)$/;

/** Longer than any date; the patterns below never see more. */
const longestMoment = 48;

interface PartedMoment {
  readonly date: string;
  readonly time?: string | undefined;
  readonly zone?: string | undefined;
}

/**
 * `2021-06-05` and `05/06/2021`, with `T14:05` or ` 14:05`, seconds, and `Z` or `+01:00` behind:
 * nearly every cell of a large file, in a fraction of the patterns' time and equal to them.
 */
const plainMoment =
  /^(?:(\d{4})-(\d{2})-(\d{2})|(\d{2})\/(\d{2})\/(\d{4}))(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:[0-5]\d)?)?$/;

/** Reads a date cell; seconds are dropped, as events are kept to the minute. */
export function parseMoment(text: string, order: DateOrder): Result<Moment> {
  const parts = text.length > longestMoment ? null : plainMoment.exec(text);
  const moment = parts && momentOf(parts, order);
  return moment ? success(moment) : parseByPatterns(text, order);
}

/** Null for a date or an offset that there is not, which the patterns explain. */
function momentOf(parts: RegExpExecArray, order: DateOrder): Moment | null {
  const [, year, month, day, first, second, lastYear, hour, minute, zone] = parts;
  const [dayText, monthText] =
    order === "day-first" ? [day ?? first, month ?? second] : [day ?? second, month ?? first];
  const date = checkDate(year ?? lastYear, Number(monthText), Number(dayText));
  const offset = parseOffset(zone);
  if (!date.ok || !offset.ok) return null;
  const time = hour === undefined ? null : { hour: Number(hour), minute: Number(minute) };
  return { ...date.value, time, offsetMinutes: offset.value };
}

export function parseByPatterns(text: string, order: DateOrder): Result<Moment> {
  if (text.length > longestMoment) return failure(noDate);
  for (const parted of waysToPart(text)) {
    const date = parseDate(parted.date, order);
    if (date !== null) return date.ok ? withTime(date.value, parted) : date;
  }
  return failure(serialNumber.test(text) ? notASerial : noDate);
}

/** Splits of a cell into date and time; four digits may be either, decided by the date. */
function* waysToPart(text: string): Generator<PartedMoment> {
  const [, date, time, zone] = dateThenTime.exec(text) ?? [];
  if (date !== undefined) yield { date: date.trim(), time, zone };
  yield { date: text.trim() };
  const [, timeBefore, dateBehind] = timeThenDate.exec(text) ?? [];
  if (dateBehind !== undefined) yield { date: dateBehind, time: timeBefore };
  const [, day, timeOfDay] = figuresAlone.exec(text) ?? [];
  if (day !== undefined) yield { date: day, time: timeOfDay };
}

const noDate = "not a date; write it as 2021-06-05";

/**
 * Spreadsheet serial dates counted from 1900 or 1904, for 1970 to 2099. The file does not say
 * which, and they are four years apart: refused rather than guessed.
 */
const serialNumber = /^(?:2[4-9]|[3-6]\d|7[0-3])\d{3}(?:[.,]\d+)?$/;
const notASerial =
  "this is how a spreadsheet counts days, not a date; give the column a date format there, such as yyyy-mm-dd, and export again";

function withTime(date: WrittenDate, { time, zone }: PartedMoment): Result<Moment> {
  if (time === undefined) return success({ ...date, time: null, offsetMinutes: null });
  if (date.day === null) return failure("a time needs a whole date, not a month");
  const read = parseTime(time);
  if (!read.ok) return read;
  const offset = parseOffset(zone);
  if (!offset.ok) return offset;
  return success({ ...date, time: read.value, offsetMinutes: offset.value });
}

const behindTime = /\s*(?:([ap])\.?m\.?|h|hrs?|hours)$/i;
const partedTime = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?$/;
const joinedTime = /^(\d{1,2}?)(\d{2})$|^(\d{2})(\d{2})\d{2}$/;
const wholeHour = /^(\d{1,2})$/;
/** A fraction of a day as in spreadsheets, or half past midnight: ambiguous. */
const shareOfDay = /^0\./;

/** `14:05`, `14.05`, `1405`, `2:05 pm`, `24:00`. */
export function parseTime(text: string): Result<ClockTime> {
  const cell = text.trim();
  const [behind = "", letter] = behindTime.exec(cell) ?? [];
  const half = letter?.toLowerCase();
  const figures = cell.slice(0, cell.length - behind.length);
  const parts =
    partedTime.exec(figures) ?? joinedTime.exec(figures) ?? (half ? wholeHour.exec(figures) : null);
  if (!parts || shareOfDay.test(figures)) return failure("not a time; write it as 14:05");
  return timeOf(Number(parts[1] ?? parts[3]), Number(parts[2] ?? parts[4] ?? 0), half);
}

function timeOf(written: number, minute: number, half: string | undefined): Result<ClockTime> {
  if (half !== undefined && (written < 1 || written > 12)) {
    return failure("with am or pm the hour is 1 to 12");
  }
  const hour = half === undefined ? written : (written % 12) + (half === "p" ? 12 : 0);
  if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) {
    return failure("there is no such time of day; the last one is 23:59, or 24:00 for midnight");
  }
  return success({ hour, minute });
}

/**
 * What one cell shows about its column: an order when only that order reads it, "either" when both
 * do and differ, null when neither.
 */
export function dateOrderOf(text: string): DateOrder | "either" | null {
  const parts = text.length > longestMoment ? null : plainMoment.exec(text);
  if (parts === null) return dateOrderByPatterns(text);
  const [first, second] = [parts[4], parts[5]];
  return first === undefined ? null : orderOf([Number(first), Number(second)]);
}

export function dateOrderByPatterns(text: string): DateOrder | "either" | null {
  if (text.length > longestMoment) return null;
  for (const { date } of waysToPart(text)) {
    const figures = openFigures(date);
    if (figures !== null) return orderOf(figures);
  }
  return null;
}

function orderOf([first, second]: readonly [number, number]): DateOrder | "either" | null {
  const canBeDayFirst = isMonth(second) && first >= 1 && first <= 31;
  const canBeMonthFirst = isMonth(first) && second >= 1 && second <= 31;
  if (canBeDayFirst && canBeMonthFirst) return first === second ? null : "either";
  if (canBeDayFirst) return "day-first";
  return canBeMonthFirst ? "month-first" : null;
}

/** No place on earth keeps a clock further from UTC. */
const largestOffsetMinutes = 14 * 60;
const namedOffsets: Readonly<Record<string, number>> = { Z: 0, UTC: 0, GMT: 0, BST: 60 };

/** `Z`, `GMT`, `BST`, `+01:00`, `+0100`, `+01`. */
function parseOffset(text: string | undefined): Result<number | null> {
  if (text === undefined) return success(null);
  const named = namedOffsets[text.toUpperCase()];
  if (named !== undefined) return success(named);
  const minutes = Number(text.slice(3).replace(":", ""));
  const size = Number(text.slice(1, 3)) * 60 + minutes;
  if (minutes > 59 || size > largestOffsetMinutes) {
    return failure("an offset from UTC lies between -14:00 and +14:00, such as +01:00");
  }
  return success(text.startsWith("-") ? -size : size);
}
