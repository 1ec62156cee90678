import type { H3Cell } from "#core/geo/cell.ts";
import { parseShift, type Shift } from "#core/patrols/ground/shift.ts";
import { dayMs, hourMs, type Zone } from "#core/time/zone.ts";

export const halfHoursOfDay = 48;

export const halfHourMs = hourMs / 2;

/** The half-hour of the London day in which an instant lies: 0 from 00:00, 47 from 23:30. */
export function halfHourOf(zone: Zone, at: number): number {
  const local = zone.toLocal(at);
  return Math.floor((((local % dayMs) + dayMs) % dayMs) / halfHourMs);
}

/**
 * Half-hours covered by shifts, ascending: when an arrival is permitted. Closed time is
 * deliberately included: a smaller number would reveal protected time (SAFEGUARDS 5).
 */
export function permittedHalfHours(shifts: readonly Shift[]): readonly number[] {
  const found = new Set<number>();
  for (const { startMinute, endMinute } of shifts) {
    const end = endMinute <= startMinute ? endMinute + 24 * 60 : endMinute;
    for (let slot = Math.floor(startMinute / 30); slot * 30 < end; slot += 1) {
      found.add(slot % halfHoursOfDay);
    }
  }
  return [...found].sort((a, b) => a - b);
}

export function halfHoursDuring(
  zone: Zone,
  shifts: readonly { readonly start: number; readonly end: number }[],
): readonly number[] {
  const found = new Set<number>();
  const known = new Set<string>();
  for (const { start, end } of shifts) {
    const key = `${start} ${end}`;
    if (known.has(key)) continue;
    known.add(key);
    for (let at = start; at < end; at += halfHourMs) found.add(halfHourOf(zone, at));
    found.add(halfHourOf(zone, end - 1));
  }
  return [...found].sort((a, b) => a - b);
}

/** For written shifts, `14:00-22:00`; an unreadable one counts as none. */
export function halfHoursOfTexts(shifts: readonly string[]): readonly number[] {
  const read = shifts.map(parseShift);
  return permittedHalfHours(read.flatMap((shift) => (shift.ok ? [shift.value] : [])));
}

/**
 * How hard patrol arrival times are to predict (DEFINITIONS, Unpredictability). Koper (1995):
 * visits deter most when the next cannot be predicted.
 */
export const arrivalWeeks = 8;
/** One arrival makes no habit. */
export const leastArrivals = 2;

export interface Arrival {
  readonly cell: H3Cell;
  /** Epoch milliseconds. */
  readonly arrive: number;
}

export interface ArrivalHistory {
  readonly arrivals: readonly Arrival[];
  /** Half-hours that these patrols' shifts touch, ascending. */
  readonly halfHours: readonly number[];
}

export interface Noted {
  readonly arrive: number;
  /** Half-hours since 1 January 1970 on the wall clock. */
  readonly slot: number;
  readonly halfHour: number;
  /** 0 to 6. */
  readonly weekday: number;
}

export function noted(zone: Zone, arrive: number): Noted {
  const slot = Math.floor(zone.toLocal(arrive) / halfHourMs);
  const halfHour = slot % halfHoursOfDay;
  return { arrive, slot, halfHour, weekday: ((slot - halfHour) / halfHoursOfDay) % 7 };
}

/**
 * Predictors an observer may use: the usual half-hour, that of the weekday, what followed the
 * half-hour of the previous visit, the usual step from the last visit, and the weekday's usual step
 * from its last one. The first two never lose hits as visits are added.
 */
const habits = 5;
const steadyHabits = 2;

/** Scratch, emptied after each use: frequencies by habit, condition and outcome. */
const counts = new Uint16Array(habits * halfHoursOfDay ** 2);
const most = new Uint16Array(habits * halfHoursOfDay);
const met: number[] = [];
const told = new Uint16Array(habits);

/**
 * How many of a place's visits, in time order, the single best habit predicts: per case the count
 * of its usual half-hour or step, less the one that it is learnt from.
 */
