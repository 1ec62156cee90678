import type { H3Cell } from "#core/geo/cell.ts";
import { halfHourOf, halfHoursOfDay } from "#core/patrols/arrival-times/half-hours.ts";
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

/** How many arrivals of one place fell into each half-hour of the day. */
export type HalfHourCounts = ArrayLike<number>;

/**
 * Shannon's entropy (1948) of so many arrivals in each half-hour, times how many they are, in nats: with n of them and c in
 * each, n ln n - sum of c ln c.
 */
export function weighedEntropy(counts: HalfHourCounts): number {
  let total = 0;
  let sum = 0;
  for (let at = 0; at < counts.length; at += 1) {
    const count = counts[at] as number;
    total += count;
    sum += timesLog(count);
  }
  return timesLog(total) - sum;
}

/** The most that entropy can be, times the number of arrivals: they are as even over the half-hours as whole numbers can be. */
export function mostWeighedEntropy(arrivals: number, halfHours: number): number {
  if (arrivals < 1 || halfHours < 1) return 0;
  const each = Math.floor(arrivals / halfHours);
  const more = arrivals - each * halfHours;
  return timesLog(arrivals) - more * timesLog(each + 1) - (halfHours - more) * timesLog(each);
}

/** c ln c, and 0 for 0; of the counts that come up, looked up. */
export function timesLog(count: number): number {
  return logs[count] ?? count * Math.log(count);
}

const logs = Float64Array.from({ length: 512 }, (_, count) =>
  count > 0 ? count * Math.log(count) : 0,
);

/**
 * The score of one place: its entropy over the most that so many arrivals could have in so many permitted half-hours. 0 where all
 * fall into one half-hour, 1 where they are as even as can be; null below two arrivals. `permitted` counts half-hours, those
 * in which the place was visited among them.
 */
export function placeScore(counts: HalfHourCounts, permitted: number): number | null {
  let arrivals = 0;
  for (let at = 0; at < counts.length; at += 1) arrivals += counts[at] as number;
  if (arrivals < leastArrivals) return null;
  const most = mostWeighedEntropy(arrivals, permitted);
  return most > 0 ? Math.min(1, Math.max(0, weighedEntropy(counts) / most)) : 0;
}

export interface ArrivalScore {
  /** 0 to 1; null: too few visits to tell. */
  readonly score: number | null;
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
  const counts = countsByPlace(arrivals, zone);
  const halfHours = countPermitted(permitted, counts.values());
  let weighed = 0;
  let scored = 0;
  let total = 0;
  // In one order whatever order the arrivals have: a sum of fractions depends on it.
  for (const place of [...places].sort()) {
    const own = counts.get(place);
    const score = own ? placeScore(own, halfHours) : null;
    if (!own || score === null) continue;
    const count = own.reduce((sum, one) => sum + one, 0);
    weighed += count * score;
    scored += 1;
    total += count;
  }
  return { score: total > 0 ? weighed / total : null, places: scored, arrivals: total };
}

/** How many half-hours are permitted: those of shifts, and those in which somebody planned an arrival all the same. */
export function countPermitted(
  permitted: readonly number[],
  counts: Iterable<HalfHourCounts>,
): number {
  const all = new Set(permitted);
  for (const own of counts) {
    for (let at = 0; at < own.length; at += 1) if ((own[at] as number) > 0) all.add(at);
  }
  return all.size;
}

export function countsByPlace(
  arrivals: readonly Arrival[],
  zone: Zone,
): Map<H3Cell, Uint16Array<ArrayBuffer>> {
  const counts = new Map<H3Cell, Uint16Array<ArrayBuffer>>();
  for (const { cell, arrive } of arrivals) {
    const own = counts.get(cell) ?? new Uint16Array(halfHoursOfDay);
    const at = halfHourOf(zone, arrive);
    own[at] = (own[at] ?? 0) + 1;
    counts.set(cell, own);
  }
  return counts;
}

/**
 * The most that the entropy of a place can come to when so many arrivals are added to those it has, times their number: each goes
 * where there are fewest (entropy is concave, so that this is the best). `open`: half-hours that can be added to.
 */
export function bestWeighedEntropy(
  counts: HalfHourCounts,
  more: number,
  open: readonly number[],
): number {
  const filled = Uint16Array.from(counts);
  for (let added = 0; added < more; added += 1) {
    let least = open[0] ?? 0;
    for (const at of open) if ((filled[at] ?? 0) < (filled[least] ?? 0)) least = at;
    filled[least] = (filled[least] ?? 0) + 1;
  }
  return weighedEntropy(filled);
}
