import { sumOf } from "#core/patrols/forecast/cell-shares.ts";
import type { Forecast } from "#core/patrols/forecast/forecast.ts";
import { countInterval } from "#core/patrols/forecast/interval.ts";
import {
  createMethod,
  type MethodName,
  type MethodSetting,
} from "#core/patrols/forecast/methods.ts";
import { observedIn } from "#core/patrols/forecast/reports.ts";
import { type Fold, foldsBetween } from "#core/stats/folds.ts";
import { dayMs } from "#core/time/zone.ts";

export interface BacktestRequest {
  /** Inclusive local dates. */
  readonly from: string;
  readonly to: string;
  readonly methods: readonly MethodName[];
  readonly onFold?: (done: number, of: number) => void;
}

interface MethodResult {
  readonly method: MethodName;
  /** Periods that were forecast and in which something came. */
  readonly folds: number;
  /** Means over these folds, one row a share of the area; none without a fold. */
  readonly shares: readonly (ShareAccuracy & { readonly share: number })[];
  /** What was chosen, and how often. */
  readonly chosen: Readonly<Record<string, number>>;
  /** Where the method says how many are expected: how that held. */
  readonly calibration: Calibration | null;
}

/**
 * Rolling origin: each period between the dates is forecast from what was known at its start, and
 * judged by what came in it. No method sees a later report, and what it chooses it chooses by periods
 * that are over.
 */
export function backtest(setting: MethodSetting, request: BacktestRequest): MethodResult[] {
  const { reports, study, zone, horizon } = setting;
  const cells = study.cells.length;
  const folds = foldsBetween(zone, request.from, request.to, horizon);
  const methods = request.methods.map((name) => ({
    name,
    score: createMethod(name, setting),
    rows: [] as (readonly ShareAccuracy[])[],
    chosen: new Map<string, number>(),
    calibrations: [] as Calibration[],
  }));
  folds.forEach((fold, index) => {
    const observed = observedIn(reports, cells, fold);
    for (const method of methods) {
      const { score, chosen, forecast } = method.score(fold);
      const row = accuracyByShare(score, observed);
      if (row === null) continue;
      method.rows.push(row);
      if (forecast) method.calibrations.push(calibrationOf(forecast, observed, row, fold));
      if (chosen !== null) method.chosen.set(chosen, (method.chosen.get(chosen) ?? 0) + 1);
    }
    request.onFold?.(index + 1, folds.length);
  });
  return methods.map(({ name, rows, chosen, calibrations }) => ({
    method: name,
    folds: rows.length,
    shares: rows.length === 0 ? [] : areaShares.map((share, at) => meanAt(rows, share, at)),
    chosen: Object.fromEntries(chosen),
    calibration: meanCalibration(calibrations),
  }));
}

function meanAt(rows: readonly (readonly ShareAccuracy[])[], share: number, at: number) {
  const mean = (field: keyof ShareAccuracy) =>
    rows.reduce((sum, row) => sum + (row[at] as ShareAccuracy)[field], 0) / rows.length;
  return {
    share,
    cells: mean("cells"),
    hitRate: mean("hitRate"),
    pai: mean("pai"),
    paiLow: mean("paiLow"),
    paiHigh: mean("paiHigh"),
    pei: mean("pei"),
  };
}

/** What was expected beside what came, in the whole area and in its best-ranked shares. */
interface Calibration {
  readonly whole: Held;
  /** In the order of `areaShares`. */
  readonly shares: readonly Held[];
}

interface Held {
  readonly expected: number;
  readonly came: number;
  /** Share of the folds in which what came lay in the interval for counts. */
  readonly inside: number;
}

/** One fold's forecast held against what came in it. */
function calibrationOf(
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
function meanCalibration(folds: readonly Calibration[]): Calibration | null {
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

/** How well the best-ranked share of the area held what came in one fold. */
interface ShareAccuracy {
  readonly cells: number;
  /** n / N, ties of score averaged over all their orders. */
  readonly hitRate: number;
  readonly pai: number;
  /** With ties broken as badly, and as well, as they can be. */
  readonly paiLow: number;
  readonly paiHigh: number;
  /** PAI by the best PAI that this many cells could have had. */
  readonly pei: number;
}

/** The shares of the area that are told of everywhere. */
export const areaShares = [0.01, 0.02, 0.05, 0.1] as const;

/** Null where nothing came. Cells are of equal area (they differ by under 1 % over a borough). */
export function accuracyByShare(
  score: Float64Array,
  observed: Uint32Array,
): readonly ShareAccuracy[] | null {
  const total = observed.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const cells = score.length;
  const falling = score.slice().sort().reverse();
  const best = runningSum(Uint32Array.from(observed).sort().reverse());
  return areaShares.map((share) => {
    const k = Math.max(1, Math.round(cells * share));
    const { sure, tied } = splitAt(score, observed, falling[k - 1] as number);
    // Of the tied cells only so many fit in.
    const room = k - sure.cells;
    const counts = Uint32Array.from(tied).sort();
    const few = sumOf(counts.subarray(0, room));
    const many = sumOf(counts.subarray(counts.length - room));
    const mean = (sumOf(counts) * room) / counts.length;
    const paiOf = (hits: number) => ((sure.hits + hits) / total) * (cells / k);
    return {
      cells: k,
      hitRate: (sure.hits + mean) / total,
      pai: paiOf(mean),
      paiLow: paiOf(few),
      paiHigh: paiOf(many),
      pei: (sure.hits + mean) / (best[k - 1] as number),
    };
  });
}

function splitAt(
  score: Float64Array,
  observed: Uint32Array,
  limit: number,
): { sure: { cells: number; hits: number }; tied: number[] } {
  const sure = { cells: 0, hits: 0 };
  const tied: number[] = [];
  for (let cell = 0; cell < score.length; cell += 1) {
    const value = score[cell] as number;
    if (value > limit) {
      sure.cells += 1;
      sure.hits += observed[cell] as number;
    } else if (value === limit) tied.push(observed[cell] as number);
  }
  return { sure, tied };
}

function runningSum(values: Uint32Array): Float64Array {
  let sum = 0;
  return Float64Array.from(values, (value) => {
    sum += value;
    return sum;
  });
}
