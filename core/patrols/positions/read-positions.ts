import {
  createDoseTally,
  type DoseTally,
  type RecordedDose,
} from "#core/patrols/positions/dose-tally.ts";
import {
  type FixStore,
  outside,
  placeOfFix,
  timeOfFix,
} from "#core/patrols/positions/fix-store.ts";
import {
  gapRefreshes,
  refreshRange,
  visitGapMinutes,
  visitMinutes,
} from "#core/patrols/positions/settings.ts";
import { dayMs, minuteMs, type Zone } from "#core/time/zone.ts";

export type DayFinder = ReturnType<typeof createDayFinder>;

/** Local days since 1970, asked mostly for times of one day after the other. */
export function createDayFinder(zone: Zone) {
  let [from, to, day] = [0, 0, 0];
  return {
    of: (at: number): number => {
      if (at >= from && at < to) return day;
      const local = zone.toLocal(at);
      day = Math.floor(local / dayMs);
      from = zone.toInstant(day * dayMs, "earlier");
      to = zone.toInstant((day + 1) * dayMs, "earlier");
      return day;
    },
    /** The first instant after the day that was last found. */
    ends: () => to,
  };
}

/**
 * The dose of one device. `fixes` as `packFix` writes them, ascending; `refreshMs` is the time from one fix to the next
 * while it sends.
 *
 * Time between two fixes no more than three refreshes apart counts where it was spent, half to each end; a longer
 * gap counts nowhere. A visit is at least three minutes in a place, with less than five between its parts.
 *
 * Band: fixes come at moments that do not depend on where the device is, so a change of place lies anywhere in its
 * gap g with equal chance, and half of it misses by a variance of g²/12; the first and the last fix of a run lie up to one
 * refresh inside of it, r²/3. Variances add up over changes. It is what the minutes would vary by if the sampling began at
 * another moment (systematic sampling; Cochran 1977, Sampling Techniques, 8.1). What no fix saw, in and out of a
 * place between two, is in no band.
 */
export function addDeviceDose(
  tally: DoseTally,
  fixes: Float64Array,
  {
    refreshMs,
    days,
    isDevice = true,
  }: {
    readonly refreshMs: number;
    readonly days: DayFinder;
    /** Whether it counts towards the devices of a day. */
    readonly isDevice?: boolean;
  },
): void {
  if (fixes.length === 0) return;
  const longest = gapRefreshes * refreshMs;
  const edge = (refreshMs * refreshMs) / 3;
  const visits = createVisits(tally, days);
  let place = placeOfFix(fixes[0] ?? 0);
  let at = timeOfFix(fixes[0] ?? 0);
  let since = at;
  const endStay = (until: number) => {
    if (until <= since || place === outside) return;
    addSpan(tally, days, { place, from: since, to: until });
    visits.add(place, since, until);
  };
  const addEdge = (where: number, when: number) => {
    if (where === outside) return;
    const day = days.of(when);
    tally.addSpread(day, where, edge);
    tally.addWholeSpread(day, edge);
  };
  const addChange = (to: number, day: number, spread: number) => {
    if (place !== outside) tally.addSpread(day, place, spread);
    if (to !== outside) tally.addSpread(day, to, spread);
    if (place === outside || to === outside) tally.addWholeSpread(day, spread);
  };
  addEdge(place, at);
  for (let index = 1; index < fixes.length; index += 1) {
    const fix = fixes[index] ?? 0;
    const [nextAt, nextPlace] = [timeOfFix(fix), placeOfFix(fix)];
    const gap = nextAt - at;
    if (gap > longest) {
      endStay(at);
      addEdge(place, at);
      addEdge(nextPlace, nextAt);
      tally.addGap(gap);
      since = nextAt;
      place = nextPlace;
    } else if (nextPlace !== place) {
      const middle = at + gap / 2;
      endStay(middle);
      addChange(nextPlace, days.of(middle), (gap * gap) / 12);
      since = middle;
      place = nextPlace;
    }
    at = nextAt;
  }
  endStay(at);
  addEdge(place, at);
  visits.finish();
  tally.endDevice(isDevice);
}

/** A stay, to each local day its own part. */
function addSpan(
  tally: DoseTally,
  days: DayFinder,
  { place, from, to }: { readonly place: number; readonly from: number; readonly to: number },
): void {
  let start = from;
  while (start < to) {
    const day = days.of(start);
    const end = Math.min(to, days.ends());
    tally.addTime(day, place, end - start);
    start = end;
  }
}