export function guessedVisits(visits: readonly Noted[], asked = habits): number {
  const lastOn: (Noted | undefined)[] = [];
  let last: Noted | undefined;
  for (const visit of visits) {
    const { halfHour, weekday } = visit;
    const lastOfDay = lastOn[weekday];
    note(0, 0, halfHour);
    note(1, weekday, halfHour);
    if (last) note(2, last.halfHour, halfHour);
    if (last) note(3, 0, stepFrom(last, halfHour));
    if (lastOfDay) note(4, weekday, stepFrom(lastOfDay, halfHour));
    last = visit;
    lastOn[weekday] = visit;
  }
  let guessed = 0;
  for (let habit = 0; habit < asked; habit += 1) guessed = Math.max(guessed, told[habit] as number);
  for (const key of met) {
    counts[key] = 0;
    most[Math.floor(key / halfHoursOfDay)] = 0;
  }
  met.length = 0;
  told.fill(0);
  return guessed;
}

function note(habit: number, given: number, follows: number): void {
  const group = habit * halfHoursOfDay + given;
  const key = group * halfHoursOfDay + follows;
  const count = (counts[key] as number) + 1;
  counts[key] = count;
  met.push(key);
  if (count === 1 || count <= (most[group] as number)) return;
  most[group] = count;
  told[habit] = (told[habit] as number) + 1;
}

const stepFrom = ({ halfHour }: Noted, next: number) =>
  (next - halfHour + halfHoursOfDay) % halfHoursOfDay;

/** Fewest of these visits left to be guessed, whatever others are added. */
export const leastGuessed = (visits: readonly Noted[]) => guessedVisits(visits, steadyHabits);

/**
 * How often an observer guesses a visit's half-hour: the share of visits after the first guessed by
 * habit, or by chance among the permitted half-hours if higher.
 */
export function guessRate(guessed: number, arrivals: number, permitted: number): number {
  return Math.max(1 / Math.max(1, permitted), guessed / (arrivals - 1));
}

/** 0 where every visit is guessed, 1 where only by chance; 0 with a single half-hour. */
export function scoreOf(rate: number, permitted: number): number {
  return permitted > 1 ? (1 - rate) / (1 - 1 / permitted) : 0;
}

interface ArrivalScore {
  /** 0 to 1; null: too few visits to tell. */
  readonly score: number | null;
  /** How often an observer would guess the half-hour of a visit, 0 to 1; null with `score`. */
  readonly guessed: number | null;
  /** Places with two arrivals or more. */
  readonly places: number;
  /** Arrivals at these places. */
  readonly arrivals: number;
}

/**
 * Mean of the places' scores, weighted by arrivals. Places with a single arrival are ignored.
 * `permitted`: half-hours covered by shifts; one with an arrival is permitted too, since it was
 * planned.
 */
export function arrivalScore(
  arrivals: readonly Arrival[],
  places: ReadonlySet<H3Cell>,
  permitted: readonly number[],
  zone: Zone,
): ArrivalScore {
  const visits = visitsByPlace(arrivals, zone);
  const halfHours = countPermitted(permitted, visits.values());
  let weighed = 0;
  let scored = 0;
  let total = 0;
  // Sorted, because a floating-point sum depends on order.
  for (const place of [...places].sort()) {
    const own = visits.get(place);
    if (!own || own.length < leastArrivals) continue;
    weighed += own.length * guessRate(guessedVisits(own), own.length, halfHours);
    scored += 1;
    total += own.length;
  }
  const guessed = total > 0 ? weighed / total : null;
  const score = guessed === null ? null : scoreOf(guessed, halfHours);
  return { score, guessed, places: scored, arrivals: total };
}

/** Half-hours of shifts, and those with an arrival planned all the same. */
export function countPermitted(
  permitted: readonly number[],
  visits: Iterable<readonly Noted[]>,
): number {
  const all = new Set(permitted);
  for (const own of visits) for (const { halfHour } of own) all.add(halfHour);
  return all.size;
}

/** In order of time. */
export function visitsByPlace(arrivals: readonly Arrival[], zone: Zone): Map<H3Cell, Noted[]> {
  const visits = new Map<H3Cell, Noted[]>();
  for (const { cell, arrive } of [...arrivals].sort((a, b) => a.arrive - b.arrive)) {
    const own = visits.get(cell) ?? [];
    own.push(noted(zone, arrive));
    visits.set(cell, own);
  }
  return visits;
}
