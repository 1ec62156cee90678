import { type DateOrder, daysIn } from "#core/table/written-date.ts";

/** What a cell in the usual ways of programs says; read at once, before any other cell is scanned. */
interface PlainMoment {
  year: number;
  /** The month, but where the year stands last the first of the two figures. */
  first: number;
  /** The day, but where the year stands last the second of the two figures. */
  second: number;
  isYearLast: boolean;
  /** -1 without a time. */
  hour: number;
  minute: number;
  /** NaN without an offset. */
  offsetMinutes: number;
}

/** One for all calls: an object for each of millions of cells is the collector's work. */
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
 * `2021-06-05` and `05/06/2021`, with `T14:05` or ` 14:05` behind, seconds, and `Z` or `+01:00`: nearly every cell of
 * a large file, in a seventh of the time of the patterns. Null for anything else and for what there is not, such as
 * 30 February: the patterns say why. What it does read, they read alike.
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

/** Whether there is such a date by the order, which says nothing where the year stands first. */
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

/** Behind `14:05` or `14:05:30.5`, which are cut to the minute; -1 for seconds that are none. */
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

/** -1 where no digit stands. */
function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - 48;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

/** Negative where two digits do not stand. */
function twoAt(text: string, at: number): number {
  const [tens, ones] = [digitAt(text, at), digitAt(text, at + 1)];
  return tens < 0 || ones < 0 ? -1 : tens * 10 + ones;
}

function fourAt(text: string, at: number): number {
  const [high, low] = [twoAt(text, at), twoAt(text, at + 2)];
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}
