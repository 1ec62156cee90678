import { evenParts, type ForecastUnits, ratesOf } from "#core/patrols/forecast/cell-shares.ts";
import type { Forecast } from "#core/patrols/forecast/forecast.ts";
import { learntInterval } from "#core/patrols/forecast/interval.ts";
import {
  forecastMethods,
  type MethodSetting,
  type Scored,
} from "#core/patrols/forecast/methods.ts";
import { knownFolds, observedIn } from "#core/patrols/forecast/reports.ts";
import {
  accuracyByShare,
  areaShares,
  bestEdges,
  heldBy,
} from "#core/patrols/forecast/share-accuracy.ts";
import { heldShare, type ShareDoubt } from "#core/patrols/forecast/share-doubt.ts";
import type {
  Calibration,
  Held,
  MethodResult,
  ShareAccuracy,
} from "#core/patrols/wire/forecast-commands.ts";
import type { RatioToCount } from "#core/patrols/wire/forecast-record.ts";
import type { MethodName } from "#core/patrols/wire/method-names.ts";
import { createRandom } from "#core/random.ts";
import { type Fold, foldsBetween } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { dayMs } from "#core/time/zone.ts";

export interface BacktestRequest {
  /** Inclusive local dates. */
  readonly from: string;
  readonly to: string;
  readonly methods: readonly MethodName[];
}

/**
 * Rolling origin: each period between the dates is forecast from its start and judged by its actual
 * reports. No method sees later reports, and choices rest on past periods. Periods with an unknown
 * month are used for neither.
 */
export function backtest(setting: MethodSetting, request: BacktestRequest): MethodResult[] {
  const { reports, study, zone, horizon } = setting;
  const cells = study.cells.length;
  const folds = knownFolds(foldsBetween(zone, request.from, request.to, horizon), reports);
  const methods = request.methods.map((name) => ({
    name,
    score: forecastMethods[name].create(setting),
    rows: [] as (readonly ShareAccuracy[])[],
    chosen: new Map<string, number>(),
    calibrations: [] as Calibration[],
  }));
  for (const fold of folds) {
    const observed = observedIn(reports, cells, fold);
    for (const method of methods) {
      const scored = method.score(fold);
      const { chosen, forecast } = scored;
      const row = accuracyOf(scored, observed, study);
      if (row === null) continue;
      method.rows.push(row);
      if (forecast) method.calibrations.push(calibrationOf(forecast, observed, fold, study));
      if (chosen !== null) method.chosen.set(chosen, (method.chosen.get(chosen) ?? 0) + 1);
    }
  }
  const counts = methods.filter(({ name }) => name.startsWith("count-")).map(({ rows }) => rows);
  return methods.map(({ name, rows, chosen, calibrations }) => ({
    method: name,
    folds: rows.length,
    shares: sharesOf(rows, counts),
    chosen: Object.fromEntries(chosen),
    calibration: meanCalibration(calibrations),
  }));
}

/** By cell at equal area, by street at equal length. */
function accuracyOf({ score, isDensity }: Scored, observed: Uint32Array, units: ForecastUnits) {
  return accuracyByShare(isDensity ? score : ratesOf(score, units), observed, units);
}

/** Of one method: one row a period, in the order of `areaShares`. */
type Rows = readonly (readonly ShareAccuracy[])[];

function sharesOf(rows: Rows, counts: readonly Rows[]): MethodResult["shares"] {
  if (rows.length === 0) return [];
  const ratios = ratiosToBestCount(rows, counts);
  return areaShares.map((share, at) => ({
    share,
    ...meanOf(rows.map((row) => row[at] as ShareAccuracy)),
    toBestCount: ratios[at] ?? null,
  }));
}

/** Field by field. */
function meanOf<Row extends Readonly<Record<string, number>>>(rows: readonly Row[]): Row {
  const fields = Object.keys(rows[0] ?? {}).map((field) => {
    const total = rows.reduce((sum, row) => sum + (row[field] as number), 0);
    return [field, total / rows.length] as const;
  });
  return Object.fromEntries(fields) as Row;
}

