import { createHash } from "node:crypto";
import ical, { type RRule, type VEvent } from "node-ical";
import type { Position } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";
import { formatLocal, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";
import type { Property, RawEntry } from "#server/outreach/calendar-file/lines.ts";

/** One entry with its times understood; nothing of its words is kept. */
export interface Entry {
  readonly line: number;
  /** SHA-256 of its UID: a second import of the same entry replaces the first. */
  readonly uidHash: string;
  readonly isCancelled: boolean;
  readonly venueAt: Position | null;
  /** `start` and `end` in local milliseconds of the command's zone. */
  readonly start: number;
  readonly end: number;
  /** Whether its times are wall clock of the command's zone, and so stay through clock changes. */
  readonly isWallClock: boolean;
  readonly repeat: Repeat | null;
  /** For an entry that changes one visit of a repeat: the start of that visit. */
  readonly changes: { readonly date: string } | null;
}

/** A repeat as node-ical expands it; instants. */
export interface Repeat {
  /** The text of its rule, `FREQ=WEEKLY;...`. */
  readonly text: string;
  readonly rule: RRule;
  readonly start: number;
  readonly lengthMs: number;
  readonly exdates: readonly { readonly at: number; readonly isWholeDay: boolean }[];
}

export interface ReadingContext {
  readonly zone: Zone;
  readonly zones: string;
  readonly isCancellation: boolean;
}

/** What is read of an entry; titles, notes and guests are passed over, for they name people. */
const timeProperties = new Set(["DTSTART", "DTEND", "EXDATE", "RECURRENCE-ID"]);
const otherProperties = new Set(["DURATION", "RRULE"]);

export function readEntry(raw: RawEntry, context: ReadingContext): Result<Entry> {
  const { zone } = context;
  const by = (name: string) => raw.properties.find((property) => property.name === name);
  const fault = firstFault(raw.properties, by);
  if (fault !== null) return failure(fault);
  const venue = readGeo(by("GEO"));
  if (!venue.ok) return venue;
  const parsed = parseTimes(raw.properties, context);
  if (!parsed.ok) return parsed;
  const { event } = parsed.value;
  const startAt = event.start as Date;
  const endAt = event.end as Date;
  const start = localOf(zone, by("DTSTART"), startAt);
  const end = by("DTEND") ? localOf(zone, by("DTEND"), endAt) : zone.toLocal(endAt.getTime());
  const lasts = lengthFault(start, end);
  if (lasts !== null) return failure(lasts);
  const rule = by("RRULE")?.value.toUpperCase();
  const repeat = rule === undefined ? null : readRepeat(rule, event, zone);
  if (rule !== undefined && repeat === null) return failure("Its repeat rule cannot be read.");
  return success({
    line: raw.line,
    uidHash: sha256(by("UID")?.value ?? `${by("DTSTART")?.value} ${rule ?? ""}`),
    isCancelled: context.isCancellation || by("STATUS")?.value.trim().toUpperCase() === "CANCELLED",
    venueAt: venue.value,
    start,
    end,
    isWallClock: isOfZone(zone, by("DTSTART")),
    repeat,
    changes: readChanged(by("RECURRENCE-ID"), parsed.value.changed, zone),
  });
}

function firstFault(
  properties: readonly Property[],
  by: (name: string) => Property | undefined,
): string | null {
  const start = by("DTSTART");
  if (start === undefined) return "It has no start (DTSTART).";
  if (start.parameters["VALUE"] === "DATE" || /^\d{8}$/.test(start.value)) {
    return "It is an all-day entry: give it a start and an end time.";
  }
  if (by("DTEND") === undefined && by("DURATION") === undefined) {
    return "It has no end (DTEND or DURATION).";
  }
  if (by("RDATE") !== undefined) return "It lists extra dates (RDATE): enter them one by one.";
  if (properties.filter((property) => property.name === "RRULE").length > 1) {
    return "It has two repeat rules: enter them as two entries.";
  }
  if (by("RECURRENCE-ID")?.parameters["RANGE"] !== undefined) {
    return "It changes a repeat from one visit on (RANGE): end the repeat and enter a new one.";
  }
  return null;
}

/** A copy of the entry with nothing but its times, read by node-ical. */
function parseTimes(
  properties: readonly Property[],
  context: ReadingContext,
): Result<{ event: VEvent; changed: Date | null }> {
  const lines: string[] = [];
  for (const property of properties) {
    if (otherProperties.has(property.name)) lines.push(`${property.name}:${property.value}`);
    if (!timeProperties.has(property.name)) continue;
    for (const value of property.value.split(",")) {
      const line = timeLine(property, value.trim(), context.zone);
      if (!line.ok) return line;
      lines.push(line.value);
    }
  }
  const changed = lines.find((line) => line.startsWith("RECURRENCE-ID"));
  const own = lines.filter((line) => line !== changed);
  const event = parseBlock(own, context.zones);
  if (!event.ok) return event;
  if (changed === undefined) return success({ event: event.value, changed: null });
  const start = changed.replace("RECURRENCE-ID", "DTSTART");
  const other = parseBlock([start, "DURATION:PT1H"], context.zones);
  return other.ok ? success({ event: event.value, changed: other.value.start as Date }) : other;
}

/** node-ical reads times without a zone in the server's, rolls 31/02 over and lets any zone pass. */
function timeLine({ name, parameters }: Property, value: string, zone: Zone): Result<string> {
  const date = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value);
  if (date === null) return failure(`${name} "${value.slice(0, 30)}" is not a date and time.`);
  const [, year, month, day, hour = "00", minute = "00", , utc] = date;
  try {
    parseLocal(`${year}-${month}-${day}T${hour}:${minute}`);
  } catch {
    return failure(`${name} "${value}" is a date or time that does not exist.`);
  }
  if (Number(year) < 2000 || Number(year) > 2099) {
    return failure(`${name} lies in the year ${year}: sessions are kept from 2000 to 2099.`);
  }
  if (!value.includes("T")) return success(`${name};VALUE=DATE:${value}`);
  if (utc === "Z") return success(`${name}:${value}`);
  const tzid = parameters["TZID"] ?? zone.name;
  return success(`${name};TZID=${/[;:,]/.test(tzid) ? `"${tzid}"` : tzid}:${value}`);
}

