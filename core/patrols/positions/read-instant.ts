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
 * (core/table/clock.ts), and seconds are added.
 */
export function createInstantReader(zone: Zone, order: DateOrder = "day-first"): InstantReader {
  const minutes = new Map<string, Result<number>>();
  const minuteOf = (text: string) => {
    const known = minutes.get(text);
    if (known) return known;
    if (minutes.size >= mostKept) minutes.clear();
    const made = readMinute(text, zone, order);
    minutes.set(text, made);
    return made;
  };
  return (text) => {
    const { minute: head, second } = partSeconds(text);
    if (second === null) {
      const unix = readEpoch(text);
      return unix === null ? minuteOf(text) : success(unix);
    }
    if (!(second < 60)) return failure("there is no such second; the last one is 59");
    const minute = minuteOf(head);
    return minute.ok ? success(minute.value + Math.round(second * 1000)) : minute;
  };
}

/** The text without its seconds, and the seconds; null where it has none. */
function partSeconds(text: string): { readonly minute: string; readonly second: number | null } {
  const found = seconds.exec(text);
  if (found) {
    const [whole, before = "", second = ""] = found;
    const rest = text.slice(found.index + whole.length);
    return {
      minute: `${text.slice(0, found.index)}${before}${rest}`,
      second: Number(second.replace(",", ".")),
    };
  }
  const [, head, minute, second, tail = ""] = joinedSeconds.exec(text) ?? [];
  if (second === undefined) return { minute: text, second: null };
  return { minute: `${head}${minute}${tail}`, second: Number(second) };
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
