import { timeOfFix } from "#core/patrols/positions/fix-store.ts";
import { gapRefreshes, refreshRange } from "#core/patrols/positions/settings.ts";

/** How often fixes lie so many tenths of a second apart; what lies further apart is no refresh. */
export interface GapCounts {
  readonly add: (fixes: Float64Array) => void;
  /** Median in milliseconds, within what is known; null under so many gaps. */
  readonly median: (fewest: number) => number | null;
  /**
   * The same of a device that sends at one rate. One of two rates, each second on its way and each minute while it stands, would lose
   * most of its time by its median: where gaps too long for that, and short enough to be a refresh, hold more than a fifth of the
   * time, it is the gap under which 95% of the time lies.
   */
  readonly refresh: (fewest: number) => number | null;
}

const tenths = 6_000;
const tickMs = 100;
const longestRefresh = (refreshRange.most * 1000) / tickMs;
const mostLost = 0.2;
const timeShare = 0.95;

export function createGapCounts(): GapCounts {
  const counts = new Uint32Array(tenths + 1);
  let total = 0;
  const median = (fewest: number) => {
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
    add: (fixes) => {
      for (let index = 1; index < fixes.length; index += 1) {
        const gap = (timeOfFix(fixes[index] ?? 0) - timeOfFix(fixes[index - 1] ?? 0)) / tickMs;
        if (gap <= 0 || gap > tenths) continue;
        counts[gap] = (counts[gap] ?? 0) + 1;
        total += 1;
      }
    },
    median,
    refresh: (fewest) => {
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
