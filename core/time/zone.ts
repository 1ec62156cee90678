/**
 * Wall-clock time of one zone over the tz database that `Intl` carries.
 * A local time is written `YYYY-MM-DDTHH:MM` or held as "local milliseconds":
 * the epoch milliseconds that the same digits would have in UTC.
 */
export interface Zone {
  readonly name: string;
  /** Milliseconds to add to an instant for local milliseconds. */
  readonly offsetAt: (instant: number) => number;
  readonly toLocal: (instant: number) => number;
  /**
   * Instants with these local milliseconds: none in spring's missing hour, two in autumn's doubled
   * hour, earliest first.
   */
  readonly instantsOf: (local: number) => readonly number[];
  /** A missing local time moves forward over the gap; a doubled one follows `prefer`. */
  readonly toInstant: (local: number, prefer: "earlier" | "later") => number;
  /** 0..167, Monday 00:00 = 0. */
  readonly hourOfWeek: (instant: number) => number;
  /** `YYYY-MM-DD`. */
  readonly dateOf: (instant: number) => string;
  /** The first instant of a local date. */
  readonly startOfDate: (date: string) => number;
  /** Every change of offset in the covered years, ascending instants. */
  readonly changes: readonly {
    readonly at: number;
    readonly before: number;
    readonly after: number;
  }[];
}

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** False once a span covers the clock: a date without a time, also on days of 23 or 25 hours. */
export function tellsHour(zone: Zone, from: number, to: number): boolean {
  return zone.toLocal(to) - zone.toLocal(from) < dayMs;
}

const first = Date.UTC(1970, 0, 1);
const end = Date.UTC(2100, 0, 1);
const stepMs = 14 * dayMs;
const spanMs = 26 * stepMs;
const lastSpan = Math.ceil((end - first) / spanMs) - 1;

const known = new Map<string, Zone>();

/** Cached: keeps what it has read of `Intl`. */
export function createZone(name: string): Zone {
  const zone = known.get(name) ?? readZone(name);
  known.set(name, zone);
  return zone;
}

function readZone(name: string): Zone {
  const spanAt = createSpans(name);
  const offsetAt = (instant: number) => {
    const at = Math.floor((instant - first) / spanMs);
    const span = spanAt(at > 0 ? Math.min(at, lastSpan) : 0);
    let offset = span.before;
    for (const change of span.changes) if (change.at <= instant) offset = change.after;
    return offset;
  };
  const toLocal = (instant: number) => instant + offsetAt(instant);
  const instantsOf = (local: number) => {
    const before = local - offsetAt(local - dayMs);
    const after = local - offsetAt(local + dayMs);
    // Fast path: usually no clock change within a day.
    if (before === after) return toLocal(before) === local ? [before] : [];
    return [before, after].filter((at) => toLocal(at) === local).sort((a, b) => a - b);
  };
  const toInstant = (local: number, prefer: "earlier" | "later") => {
    const found = instantsOf(local);
    const first = found[0];
    if (first === undefined) return local - offsetAt(local - dayMs);
    return prefer === "earlier" ? first : (found.at(-1) ?? first);
  };
  return {
    name,
    get changes() {
      return Array.from({ length: lastSpan + 1 }, (_, at) => spanAt(at).changes).flat();
    },
    offsetAt,
    toLocal,
    instantsOf,
    toInstant,
    hourOfWeek: (instant) => localHourOfWeek(toLocal(instant)),
    dateOf: (instant) => formatLocalDate(toLocal(instant)),
    startOfDate: (date) => toInstant(parseLocalDate(date), "earlier"),
  };
}

/** Local milliseconds to 0..167; 1 January 1970 was a Thursday. */
export function localHourOfWeek(local: number): number {
  const hours = Math.floor(local / hourMs) + 72;
  return ((hours % 168) + 168) % 168;
}

/** `YYYY-MM-DD` to local milliseconds; throws a RangeError for a date that does not exist. */
export function parseLocalDate(date: string): number {
  return parseLocal(`${date}T00:00`);
}

