import {
  type Clock,
  type Clocks,
  endAfter,
  localBy,
  readDuration,
  readTime,
  readTimes,
  type WrittenTime,
} from "#core/calendar/clock.ts";
import type { Property, RawEntry } from "#core/calendar/lines.ts";
import {
  type RuleParts,
  readRule,
  type WallRule,
  wallClockRule,
  wallRule,
} from "#core/calendar/rule-text.ts";
import type { Position } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";
import { dayMs } from "#core/time/zone.ts";

/** One visit, in local milliseconds of its entry's clock. */
export interface Visit {
  readonly start: number;
  readonly end: number;
}

export interface Entry extends Visit {
  readonly line: number;
  readonly uid: string;
  /** Shown only on the device that reads the file; nothing else uses it. */
  readonly title: string;
  readonly location: string;
  readonly isCancelled: boolean;
  readonly isAllDay: boolean;
  readonly venueAt: Position | null;
  readonly clock: Clock;
  readonly repeat: Repeat | null;
  /** RDATE: visits beside those of the rule. */
  readonly extra: readonly Visit[];
  /** EXDATE, as written. */
  readonly except: readonly WrittenTime[];
  /** For an entry that changes one visit of a repeat: the start of that visit, as written. */
  readonly changes: WrittenTime | null;
}

export interface Repeat {
  readonly parts: RuleParts;
  readonly rule: WallRule;
}

export interface ReadingContext {
  readonly clocks: Clocks;
  readonly isCancellation: boolean;
}

const mostDays = 31;

export function readEntry(raw: RawEntry, context: ReadingContext): Result<Entry> {
  const { clocks } = context;
  const by = (name: string) => raw.properties.find((property) => property.name === name);
  const fault = firstFault(raw.properties, by);
  if (fault !== null) return failure(fault);
  const venue = readGeo(by("GEO"));
  if (!venue.ok) return venue;
  const began = by("DTSTART") as Property;
  const start = readTime(began, began.value.trim(), clocks);
  if (!start.ok) return start;
  const end = readEnd(start.value, by, clocks);
  if (!end.ok) return end;
  const visit = { start: start.value.local, end: end.value };
  const lasts = lengthFault(visit);
  if (lasts !== null) return failure(lasts);
  const repeat = readRepeat(by("RRULE"), start.value);
  if (!repeat.ok) return repeat;
  const lists = readLists(raw.properties, { clocks, clock: start.value.clock, visit });
  if (!lists.ok) return lists;
  return success({
    ...visit,
    ...lists.value,
    line: raw.line,
    uid: by("UID")?.value ?? `${began.value} ${by("RRULE")?.value.toUpperCase() ?? ""}`,
    title: plainText(by("SUMMARY")),
    location: plainText(by("LOCATION")),
    isCancelled: context.isCancellation || by("STATUS")?.value.trim().toUpperCase() === "CANCELLED",
    isAllDay: start.value.isDate,
    venueAt: venue.value,
    clock: start.value.clock,
    repeat: repeat.value,
  });
}

function firstFault(
  properties: readonly Property[],
  by: (name: string) => Property | undefined,
): string | null {
  const start = by("DTSTART");
  if (start === undefined) return "It has no start (DTSTART).";
  const isAllDay = /^\d{8}$/.test(start.value.trim());
  if (by("DTEND") === undefined && by("DURATION") === undefined && !isAllDay) {
    return "It has no end (DTEND or DURATION).";
  }
  if (properties.filter((property) => property.name === "RRULE").length > 1) {
    return "It has two repeat rules: enter them as two entries.";
  }
  if (by("RECURRENCE-ID")?.parameters["RANGE"] !== undefined) {
    return "It changes a repeat from one visit on (RANGE): end the repeat and enter a new one.";
  }
  return null;
}