function parseBlock(lines: readonly string[], zones: string): Result<VEvent> {
  const text = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    ...(zones === "" ? [] : [zones]),
    "BEGIN:VEVENT",
    "UID:entry",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
  let event: VEvent | undefined;
  try {
    const found = Object.values(ical.sync.parseICS(text)).find((one) => one?.type === "VEVENT");
    event = found as VEvent | undefined;
  } catch {
    return failure("Its repeat rule (RRULE) or its times cannot be read.");
  }
  if (!(event?.start instanceof Date && event.end instanceof Date)) {
    return failure("Its times cannot be read.");
  }
  const tz = event.start.tz;
  if (tz !== undefined && !isKnownZone(tz)) {
    return failure("Its time zone is not known: use Europe/London.");
  }
  return success(event);
}

function readRepeat(text: string, event: VEvent, zone: Zone): Repeat | null {
  if (event.rrule === undefined) return null;
  const start = (event.start as Date).getTime();
  return {
    text,
    rule: event.rrule,
    start,
    lengthMs: (event.end as Date).getTime() - start,
    exdates: Object.entries(event.exdate ?? {}).map(([key, value]) =>
      // node-ical files a whole day under its date, and a visit under its instant as well.
      (value as { dateOnly?: boolean }).dateOnly === true
        ? { at: zone.startOfDate(key.slice(0, 10)), isWholeDay: true }
        : { at: (value as Date).getTime(), isWholeDay: false },
    ),
  };
}

function isKnownZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Digits as written when they are the zone's own: beside a clock change an instant would lose them. */
function localOf(zone: Zone, property: Property | undefined, instant: Date): number {
  const digits = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})/.exec(property?.value ?? "");
  if (!isOfZone(zone, property) || digits === null) return zone.toLocal(instant.getTime());
  const [, year, month, day, hour, minute] = digits;
  return parseLocal(`${year}-${month}-${day}T${hour}:${minute}`);
}

const sameAsLondon = new Set([
  "Europe/Belfast",
  "Europe/Guernsey",
  "Europe/Isle_of_Man",
  "Europe/Jersey",
  "GB",
  "GB-Eire",
  "GMT Standard Time",
]);

function isOfZone(zone: Zone, property: Property | undefined): boolean {
  if (property === undefined || property.value.endsWith("Z")) return false;
  const tzid = property.parameters["TZID"];
  if (tzid === undefined || tzid === zone.name) return true;
  return zone.name === "Europe/London" && sameAsLondon.has(tzid);
}

function lengthFault(start: number, end: number): string | null {
  if (end <= start) return "It ends before it has begun.";
  const hours = (end - start) / (60 * minuteMs);
  return hours < 24 ? null : "It lasts 24 hours or longer: enter one visit a day.";
}

function readChanged(
  property: Property | undefined,
  instant: Date | null,
  zone: Zone,
): Entry["changes"] {
  if (property === undefined || instant === null) return null;
  if (/^\d{8}$/.test(property.value)) {
    return { date: property.value.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3") };
  }
  return { date: formatLocal(localOf(zone, property, instant)).slice(0, 10) };
}

/** `GEO:latitude;longitude`; the refusal does not repeat it. */
function readGeo(property: Property | undefined): Result<Position | null> {
  if (property === undefined) return success(null);
  const [lat = Number.NaN, lng = Number.NaN, ...more] = property.value.split(";").map(Number);
  if (more.length === 0 && Number.isFinite(lat) && Number.isFinite(lng)) return success([lng, lat]);
  return failure("Its place (GEO) is not a latitude and a longitude.");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
