import type { Property, RawZone } from "#core/calendar/lines.ts";
import { readRule, wallClockRule, wallRule } from "#core/calendar/rule-text.ts";
import { failure, type Result, success } from "#core/result.ts";
import { createZone, dayMs, hourMs, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";

export interface Clock {
  /** Whether it is the command's own: its digits stay through clock changes. */
  readonly isOwn: boolean;
  /** A doubled time is its later reading, a missing one moves forward over the gap. */
  readonly toInstant: (local: number) => number;
  readonly toLocal: (instant: number) => number;
}

export interface Clocks {
  readonly own: string;
  /** Null for an unknown zone. A time without a zone is the command's. */
  readonly named: (name: string | undefined) => Clock | null;
  readonly universal: Clock;
}

export function createClocks(zone: Zone, zones: readonly RawZone[]): Clocks {
  const made = new Map<string, Clock | null>();
  const own: Clock = { ...clockOf(zone), isOwn: true };
  const make = (name: string): Clock | null => {
    if (isOwnName(name, zone)) return own;
    const known = zoneOrNull(windowsNames[name] ?? plainName(name));
    if (known !== null) return windowsNames[name] && isSame(known, zone) ? own : clockOf(known);
    const written = zones.find((one) => one.name === name);
    return written ? clockOfFile(written) : null;
  };
  return {
    own: zone.name,
    universal: { isOwn: false, toInstant: (local) => local, toLocal: (instant) => instant },
    named: (name) => {
      if (name === undefined) return own;
      if (!made.has(name)) made.set(name, make(name));
      return made.get(name) ?? null;
    },
  };
}

function isOwnName(name: string, zone: Zone): boolean {
  const plain = plainName(name);
  if (name === zone.name || plain === zone.name) return true;
  return zone.name === "Europe/London" && sameAsLondon.has(plain);
}

/** "Europe/Paris" of "/example.org/20210101/Europe/Paris". */
function plainName(name: string): string {
  return /[A-Za-z_]+\/[A-Za-z_]+$/.exec(name)?.[0] ?? name;
}

/** A Windows name covers many cities: compares its clock with the command's over nearby years. */
function isSame(one: Zone, other: Zone): boolean {
  for (let at = Date.UTC(2020, 0, 1); at < Date.UTC(2031, 0, 1); at += dayMs) {
    if (one.offsetAt(at) !== other.offsetAt(at)) return false;
  }
  return true;
}

function clockOf(zone: Zone): Clock {
  return {
    isOwn: false,
    toInstant: (local) => zone.toInstant(local, "later"),
    toLocal: zone.toLocal,
  };
}

const known = new Map<string, Zone | null>();

function zoneOrNull(name: string): Zone | null {
  let zone = known.get(name);
  if (zone === undefined) {
    zone = isKnown(name) ? createZone(name) : null;
    known.set(name, zone);
  }
  return zone;
}

function isKnown(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

interface Change {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** A zone known only to this file: its changes, as far as sessions lie. */
function clockOfFile({ observances }: RawZone): Clock | null {
  const changes = observances.flatMap(changesOf).sort((a, b) => a.at - b.at);
  const first = changes[0];
  if (first === undefined) return null;
  const offsetAt = (instant: number) =>
    changes.findLast(({ at }) => at <= instant)?.after ?? first.before;
  const toLocal = (instant: number) => instant + offsetAt(instant);
  return {
    isOwn: false,
    toLocal,
    toInstant: (local) => {
      const offsets = new Set(changes.flatMap(({ before, after }) => [before, after]));
      const readings = [...offsets].map((offset) => local - offset);
      const right = readings.filter((at) => toLocal(at) === local);
      return right.length > 0 ? Math.max(...right) : local - offsetAt(local - 86_400_000);
    },
  };
}

const changesFrom = Date.UTC(2015, 0, 1);
const changesTo = Date.UTC(2040, 0, 1);

function changesOf(properties: readonly Property[]): Change[] {
  const by = (name: string) => properties.find((one) => one.name === name)?.value ?? "";
  const before = offsetOf(by("TZOFFSETFROM"));
  const after = offsetOf(by("TZOFFSETTO"));
  const onset = localOf(by("DTSTART"));
  if (before === null || after === null || onset === null) return [];
  const rule = readRule(by("RRULE"));
  const onsets = rule.ok
    ? wallRule(
        wallClockRule(rule.value, (at) => at + before),
        onset,
      ).between(changesFrom, changesTo)
    : [onset];
  const single = properties.filter(({ name }) => name === "RDATE");
  for (const text of single.flatMap(({ value }) => value.split(","))) {
    const local = localOf(text);
    if (local !== null) onsets.push(local);
  }
  return onsets.map((local) => ({ at: local - before, before, after }));
}

/** `20210328T010000` as local milliseconds. */
function localOf(text: string): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})/.exec(text);
  if (found === null) return null;
  const [year = 0, month = 1, day, hour, minute] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute);
}

/** `+0100` to milliseconds. */
function offsetOf(text: string): number | null {
  const [, sign, hours, minutes] = /^([+-])(\d{2})(\d{2})/.exec(text) ?? [];
  if (sign === undefined) return null;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

export interface WrittenTime {
  readonly local: number;
  readonly clock: Clock;
  /** Without a time of day. */
  readonly isDate: boolean;
}

/** Several times are divided by commas. */
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
  if (clock === null) return failure(`Its time zone is not known: use ${clocks.own}.`);
  return success({ local, clock, isDate: !value.includes("T") });
}

/** The same moment by another clock; a date is the same date everywhere. */
export function localBy(clock: Clock, time: WrittenTime): number {
  if (time.clock === clock || time.isDate) return time.local;
  return clock.toLocal(time.clock.toInstant(time.local));
}

/** How long a DURATION lasts: whole days by the calendar, the rest by time passed. */
interface Duration {
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
 * End by the entry's clock. Across a clock change, the later of elapsed time and wall clock counts.
 */
export function endAfter({ local, clock }: WrittenTime, { days, ms }: Duration): number {
  const byWall = local + days * dayMs + ms;
  const byTimePassed = clock.toLocal(clock.toInstant(local + days * dayMs) + ms);
  return Math.max(byWall, byTimePassed);
}

/** Other names that programs give London. */
const sameAsLondon = new Set([
  "Europe/Belfast",
  "Europe/Guernsey",
  "Europe/Isle_of_Man",
  "Europe/Jersey",
  "GB",
  "GB-Eire",
  "GMT Standard Time",
]);

/** Windows names that have another in the tz database; others bring their own rules in the file. */
const windowsNames: Readonly<Record<string, string>> = {
  "Greenwich Standard Time": "Atlantic/Reykjavik",
  "W. Europe Standard Time": "Europe/Berlin",
  "Central Europe Standard Time": "Europe/Budapest",
  "Central European Standard Time": "Europe/Warsaw",
  "Romance Standard Time": "Europe/Paris",
  "GTB Standard Time": "Europe/Bucharest",
  "Eastern Standard Time": "America/New_York",
};
