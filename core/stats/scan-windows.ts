import type { CircleGroup, ScanZones } from "#core/stats/scan-zones.ts";

/** A circle as it grows. */
export interface Circle {
  readonly place: number;
  /** Places in it. */
  readonly size: number;
  /** Cases in it on all days. */
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
 * Every circle with every window to which its outermost places brought a case: any other window
 * holds as many cases as in a smaller circle, out of more, and is never the better one. Ends, with
 * true, as soon as `visit` says true.
 */
export function eachCircle(
  zones: ScanZones,
  day: Uint16Array,
  reach: ScanReach,
  visit: VisitWindow,
): boolean {
  const onDay = new Uint32Array(reach.days + 1);
  const eachWindow = reach.prospective ? eachLatestWindow : eachTouchedWindow;
  for (let place = 0; place < zones.places; place += 1) {
    onDay.fill(0);
    for (const { size, cases, own } of zones.groupsOf(place)) {
      const touched = addCases(onDay, own, day, reach);
      if (touched === null) continue;
      if (eachWindow({ place, size, cases }, onDay, touched, reach, visit)) return true;
    }
  }
  return false;
}

/** First and last day on which cases came to the circle that a window may hold. */
interface Touched {
  readonly first: number;
  readonly last: number;
}

function addCases(
  onDay: Uint32Array,
  own: CircleGroup["own"],
  day: Uint16Array,
  { days, maxDays, prospective }: ScanReach,
): Touched | null {
  const earliest = prospective ? days - maxDays + 1 : 1;
  let first = days + 1;
  let last = 0;
  for (let at = 0; at < own.length; at += 1) {
    const when = day[own[at] as number] as number;
    onDay[when] = (onDay[when] as number) + 1;
    if (when < earliest) continue;
    if (when < first) first = when;
    if (when > last) last = when;
  }
  return last === 0 ? null : { first, last };
}

/** Windows that end on the last day. */
function eachLatestWindow(
  circle: Circle,
  onDay: Uint32Array,
  { last }: Touched,
  { days, maxDays }: ScanReach,
  visit: VisitWindow,
): boolean {
  let observed = 0;
  for (let from = days; from > days - maxDays; from -= 1) {
    const cases = onDay[from] as number;
    observed += cases;
    // A window that begins on a day without a case holds no more than one that begins later.
    if (cases === 0 || from > last || observed < fewestCases) continue;
    if (visit(circle, from, days, observed)) return true;
  }
  return false;
}

/** Windows anywhere that begin and end on a day with a case and reach the days of the new ones. */
function eachTouchedWindow(
  circle: Circle,
  onDay: Uint32Array,
  { first, last }: Touched,
  { days, maxDays }: ScanReach,
  visit: VisitWindow,
): boolean {
  for (let from = Math.max(1, first - maxDays + 1); from <= last; from += 1) {
    if (onDay[from] === 0) continue;
    let observed = 0;
    const end = Math.min(days, from + maxDays - 1);
    for (let to = from; to <= end; to += 1) {
      const cases = onDay[to] as number;
      observed += cases;
      if (cases === 0 || to < first || observed < fewestCases) continue;
      if (visit(circle, from, to, observed)) return true;
    }
  }
  return false;
}
