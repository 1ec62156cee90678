import { failure, type Result, success } from "#core/result.ts";
import { type DateOrder, parseMoment } from "#core/table/clock.ts";
import { hourMs, minuteMs, type Zone } from "#core/time/zone.ts";

/** Cells of a date and time to epoch milliseconds, with seconds; without an offset on the zone's wall clock. */
export type InstantReader = (text: string) => Result<number>;

/** Fixes before it come from a clock that was never set. */
export const earliestFix = Date.UTC(2000, 0, 1);

const seconds = /(\d{1,2}[:.]\d{2})[:.](\d{2}(?:[.,]\d+)?)/;
const joinedSeconds = /^(.*(?:^|[T ]))(\d{4})(\d{2}(?:\.\d+)?)(Z?)$/;
const epochSeconds = /^(\d{10})(?:\.(\d{1,9}))?$/;
const epochMs = /^\d{13}$/;
const mostKept = 10_000;

/**
 * Millions of fixes share few minutes: each way of writing one is read once, as the cells of events are
 * (core/table/clock.ts), and seconds are added. `2021-11-05T14:05:30Z` is read by hand.
 */
export function createInstantReader(zone: Zone, order: DateOrder = "day-first"): InstantReader {
  const minutes = new Map<string, Result<number>>();
  /** Logs are mostly in order of time: the line before had the same minute. */
  let last: { readonly head: string; readonly tail: string; readonly minute: number } | null = null;
  const minuteOf = (head: string, tail: string) => {
    const minute = lookUp(tail === "" ? head : head + tail);
    const isIso = head.length === isoLength - 3;
    last = minute.ok && isIso ? { head, tail, minute: minute.value } : null;
    return minute;
  };
  const asBefore = (text: string): number => {
    if (last === null || text.length !== isoLength + last.tail.length) return Number.NaN;
    if (!(text.startsWith(last.head) && text.endsWith(last.tail))) return Number.NaN;
    const [tens, ones] = [text.charCodeAt(17), text.charCodeAt(18)];
    const isRead = text.charCodeAt(16) === colon && isDigit(tens) && tens < sixty && isDigit(ones);
    return isRead ? last.minute + (tens - zero) * 10_000 + (ones - zero) * 1_000 : Number.NaN;
  };
  const lookUp = (text: string) => {
    const known = minutes.get(text);
    if (known) return known;
    if (minutes.size >= mostKept) minutes.clear();
    const made = readMinute(text, zone, order);
    minutes.set(text.split("").join(""), made);
    return made;
  };
  return (text) => {
    const quick = asBefore(text);
    if (!Number.isNaN(quick)) return success(quick);
    const [head, second, tail] = partSeconds(text);
    if (second === null) {
      const unix = readEpoch(text);
      if (unix !== null) return success(unix);
    } else if (!(second < 60)) return failure("there is no such second; the last one is 59");
    const minute = minuteOf(head, tail);
    if (!minute.ok || second === null) return minute;
    return success(minute.value + Math.round(second * 1000));
  };
}

const isoLength = 19;
const colon = 58;
const zero = 48;
const sixty = 54;

/** What stands before the seconds, the seconds, and what stands behind. */
function partSeconds(text: string): readonly [string, number | null, string] {
  if (text.length >= isoLength && text.charCodeAt(13) === colon && text.charCodeAt(16) === colon) {
    let end = isoLength;
    const dot = text.charCodeAt(end);
    if (dot === 46 || dot === 44) {
      end += 1;
      while (isDigit(text.charCodeAt(end))) end += 1;
    }
    const second = Number(text.slice(17, end).replace(",", "."));
    if (!Number.isNaN(second)) return [text.slice(0, 16), second, text.slice(end)];
  }
  const found = seconds.exec(text);
  if (found) {
    const [whole, before = "", second = ""] = found;
    const head = text.slice(0, found.index) + before;
    return [head, Number(second.replace(",", ".")), text.slice(found.index + whole.length)];
  }
  const [, head, minute, second, tail] = joinedSeconds.exec(text) ?? [];
  if (second !== undefined) return [`${head}${minute}`, Number(second), tail ?? ""];
  return [text, null, ""];
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function readEpoch(text: string): number | null {
  if (epochMs.test(text)) return Number(text);
  const [, whole, part = "0"] = epochSeconds.exec(text) ?? [];
  return whole === undefined ? null : Number(whole) * 1000 + Math.round(Number(`0.${part}`) * 1000);
}

function readMinute(text: string, zone: Zone, order: DateOrder): Result<number> {
  const read = parseMoment(text, order);
  if (!read.ok) return read;
  const { year, month, day, time, offsetMinutes } = read.value;
  if (day === null || time === null) return failure("a fix needs a date and a time of day");
  const local = Date.UTC(year, month - 1, day) + time.hour * hourMs + time.minute * minuteMs;
  if (offsetMinutes !== null) return success(local - offsetMinutes * minuteMs);
  const [instant] = zone.instantsOf(local);
  return instant === undefined
    ? failure("there is no such time on the day on which clocks go forward")
    : success(instant);
}
