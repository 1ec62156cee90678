import type { H3Cell } from "#core/geo/cell.ts";
import { halfHourMs, halfHoursOfDay } from "#core/patrols/arrival-times/half-hours.ts";
import type { Zone } from "#core/time/zone.ts";

/**
 * How hard to predict the arrival times of patrols are (DEFINITIONS, Unpredictability). Koper (1995) found that
 * visits deter most where nobody can tell when the next one comes.
 */
export const arrivalWeeks = 8;
/** One arrival is at no usual time yet. */
export const leastArrivals = 2;

/** One arrival of a patrol at a stop. */
export interface Arrival {
  readonly cell: H3Cell;
  /** Epoch milliseconds. */
  readonly arrive: number;
}

/** What approved patrols did in the weeks that a score looks back over. */
export interface ArrivalHistory {
  readonly arrivals: readonly Arrival[];
  /** Half-hours that the shifts of these patrols reach into, ascending. */
  readonly halfHours: readonly number[];
}

/** An arrival as an observer of the place notes it. */
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
 * What an observer may guess by: the usual half-hour, that of the weekday, what followed the half-hour of the last visit
 * before, the usual step from the last visit, and the weekday's usual step from its last one. The first two tell no less when visits are added.
 */
const habits = 5;
const steadyHabits = 2;

/** By habit, what is given and what follows: how often, the most of one given, and which were met. Emptied after each use. */
const counts = new Uint16Array(habits * halfHoursOfDay ** 2);
const most = new Uint16Array(habits * halfHoursOfDay);
const met: number[] = [];
const told = new Uint16Array(habits);

/**
 * How many of a place's visits, in order of time, an observer would have guessed who goes by the one habit that tells most
 * of them: of each case as many as its usual half-hour or step has, less the one that it is learnt from.
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

/** Of these visits the least that any others beside them can leave to be guessed. */
export const leastGuessed = (visits: readonly Noted[]) => guessedVisits(visits, steadyHabits);

/**
 * How often an observer guesses the half-hour of a visit: of those after the first the share that is guessed by habit, or by a
 * throw of dice among the permitted half-hours where that is more often.
 */
export function guessRate(guessed: number, arrivals: number, permitted: number): number {
  return Math.max(1 / Math.max(1, permitted), guessed / (arrivals - 1));
}

/** 0 where every visit is guessed, 1 where none is but by a throw of dice; 0 where there is one half-hour alone. */
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
 * The score over places: the mean of theirs, each weighed by its arrivals. Places with a single arrival say nothing. `permitted`:
 * half-hours that shifts reach into; a half-hour with an arrival is permitted too, as somebody planned it.
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
  // In one order whatever order the arrivals have: a sum of fractions depends on it.
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

/** How many half-hours are permitted: those of shifts, and those in which somebody planned an arrival all the same. */
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