/** Joins stays of one device to visits, a place at a time. */
function createVisits(tally: DoseTally, days: DayFinder) {
  const open = new Map<number, { from: number; until: number; ms: number }>();
  const close = (place: number, from: number, ms: number) => {
    if (ms >= visitMinutes * minuteMs) tally.addVisit(days.of(from), place);
  };
  return {
    add: (place: number, from: number, to: number) => {
      const visit = open.get(place);
      if (visit === undefined) {
        open.set(place, { from, until: to, ms: to - from });
        return;
      }
      if (from - visit.until >= visitGapMinutes * minuteMs) {
        close(place, visit.from, visit.ms);
        visit.from = from;
        visit.ms = 0;
      }
      visit.until = to;
      visit.ms += to - from;
    },
    finish: () => {
      for (const [place, { from, ms }] of open) close(place, from, ms);
    },
  };
}

/** With fewer gaps a device has the median of all. */
const fewestOwn = 10;
/** Where no device has two fixes. */
const usualRefreshMs = 30_000;

/**
 * Dose of all devices of a store, which is emptied. Without a given refresh each device has its
 * own, so that radios and vehicles can share a file; `refresh`: the seconds given or the median of
 * all. `pause` is called between devices.
 */
export async function measureDose(
  store: FixStore,
  {
    zone,
    refresh,
    pause,
    isDevice = () => true,
  }: {
    readonly zone: Zone;
    /** Seconds; null to find it. */
    readonly refresh: number | null;
    readonly pause: () => Promise<void>;
    /** Whether a number of the store counts towards the devices of a day. */
    readonly isDevice?: (device: number) => boolean;
  },
): Promise<RecordedDose & { readonly refresh: number }> {
  const whole = createGapCounts();
  const own: (number | null)[] = [];
  for (let device = 0; device < store.devices(); device += 1) {
    const fixes = store.inOrder(device);
    if (refresh === null) {
      const gaps = createGapCounts();
      gaps.add(fixes);
      whole.add(fixes);
      own.push(gaps.refresh(fewestOwn));
    }
    await pause();
  }
  const usual = refresh === null ? (whole.median(1) ?? usualRefreshMs) : refresh * 1000;
  const tally = createDoseTally();
  const days = createDayFinder(zone);
  for (let device = 0; device < store.devices(); device += 1) {
    const refreshMs = own[device] ?? usual;
    addDeviceDose(tally, store.inOrder(device), { refreshMs, days, isDevice: isDevice(device) });
    store.drop(device);
    await pause();
  }
  return { ...tally.finish(), refresh: usual / 1000 };
}

const tenths = 6_000;
const tickMs = 100;
const longestRefresh = (refreshRange.most * 1000) / tickMs;
const mostLost = 0.2;
const timeShare = 0.95;

/** How often fixes lie so many tenths of a second apart; what lies further apart is no refresh. */
export function createGapCounts() {
  const counts = new Uint32Array(tenths + 1);
  let total = 0;
  /** In milliseconds, within what is known; null under so many gaps. */
  const median = (fewest: number): number | null => {
    if (total < fewest) return null;
    let below = 0;
    for (let gap = 1; gap <= tenths; gap += 1) {
      below += counts[gap] ?? 0;
      if (below * 2 >= total) return withinRange(gap * tickMs);
    }
    return null;
  };
  /** Time in gaps longer than one and short enough to be a refresh. */
  const timeOver = (from: number) => {
    let sum = 0;
    for (let gap = from + 1; gap <= longestRefresh; gap += 1) sum += gap * (counts[gap] ?? 0);
    return sum;
  };
  return {
    add: (fixes: Float64Array): void => {
      for (let index = 1; index < fixes.length; index += 1) {
        const gap = (timeOfFix(fixes[index] ?? 0) - timeOfFix(fixes[index - 1] ?? 0)) / tickMs;
        if (gap <= 0 || gap > tenths) continue;
        counts[gap] = (counts[gap] ?? 0) + 1;
        total += 1;
      }
    },
    median,
    /**
     * The median gap for a device with one rate. With two (each second moving, each minute
     * standing) the median would lose most of its time: where gaps too long for it, yet short
     * enough for a refresh, hold more than a fifth of the time, it is the gap that covers 95% of
     * the time.
     */
    refresh: (fewest: number): number | null => {
      const usual = median(fewest);
      if (usual === null) return null;
      const whole = timeOver(0);
      if (timeOver((usual * gapRefreshes) / tickMs) <= mostLost * whole) return usual;
      let gap = longestRefresh;
      let over = gap * (counts[gap] ?? 0);
      while (gap > 1 && over <= (1 - timeShare) * whole) {
        gap -= 1;
        over += gap * (counts[gap] ?? 0);
      }
      return withinRange(gap * tickMs);
    },
  };
}

function withinRange(ms: number): number {
  return Math.min(refreshRange.most * 1000, Math.max(refreshRange.least * 1000, ms));
}
