import { timeOfFix } from "#core/patrols/positions/fix-store.ts";
import { refreshRange } from "#core/patrols/positions/settings.ts";

/** How often fixes lie so many tenths of a second apart; what lies further apart is no refresh. */
export interface GapCounts {
  readonly add: (fixes: Float64Array) => void;
  /** Median in milliseconds, within what is known; null under so many gaps. */
  readonly median: (fewest: number) => number | null;
}

const tenths = 6_000;
const tickMs = 100;

export function createGapCounts(): GapCounts {
  const counts = new Uint32Array(tenths + 1);
  let total = 0;
  return {
    add: (fixes) => {
      for (let index = 1; index < fixes.length; index += 1) {
        const gap = (timeOfFix(fixes[index] ?? 0) - timeOfFix(fixes[index - 1] ?? 0)) / tickMs;
        if (gap <= 0 || gap > tenths) continue;
        counts[gap] = (counts[gap] ?? 0) + 1;
        total += 1;
      }
    },
    median: (fewest) => {
      if (total < fewest) return null;
      let below = 0;
      for (let gap = 1; gap <= tenths; gap += 1) {
        below += counts[gap] ?? 0;
        if (below * 2 >= total) return withinRange(gap * tickMs);
      }
      return null;
    },
  };
}

function withinRange(ms: number): number {
  return Math.min(refreshRange.most * 1000, Math.max(refreshRange.least * 1000, ms));
}
