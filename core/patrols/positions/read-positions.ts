import { addDeviceDose, createDayFinder } from "#core/patrols/positions/device-dose.ts";
import { createDoseTally, type RecordedDose } from "#core/patrols/positions/dose-tally.ts";
import { type FixStore, timeOfFix } from "#core/patrols/positions/fix-store.ts";
import { gapRefreshes, refreshRange } from "#core/patrols/positions/settings.ts";
import type { Zone } from "#core/time/zone.ts";

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
