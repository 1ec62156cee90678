import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { Venue } from "#core/protected-time/ground.ts";
import { type LatticePlace, snapToLattice } from "#core/protected-time/lattice.ts";
import {
  type Session,
  type SessionException,
  type SessionRule,
  weekdayOf,
} from "#core/protected-time/session.ts";
import { createRandom, type Random } from "#core/random.ts";
import { addDays, dayMs, formatLocalDate, parseLocal, parseLocalDate } from "#core/time/zone.ts";

/** Partners who go out at random times, around the clock changes more often than chance. */
export interface RandomCalendar {
  readonly seed: number;
  /** Monday of a week that the sessions fall around: half the time one with a clock change. */
  readonly week: string;
  readonly partners: readonly RandomPartner[];
}

interface RandomPartner {
  readonly name: string;
  readonly places: readonly RandomPlace[];
}

export interface RandomPlace {
  readonly label: string;
  readonly venue: Venue;
  /** All that is stored of the venue. */
  readonly spot: LatticePlace;
  readonly cells: readonly H3Cell[];
  readonly sessions: readonly Session[];
}

/** One to three partners with one or two places and up to three sessions each. */
export function randomCalendar(seed: number): RandomCalendar {
  const random = createRandom(seed);
  const week = randomWeek(random);
  const partners = Array.from({ length: 1 + random.integer(3) }, (_, index) => ({
    name: `Partner ${index + 1} of ${seed}`,
    places: Array.from({ length: 1 + random.integer(2) }, (_unused, place) =>
      randomPlace(random, { week, label: `Place ${place + 1}` }),
    ),
  }));
  return { seed, week, partners };
}

function randomPlace(random: Random, given: { week: string; label: string }): RandomPlace {
  const venue = randomVenue(random);
  // A fifth of them is wider. Two draws, as an offset took once, so that a seed gives the same calendar otherwise.
  const spot = snapToLattice(venue, Math.max(random.next(), random.next()) > 0.9);
  return {
    label: given.label,
    venue,
    spot,
    cells: footprintOf(spot),
    sessions: Array.from({ length: random.integer(4) }, () => randomSession(random, given.week)),
  };
}

const radii = [25, 50, 100, 150, 150, 150, 220, 300, 400] as const;

/** Along Fore Street and up to about 2 km beside it. */
export function randomVenue(random: Random): Venue {
  const at = [-0.0644 + 0.06 * (random.next() - 0.5), 51.6147 + 0.04 * (random.next() - 0.5)];
  const radiusM = radii[random.integer(radii.length)] ?? 150;
  return { kind: "circle", at: [at[0] ?? 0, at[1] ?? 0], radiusM };
}

/** The Monday of a week between 2015 and 2035. */
export function randomWeek(random: Random): string {
  const year = 2015 + random.integer(21);
  const date =
    random.next() < 0.5
      ? lastSunday(year, random.next() < 0.5 ? 3 : 10)
      : addDays(`${year}-01-01`, random.integer(365));
  return mondayOf(date);
}

/** A session near a week: its first date up to a year before or ten days after that Monday. */
export function randomSession(random: Random, week: string): Session {
  const repeats = random.next() < 0.6 ? "weekly" : "once";
  const everyWeeks = repeats === "once" || random.next() < 0.7 ? 1 : 1 + random.integer(8);
  // Saturday, Sunday or any day of the fortnight; a repeat began some of its steps earlier.
  const day = random.next() < 0.5 ? 5 + random.integer(2) : random.integer(10);
  const earlier = repeats === "weekly" ? random.integer(Math.ceil(52 / everyWeeks)) : 0;
  const firstDate = addDays(week, day - 7 * everyWeeks * earlier);
  const [start, end] = randomTimes(random);
  const until =
    repeats === "weekly" && random.next() < 0.3 ? addDays(firstDate, random.integer(400)) : null;
  // From what is drawn already, so that a seed gives the same calendar otherwise.
  const days = repeats === "weekly" && day % 3 !== 0 ? severalDays(firstDate, day) : undefined;
  const rule: SessionRule = { repeats, everyWeeks, firstDate, start, end, until, days };
  return {
    rule,
    exceptions: repeats === "weekly" ? randomExceptions(random, rule, week) : [],
    endedAt: random.next() < 0.15 ? randomInstant(random, week) : null,
  };
}

/** The day of the first date and one or two more. */
function severalDays(firstDate: string, draw: number): number[] {
  const own = weekdayOf(firstDate);
  return [...new Set([own, ((own + draw) % 7) + 1, ((own + 2 * draw) % 7) + 1])];
}

/** Any minute, or close to the hours that the clock changes skip and repeat. */
function randomTimes(random: Random): [start: string, end: string] {
  const start = random.next() < 0.4 ? random.integer(240) : random.integer(1_440);
  const lasts = 1 + random.integer(random.next() < 0.8 ? 300 : 1_439);
  return [timeText(start), timeText((start + lasts) % 1_440)];
}

function randomExceptions(random: Random, rule: SessionRule, week: string): SessionException[] {
  const step = rule.everyWeeks * 7;
  const passed = Math.floor((parseLocalDate(week) - parseLocalDate(rule.firstDate)) / dayMs / step);
  const dates = new Set(
    Array.from({ length: random.integer(3) }, () =>
      addDays(rule.firstDate, step * Math.max(0, passed + random.integer(3) - 1)),
    ),
  );
  return [...dates].map((date) => ({
    date,
    toldAt: random.next() < 0.5 ? null : parseLocal(`${date}T12:00`) - random.integer(4 * dayMs),
  }));
}

function randomInstant(random: Random, week: string): number {
  return parseLocalDate(week) + random.integer(10 * 24 * 60) * 60_000;
}

function timeText(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** London's clocks change on the last Sunday of March and of October. */
function lastSunday(year: number, month: number): string {
  const last = Date.UTC(year, month, 0);
  return formatLocalDate(last - new Date(last).getUTCDay() * dayMs);
}

function mondayOf(date: string): string {
  const day = new Date(parseLocalDate(date)).getUTCDay();
  return addDays(date, -((day + 6) % 7));
}