/** One fold's forecast held against what came in it. */
function calibrationOf(
  forecast: Forecast,
  observed: Uint32Array,
  fold: Pick<Fold, "start" | "end">,
  study: MethodSetting["study"],
): Calibration {
  const { shares, perWeek, spread } = forecast;
  const expected = (perWeek * (fold.end - fold.start)) / (7 * dayMs);
  const doubts = forecast.doubtOfShares();
  const rates = ratesOf(shares, study);
  return {
    logScore: logScoreOf(shares, observed, study),
    whole: held(expected, spread, sumOf(observed)),
    shares: bestEdges(rates, study).map((edge, at) => {
      const doubt = doubts[at] as ShareDoubt;
      const mean = expected * heldShare(doubt, heldBy(edge, rates, shares));
      return held(mean, doubt.spread, heldBy(edge, rates, observed));
    }),
  };
}

function held(expected: number, spread: number | null, came: number): Held {
  const told = learntInterval(expected, spread);
  if (told === null) return { expected, came, intervals: 0, inside: null };
  return { expected, came, intervals: 1, inside: came >= told.low && came <= told.high ? 1 : 0 };
}

/** Means over the folds; `inside` over those that had an interval. */
function meanHeld(rows: readonly Held[]): Held {
  const means = meanOf(rows.map(({ expected, came }) => ({ expected, came })));
  const told = rows.flatMap(({ inside }) => inside ?? []);
  const inside = told.length > 0 ? sumOf(told) / told.length : null;
  return { ...means, intervals: told.length, inside };
}

/** Good 1952; an even spread by size scores nothing. */
function logScoreOf(
  shares: Float64Array,
  observed: Uint32Array,
  study: MethodSetting["study"],
): number {
  const parts = evenParts(study);
  const score = observed.reduce((sum, count, unit) => {
    const times = (shares[unit] as number) * (parts[unit] as number);
    return count > 0 ? sum + count * Math.log(times) : sum;
  }, 0);
  return score / sumOf(observed);
}

/** Means over the folds; null without one. */
function meanCalibration(folds: readonly Calibration[]): Calibration | null {
  const [first] = folds;
  if (!first) return null;
  return {
    logScore: sumOf(folds.map(({ logScore }) => logScore)) / folds.length,
    whole: meanHeld(folds.map(({ whole }) => whole)),
    shares: first.shares.map((_, at) => meanHeld(folds.map(({ shares }) => shares[at] as Held))),
  };
}

type PaiRows = readonly (readonly Pick<ShareAccuracy, "pai">[])[];

const draws = 2_000;
/** Fewer drawn again say nothing of others. */
const fewestPeriods = 8;
const tail = 0.025;

/**
 * By share of the area. Periods are resampled with replacement, the same for all methods, and each
 * draw compares with its best count (percentile bootstrap: Efron & Tibshirani 1993, chapter 13).
 * Periods count as independent: with serial correlation the interval is too narrow. Deterministic
 * in the periods. Null in under 8 periods, and where the counts had no hits.
 */
export function ratiosToBestCount(
  own: PaiRows,
  counts: readonly PaiRows[],
): (RatioToCount | null)[] {
  const [first] = own;
  if (!first || counts.length === 0) return [];
  if (own.length < fewestPeriods) return first.map(() => null);
  return first.map((_, share) => {
    const paiOf = (rows: PaiRows) => Float64Array.from(rows, (row) => row[share]?.pai ?? 0);
    return ratioOf(paiOf(own), counts.map(paiOf));
  });
}

function ratioOf(own: Float64Array, counts: readonly Float64Array[]): RatioToCount | null {
  const folds = own.length;
  const every = Uint32Array.from({ length: folds }, (_, fold) => fold);
  const ratio = ratioOver(every, own, counts);
  if (ratio === null) return null;
  const random = createRandom(1);
  const drawn: number[] = [];
  const chosen = new Uint32Array(folds);
  for (let draw = 0; draw < draws; draw += 1) {
    for (let at = 0; at < folds; at += 1) chosen[at] = random.integer(folds);
    const one = ratioOver(chosen, own, counts);
    if (one !== null) drawn.push(one);
  }
  const rising = Float64Array.from(drawn).sort();
  const at = (share: number) => rising[Math.round(share * (rising.length - 1))] ?? ratio;
  return { ratio, low: at(tail), high: at(1 - tail) };
}

function ratioOver(
  folds: Uint32Array,
  own: Float64Array,
  counts: readonly Float64Array[],
): number | null {
  const total = (of: Float64Array) => folds.reduce((sum, fold) => sum + (of[fold] as number), 0);
  const best = Math.max(...counts.map(total));
  return best > 0 ? total(own) / best : null;
}
