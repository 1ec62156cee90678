import { sumOf } from "#core/patrols/forecast/cell-shares.ts";
import type { Forecast } from "#core/patrols/forecast/forecast.ts";
import { countInterval } from "#core/patrols/forecast/interval.ts";
import type { ShareAccuracy } from "#core/patrols/forecast/share-accuracy.ts";
import type { Fold } from "#core/stats/folds.ts";
import { dayMs } from "#core/time/zone.ts";

/** What was expected beside what came, in the whole area and in its best-ranked shares. */
export interface Calibration {
  readonly whole: Held;
  /** In the order of `areaShares`. */
  readonly shares: readonly Held[];
}

export interface Held {
  readonly expected: number;
  readonly came: number;
  /** Share of the folds in which what came lay in the interval for counts. */
  readonly inside: number;
}

/** One fold's forecast held against what came in it. */
export function calibrationOf(
  forecast: Forecast,
  observed: Uint32Array,
  ranked: readonly ShareAccuracy[],
  fold: Pick<Fold, "start" | "end">,
): Calibration {
  const { shares, support, perWeek, spread } = forecast;
  const expected = (perWeek * (fold.end - fold.start)) / (7 * dayMs);
  const total = sumOf(observed);
  const falling = shares.slice().sort().reverse();
  const behind = sumOf(support);
  return {
    whole: held({ mean: expected, variance: spread * expected ** 2 }, total),
    shares: ranked.map(({ cells, hitRate }) => {
      const share = sumOf(falling.subarray(0, cells));
      const mean = expected * share;
      const variance = mean ** 2 * (spread + doubtOfShare(share, behind));
      return held({ mean, variance }, hitRate * total);
    }),
  };
}

/** Relative variance of a share that is told from so many reports in all. */
function doubtOfShare(share: number, reports: number): number {
  return share > 0 && reports > 0 ? (1 - share) / (share * reports) : 0;
}

function held(told: { readonly mean: number; readonly variance: number }, came: number): Held {
  const { low, high } = countInterval(told);
  return { expected: told.mean, came, inside: came >= low && came <= high ? 1 : 0 };
}

/** Means over the folds; null without one. */
export function meanCalibration(folds: readonly Calibration[]): Calibration | null {
  const [first] = folds;
  if (!first) return null;
  return {
    whole: meanOf(folds.map(({ whole }) => whole)),
    shares: first.shares.map((_, at) => meanOf(folds.map(({ shares }) => shares[at] as Held))),
  };
}

function meanOf(rows: readonly Held[]): Held {
  const mean = (field: keyof Held) => sumOf(rows.map((row) => row[field])) / rows.length;
  return { expected: mean("expected"), came: mean("came"), inside: mean("inside") };
}
