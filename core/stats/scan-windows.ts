import type { CircleGroup, ScanZones } from "#core/stats/scan-zones.ts";

export interface Circle {
  readonly place: number;
  readonly size: number;
  readonly cases: number;
}

export interface ScanReach {
  readonly days: number;
  readonly maxDays: number;
  readonly prospective: boolean;
}

/** Of one circle and window; true ends the search. */
export type VisitWindow = (
  circle: Circle,
  firstDay: number,
  lastDay: number,
  observed: number,
) => boolean;

/** Fewer cases are no cluster, as in SaTScan. */
export const fewestCases = 2;

/**
 * Every circle whose outermost places had a case, with every window that begins and ends on a day with
 * one: any other has the cases of a smaller circle or window out of more, and is never better. Ends,
 * with true, as soon as `visit` returns true.
 */
export function eachCircle(
  zones: ScanZones,
  day: Uint16Array,
  reach: ScanReach,
  visit: VisitWindow,
): boolean {
  // Earlier days cannot be part of a window that is still going on.
  const earliest = reach.prospective ? reach.days - reach.maxDays + 1 : 1;
  const busy = createBusyDays(reach.days, earliest);
  const eachOf = reach.prospective ? eachLatestWindow : eachWindow;
  for (let place = 0; place < zones.places; place += 1) {
    busy.clear();
    for (const { size, cases, own } of zones.groupsOf(place)) {
      busy.add(own, day);
      if (busy.newCount() === 0) continue;
      if (eachOf({ place, size, cases }, busy, reach, visit)) return true;
    }
  }
  return false;
}

/** Days with cases in a circle: windows starting or ending on other days are never better. */
interface BusyDays {
  readonly clear: () => void;
  readonly add: (own: CircleGroup["own"], day: Uint16Array) => void;
  readonly cases: Uint32Array;
  /** Days with a case, ascending; `count()` of them. */
  readonly days: Uint16Array;
  readonly count: () => number;
  /** Days of the newest cases, ascending; `newCount()` of them. */
  readonly newDays: Uint16Array;
  readonly newCount: () => number;
}

function createBusyDays(days: number, earliest: number): BusyDays {
  const cases = new Uint32Array(days + 1);
  const list = new Uint16Array(days);
  const newDays = new Uint16Array(days);
  let count = 0;
  let newCount = 0;
  return {
    cases,
    days: list,
    newDays,
    count: () => count,
    newCount: () => newCount,
    clear: () => {
      for (let at = 0; at < count; at += 1) cases[list[at] as number] = 0;
      count = 0;
    },
    add: (own, day) => {
      newCount = 0;
      for (let at = 0; at < own.length; at += 1) {
        const when = day[own[at] as number] as number;
        if (when < earliest) continue;
        if (cases[when] === 0) count = insert(list, count, when);
        cases[when] = (cases[when] as number) + 1;
        newCount = insert(newDays, newCount, when);
      }
    },
  };
}

/** Inserts into ascending distinct values; returns the new count. */
function insert(list: Uint16Array, count: number, value: number): number {
  let at = count;
  while (at > 0 && (list[at - 1] as number) > value) at -= 1;
  if (at > 0 && list[at - 1] === value) return count;
  for (let moved = count; moved > at; moved -= 1) list[moved] = list[moved - 1] as number;
  list[at] = value;
  return count + 1;
}

function eachLatestWindow(circle: Circle, busy: BusyDays, { days }: ScanReach, visit: VisitWindow) {
  const last = busy.newDays[busy.newCount() - 1] ?? 0;
  let observed = 0;
  for (let at = busy.count() - 1; at >= 0; at -= 1) {
    const from = busy.days[at] as number;
    observed += busy.cases[from] as number;
    // Later than all new cases: as in a smaller circle.
    if (from > last || observed < fewestCases) continue;
    if (visit(circle, from, days, observed)) return true;
  }
  return false;
}

/** All windows that begin and end on days with a case. */
function eachWindow(
  circle: Circle,
  { days, cases, count }: BusyDays,
  { maxDays }: ScanReach,
  visit: VisitWindow,
): boolean {
  const busyDays = count();
  for (let first = 0; first < busyDays; first += 1) {
    const from = days[first] as number;
    let observed = 0;
    for (let last = first; last < busyDays; last += 1) {
      const to = days[last] as number;
      if (to >= from + maxDays) break;
      observed += cases[to] as number;
      if (observed >= fewestCases && visit(circle, from, to, observed)) return true;
    }
  }
  return false;
}