/** Local milliseconds of the start's own clock. A date alone lasts that day (RFC 5545, 3.6.1). */
function readEnd(
  start: WrittenTime,
  by: (name: string) => Property | undefined,
  clocks: Clocks,
): Result<number> {
  const property = by("DTEND");
  if (property !== undefined) {
    const end = readTime(property, property.value.trim(), clocks);
    if (!end.ok) return end;
    if (end.value.isDate !== start.isDate) {
      return failure("Its start and its end are not both a date, or both a date and time.");
    }
    return success(localBy(start.clock, end.value));
  }
  const lasts = by("DURATION")?.value;
  if (lasts === undefined) return success(start.local + dayMs);
  const duration = readDuration(lasts);
  return duration === null
    ? failure(`DURATION "${lasts.slice(0, 30)}" is not how long something lasts, such as PT2H.`)
    : success(endAfter(start, duration));
}

function lengthFault({ start, end }: Visit): string | null {
  if (end === start) return "It ends as it begins: give it an end.";
  if (end < start) return "It ends before it has begun.";
  return end - start <= mostDays * dayMs
    ? null
    : `It lasts more than ${mostDays} days: enter it as several.`;
}

function readRepeat(property: Property | undefined, start: WrittenTime): Result<Repeat | null> {
  if (property === undefined) return success(null);
  const parts = readRule(property.value);
  if (!parts.ok) return parts;
  try {
    const text = wallClockRule(parts.value, start.clock.toLocal);
    return success({ parts: parts.value, rule: wallRule(text, start.local) });
  } catch {
    return failure("Its repeat rule (RRULE) cannot be read.");
  }
}

/** EXDATE, RDATE and RECURRENCE-ID. */
function readLists(
  properties: readonly Property[],
  given: OwnTimes,
): Result<Pick<Entry, "except" | "extra" | "changes">> {
  const { clocks } = given;
  const except: WrittenTime[] = [];
  const extra: Visit[] = [];
  let changes: WrittenTime | null = null;
  for (const property of properties) {
    if (property.name === "RDATE") {
      const visits = readExtra(property, given);
      if (!visits.ok) return visits;
      extra.push(...visits.value);
    }
    if (property.name !== "EXDATE" && property.name !== "RECURRENCE-ID") continue;
    const times = readTimes(property, clocks);
    if (!times.ok) return times;
    if (property.name === "EXDATE") except.push(...times.value);
    else changes = times.value[0] ?? null;
  }
  return success({ except, extra, changes });
}

interface OwnTimes {
  readonly clocks: Clocks;
  readonly clock: Clock;
  readonly visit: Visit;
}

function readExtra(property: Property, own: OwnTimes): Result<Visit[]> {
  const visits: Visit[] = [];
  for (const value of property.value.split(",")) {
    const visit = readOneMore(property, value.trim(), own);
    if (!visit.ok) return visit;
    const fault = lengthFault(visit.value);
    if (fault !== null) return failure(`RDATE: ${fault}`);
    visits.push(visit.value);
  }
  return success(visits);
}

/** As long as the entry's own, unless it gives its own length (PERIOD). */
function readOneMore(
  property: Property,
  value: string,
  { clocks, clock, visit }: OwnTimes,
): Result<Visit> {
  const [from = "", to] = value.split("/");
  const time = readTime(property, from, clocks);
  if (!time.ok) return time;
  const local = localBy(clock, time.value);
  // A bare date among times means the usual time on that date.
  const start = time.value.isDate ? local + (visit.start % dayMs) : local;
  if (to === undefined) return success({ start, end: start + (visit.end - visit.start) });
  const lasts = readDuration(to);
  if (lasts !== null) {
    return success({ start, end: endAfter({ local: start, clock, isDate: false }, lasts) });
  }
  const until = readTime(property, to, clocks);
  return until.ok ? success({ start, end: localBy(clock, until.value) }) : until;
}

/** `GEO:latitude;longitude`; the refusal does not repeat it. */
function readGeo(property: Property | undefined): Result<Position | null> {
  if (property === undefined) return success(null);
  const [lat = Number.NaN, lng = Number.NaN, ...more] = property.value.split(";").map(Number);
  if (more.length === 0 && Number.isFinite(lat) && Number.isFinite(lng)) return success([lng, lat]);
  return failure("Its place (GEO) is not a latitude and a longitude.");
}

const mostLetters = 120;

function plainText(property: Property | undefined): string {
  const text = (property?.value ?? "").replace(/\\n/gi, " ").replace(/\\([\\;,])/g, "$1");
  return text.replace(/\s+/g, " ").trim().slice(0, mostLetters);
}
