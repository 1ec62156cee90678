import { datesOf, type Session, type SessionRule } from "#core/protected-time/session.ts";
import { lateHours, marginMinutes, roundingMinutes } from "#core/protected-time/settings.ts";
import {
  addDays,
  dayMs,
  formatLocalDate,
  hourMs,
  minuteMs,
  parseLocal,
  type Zone,
} from "#core/time/zone.ts";

/** One visit of a session, in epoch milliseconds; all intervals are half-open. */
export interface Occurrence {
  /** The London date on which it starts. */
  readonly date: string;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Protected time, closed to police. */
  readonly closedFrom: number;
  readonly closedTo: number;
  /** `called_off`: cancelled too late to be opened again. */
  readonly state: "planned" | "called_off";
}

/** The occurrences whose protected time touches [from, to), in order. */
export function occurrencesBetween(
  zone: Zone,
  session: Session,
  { from, to }: { readonly from: number; readonly to: number },
): Occurrence[] {
  // A session lasts a day at most (25 hours over a clock change), and its margin less than another.
  const firstDate = formatLocalDate(zone.toLocal(from) - 2 * dayMs);
  const lastDate = formatLocalDate(zone.toLocal(to) + dayMs);
  const toldAt = new Map(session.exceptions.map(({ date, toldAt }) => [date, toldAt]));
  const found: Occurrence[] = [];
  for (const date of datesOf(session.rule, firstDate, lastDate)) {
    const told = toldAt.get(date);
    if (told === null) continue;
    const visit = occurrenceOn(zone, session.rule, date);
    const calledOffAt = Math.min(told ?? Infinity, session.endedAt ?? Infinity);
    if (visit.startsAt - calledOffAt > lateHours * hourMs) continue;
    if (visit.closedFrom >= to || visit.closedTo <= from) continue;
    found.push({ ...visit, state: calledOffAt < visit.endsAt ? "called_off" : "planned" });
  }
  return found;
}

/** Whether any visit of it ends later than `now`; the rule must be sound. */
export function isAhead(zone: Zone, now: number, rule: SessionRule): boolean {
  const today = zone.dateOf(now);
  // No rule leaves more than eight weeks between two visits.
  const soon = addDays(today > rule.firstDate ? today : rule.firstDate, 7 * 8 + 1);
  const dates = datesOf(rule, addDays(today, -2), soon);
  return dates.some((date) => occurrenceOn(zone, rule, date).endsAt > now);
}

/** On one date, called off or not. */
export function occurrenceOn(
  zone: Zone,
  rule: SessionRule,
  date: string,
): Omit<Occurrence, "state"> {
  const start = parseLocal(`${date}T${rule.start}`);
  const sameDayEnd = parseLocal(`${date}T${rule.end}`);
  const end = rule.end > rule.start ? sameDayEnd : sameDayEnd + dayMs;
  const startsAt = earliestReading(zone, start);
  const endsAt = latestReading(zone, end);
  const margin = marginMinutes * minuteMs;
  const rounding = roundingMinutes * minuteMs;
  const localFrom = Math.floor((start - margin) / rounding) * rounding;
  const localTo = Math.ceil((end + margin) / rounding) * rounding;
  // Next to a clock change half an hour of wall clock and of elapsed time differ: close the wider.
  return {
    date,
    startsAt,
    endsAt,
    closedFrom: Math.min(
      floorToMark(zone, startsAt - margin, rounding),
      earliestReading(zone, localFrom),
    ),
    closedTo: Math.max(ceilToMark(zone, endsAt + margin, rounding), latestReading(zone, localTo)),
  };
}

function earliestReading(zone: Zone, local: number): number {
  return Math.min(...readingsOf(zone, local));
}

/**
 * Instants that a wall-clock time may mean: one; two in autumn's doubled hour; in spring's missing
 * hour the readings before and after the clock is put forward.
 */
function readingsOf(zone: Zone, local: number): readonly number[] {
  const found = zone.instantsOf(local);
  if (found.length > 0) return found;
  return [local - zone.offsetAt(local - dayMs), local - zone.offsetAt(local + dayMs)];
}

function latestReading(zone: Zone, local: number): number {
  return Math.max(...readingsOf(zone, local));
}

/** Last wall-clock mark at or before an instant. */
export function floorToMark(zone: Zone, instant: number, markMs: number): number {
  const local = zone.toLocal(instant);
  return instant - (local - Math.floor(local / markMs) * markMs);
}

/** First wall-clock mark at or after an instant. */
export function ceilToMark(zone: Zone, instant: number, markMs: number): number {
  const local = zone.toLocal(instant);
  return instant + (Math.ceil(local / markMs) * markMs - local);
}
