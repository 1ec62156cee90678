import { accuracyByLength, bestOfLength } from "#core/patrols/forecast/by-length.ts";
import { sumOf } from "#core/patrols/forecast/cell-shares.ts";
import type { Forecast } from "#core/patrols/forecast/forecast.ts";
import { countInterval } from "#core/patrols/forecast/interval.ts";
import {
  createMethod,
  type MethodName,
  type MethodSetting,
  type Scored,
} from "#core/patrols/forecast/methods.ts";
import { observedIn } from "#core/patrols/forecast/reports.ts";
import {
  accuracyByShare,
  areaShares,
  type ShareAccuracy,
} from "#core/patrols/forecast/share-accuracy.ts";
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
  const metres = "metres" in study ? study.metres : null;
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
      const scored = method.score(fold);
      const { chosen, forecast } = scored;
      const row = accuracyOf(scored, observed, metres);
      if (row === null) continue;
      method.rows.push(row);
      if (forecast)
        method.calibrations.push(calibrationOf(forecast, observed, fold, { row, metres }));
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

/** By cell at equal area, by street at equal length. */
function accuracyOf(
  { score, isDensity }: Scored,
  observed: Uint32Array,
  metres: Float64Array | null,
) {
  if (!metres) return accuracyByShare(score, observed);
  return accuracyByLength(isDensity ? score : ratesOf(score, metres), observed, metres);
}

function ratesOf(values: Float64Array, metres: Float64Array): Float64Array {
  return values.map((value, at) => value / (metres[at] as number));
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
  fold: Pick<Fold, "start" | "end">,
  judged: { readonly row: readonly ShareAccuracy[]; readonly metres: Float64Array | null },
): Calibration {
  const { shares, support, perWeek, spread } = forecast;
  const expected = (perWeek * (fold.end - fold.start)) / (7 * dayMs);
  const total = sumOf(observed);
  const best = bestShares(shares, judged);
  const behind = sumOf(support);
  return {
    whole: held({ mean: expected, variance: spread * expected ** 2 }, total),
    shares: judged.row.map(({ hitRate }, at) => {
      const share = best[at] as number;
      const mean = expected * share;
      const variance = mean ** 2 * (spread + doubtOfShare(share, behind));
      return held({ mean, variance }, hitRate * total);
    }),
  };
}

/** What the best-ranked parts of the area, or of the length, are expected to hold. */
function bestShares(
  shares: Float64Array,
  { row, metres }: { readonly row: readonly ShareAccuracy[]; readonly metres: Float64Array | null },
): readonly number[] {
  if (metres) {
    const rates = ratesOf(shares, metres);
    return areaShares.map((share) => bestOfLength(rates, shares, metres, share));
  }
  const falling = shares.slice().sort().reverse();
  return row.map(({ cells }) => sumOf(falling.subarray(0, cells)));
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
