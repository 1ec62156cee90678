import type { Clock, Clocks } from "#core/calendar/clock.ts";
import type { Property } from "#core/calendar/lines.ts";
import { failure, type Result, success } from "#core/result.ts";
import { dayMs, hourMs, minuteMs, parseLocal } from "#core/time/zone.ts";

/** A time as an entry writes it: the digits, and the clock that shows them. */
export interface WrittenTime {
  readonly local: number;
  readonly clock: Clock;
  /** Without a time of day. */
  readonly isDate: boolean;
}

/** The times of a property; several are divided by commas. */
export function readTimes(property: Property, clocks: Clocks): Result<WrittenTime[]> {
  const times: WrittenTime[] = [];
  for (const value of property.value.split(",")) {
    const time = readTime(property, value.trim(), clocks);
    if (!time.ok) return time;
    times.push(time.value);
  }
  return success(times);
}

export function readTime(
  { name, parameters }: Property,
  value: string,
  clocks: Clocks,
): Result<WrittenTime> {
  const digits = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value);
  if (digits === null) return failure(`${name} "${value.slice(0, 30)}" is not a date and time.`);
  const [, year, month, day, hour = "00", minute = "00", , utc] = digits;
  let local: number;
  try {
    local = parseLocal(`${year}-${month}-${day}T${hour}:${minute}`);
  } catch {
    return failure(`${name} "${value}" is a date or time that does not exist.`);
  }
  if (Number(year) < 2000 || Number(year) > 2099) {
    return failure(`${name} lies in the year ${year}: sessions are kept from 2000 to 2099.`);
  }
  if (utc === "Z") return success({ local, clock: clocks.universal, isDate: false });
  const clock = clocks.named(parameters["TZID"]);
  if (clock === null) return failure("Its time zone is not known: use Europe/London.");
  return success({ local, clock, isDate: !value.includes("T") });
}

/** The same moment by another clock; a date is the same date everywhere. */
export function localBy(clock: Clock, time: WrittenTime): number {
  if (time.clock === clock || time.isDate) return time.local;
  return clock.toLocal(time.clock.toInstant(time.local));
}

/** How long a DURATION lasts: whole days by the calendar, the rest by time passed. */
export interface Duration {
  readonly days: number;
  readonly ms: number;
}

export function readDuration(text: string): Duration | null {
  const parts = /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(
    text.trim().toUpperCase(),
  );
  if (parts === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part) || 0);
  return {
    days: 7 * weeks + days,
    ms: hours * hourMs + minutes * minuteMs + Math.ceil(seconds / 60) * minuteMs,
  };
}

/**
 * Where it ends, by its own clock. Over a clock change time passed and the wall clock differ: the
 * later counts.
 */
export function endAfter({ local, clock }: WrittenTime, { days, ms }: Duration): number {
  const byWall = local + days * dayMs + ms;
  const byTimePassed = clock.toLocal(clock.toInstant(local + days * dayMs) + ms);
  return Math.max(byWall, byTimePassed);
}