export function isLocalDate(text: string): boolean {
  try {
    parseLocalDate(text);
    return true;
  } catch {
    return false;
  }
}

/** `YYYY-MM-DDTHH:MM` to local milliseconds; throws a RangeError for a time that does not exist. */
export function parseLocal(text: string): number {
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute] = [digits(text, 11, 13), digits(text, 14, 16)];
  const local = Date.UTC(year, month - 1, day, hour, minute);
  // Date normalises an invalid day, month or year into another.
  const isDay = new Date(local).getUTCDate() === day && month >= 1 && month <= 12 && year >= 100;
  if (!(isDay && hour < 24 && minute < 60 && isWritten(text))) {
    throw new RangeError(`Not a local date and time (YYYY-MM-DDTHH:MM): "${text}"`);
  }
  return local;
}

/** By hand, as plans and releases read hundreds of thousands of dates; NaN for anything but digits. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

function isWritten(text: string): boolean {
  return (
    text.length === 16 && text[4] === "-" && text[7] === "-" && text[10] === "T" && text[13] === ":"
  );
}

/** Calendar days, not 24-hour ones. */
export function addDays(date: string, days: number): string {
  return formatLocalDate(parseLocalDate(date) + days * dayMs);
}

/** From one local date to another; 0 for the same. */
export function daysBetween(from: string, to: string): number {
  return (parseLocalDate(to) - parseLocalDate(from)) / dayMs;
}

/** Both ends included. */
export function daysIn({ from, to }: { readonly from: string; readonly to: string }): number {
  return daysBetween(from, to) + 1;
}

export function formatLocalDate(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM` */
export function formatLocal(local: number): string {
  return new Date(local).toISOString().slice(0, 16);
}

/** ISO 8601 with the zone's offset, to the minute: `2021-11-26T20:00:00+00:00`. */
export function formatInstant(zone: Zone, instant: number): string {
  const offset = zone.offsetAt(instant) / minuteMs;
  const sign = offset < 0 ? "-" : "+";
  const size = Math.abs(offset);
  const two = (value: number) => String(value).padStart(2, "0");
  const digits = new Date(zone.toLocal(instant)).toISOString().slice(0, 19);
  return `${digits}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function createOffsetReader(name: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (instant) => {
    const parts: Record<string, number> = {};
    for (const part of format.formatToParts(instant)) parts[part.type] = Number(part.value);
    const local = Date.UTC(
      parts["year"] ?? 0,
      (parts["month"] ?? 1) - 1,
      parts["day"],
      parts["hour"],
      parts["minute"],
      parts["second"],
    );
    return local - Math.floor(instant / 1000) * 1000;
  };
}

interface Span {
  /** The offset that it begins with. */
  readonly before: number;
  readonly changes: Zone["changes"];
}

/** 364 days each, read once asked for: all 131 years take a third of a second on a phone. */
function createSpans(name: string): (at: number) => Span {
  const read = createOffsetReader(name);
  const spans: Span[] = [];
  return (at) => {
    const from = first + at * spanMs;
    const span = spans[at] ?? readSpan(read, from, Math.min(end, from + spanMs));
    spans[at] = span;
    return span;
  };
}

function readSpan(read: (instant: number) => number, start: number, stop: number): Span {
  const changes: { at: number; before: number; after: number }[] = [];
  const atStart = read(start);
  let before = atStart;
  for (let from = start; from < stop; from += stepMs) {
    const after = read(from + stepMs);
    if (after !== before) changes.push({ at: bisect(read, from, from + stepMs), before, after });
    before = after;
  }
  return { before: atStart, changes };
}

/** First minute with the offset of `to`. */
function bisect(read: (instant: number) => number, from: number, to: number): number {
  const target = read(to);
  let low = from;
  let high = to;
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (read(middle) === target) high = middle;
    else low = middle;
  }
  return high;
}
