import { type DateOrder, daysIn } from "#core/table/written-date.ts";

/** A cell in a common format; tried first, before any full scan. */
interface PlainMoment {
  year: number;
  /** The month; with the year last, the first of the two numbers. */
  first: number;
  /** The day; with the year last, the second of the two numbers. */
  second: number;
  isYearLast: boolean;
  /** -1 without a time. */
  hour: number;
  minute: number;
  /** NaN without an offset. */
  offsetMinutes: number;
}

/** Shared: an object per cell would burden the garbage collector. */
const scanned: PlainMoment = {
  ...{ year: 0, first: 0, second: 0, isYearLast: false },
  ...{ hour: -1, minute: 0, offsetMinutes: Number.NaN },
};

const [hyphen, slash, colon, point] = [45, 47, 58, 46];
const [space, letterT, letterZ, plus] = [32, 84, 90, 43];
const dateLength = 10;
/** Longer ones are refused. */
const longest = 48;
/** The furthest clock from UTC. */
const largestOffset = 14 * 60;

/**
 * Fast path for `2021-06-05` and `05/06/2021`, optionally followed by `T14:05` or ` 14:05`,
 * seconds, and `Z` or `+01:00`: nearly every cell of a large file, in a seventh of the patterns'
 * time. Null for other formats and invalid dates such as 30 February, which the patterns explain;
 * otherwise equal to them.
 */
export function scanPlainMoment(text: string): PlainMoment | null {
  if (text.length < dateLength || text.length > longest || !scanDate(text)) return null;
  scanned.hour = -1;
  scanned.offsetMinutes = Number.NaN;
  if (text.length === dateLength) return scanned;
  const between = text.charCodeAt(dateLength);
  if (between !== letterT && between !== space) return null;
  scanned.hour = twoAt(text, 11);
  scanned.minute = twoAt(text, 14);
  const isTime = text.charCodeAt(13) === colon && scanned.hour >= 0 && scanned.minute >= 0;
  if (!isTime || scanned.hour > 23 || scanned.minute > 59) return null;
  return scanOffset(text, endOfSeconds(text)) ? scanned : null;
}

/** Whether the date exists in this order; with the year first the order is ignored. */
export function isDate(
  { year, first, second, isYearLast }: PlainMoment,
  order: DateOrder,
): boolean {
  const [month, day] = isYearLast && order === "day-first" ? [second, first] : [first, second];
  if (year < 1970 || year > 2099 || month < 1 || month > 12) return false;
  return day >= 1 && day <= daysIn(year, month);
}

function scanDate(text: string): boolean {
  scanned.isYearLast = text.charCodeAt(2) === slash;
  if (scanned.isYearLast) {
    scanned.first = twoAt(text, 0);
    scanned.second = twoAt(text, 3);
    scanned.year = fourAt(text, 6);
    if (text.charCodeAt(5) !== slash) return false;
  } else {
    scanned.year = fourAt(text, 0);
    scanned.first = twoAt(text, 5);
    scanned.second = twoAt(text, 8);
    if (text.charCodeAt(4) !== hyphen || text.charCodeAt(7) !== hyphen) return false;
  }
  return scanned.year >= 0 && scanned.first >= 0 && scanned.second >= 0;
}

/** After `14:05` or `14:05:30.5`, cut to the minute; -1 for invalid seconds. */
function endOfSeconds(text: string): number {
  if (text.charCodeAt(16) !== colon) return 16;
  if (twoAt(text, 17) < 0) return -1;
  if (text.charCodeAt(19) !== point) return 19;
  let at = 20;
  while (digitAt(text, at) >= 0) at += 1;
  return at > 20 ? at : -1;
}

function scanOffset(text: string, from: number): boolean {
  if (from === text.length) return true;
  const sign = text.charCodeAt(from);
  if (sign === letterZ) {
    scanned.offsetMinutes = 0;
    return from + 1 === text.length;
  }
  if ((sign !== plus && sign !== hyphen) || from + 6 !== text.length) return false;
  const [hours, minutes] = [twoAt(text, from + 1), twoAt(text, from + 4)];
  const isOffset = text.charCodeAt(from + 3) === colon && hours >= 0 && minutes >= 0;
  const size = hours * 60 + minutes;
  if (!isOffset || minutes > 59 || size > largestOffset) return false;
  scanned.offsetMinutes = sign === hyphen ? -size : size;
  return true;
}

/** -1 for no digit. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** Negative unless there are two digits. */
function twoAt(text: string, at: number): number {
  const [tens, ones] = [digitAt(text, at), digitAt(text, at + 1)];
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

function fourAt(text: string, at: number): number {
  const [high, low] = [twoAt(text, at), twoAt(text, at + 2)];
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}
