import {
  countSince,
  describeModel,
  type Neighbourhood,
  roomOf,
} from "#core/patrols/forecast/cell-shares.ts";
import { createForecaster, type Forecast } from "#core/patrols/forecast/forecast.ts";
import { learntInterval } from "#core/patrols/forecast/interval.ts";
import { knownFolds, observedIn, type Reports } from "#core/patrols/forecast/reports.ts";
import type { Held, MethodResult, ShareAccuracy } from "#core/patrols/wire/forecast-commands.ts";
import type { MethodName, RatioToCount } from "#core/patrols/wire/forecast-seals.ts";
import { createRandom } from "#core/random.ts";
import { insideOf, type PartEdge, partEdges } from "#core/stats/best-part.ts";
import { type Fold, foldsBetween, type Horizon } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";

/** The shares of the area that are told of everywhere. */
export const areaShares = [0.01, 0.02, 0.05, 0.1] as const;

/** Where the best part of each share ends. */
export function bestEdges(rates: Float64Array): readonly PartEdge[] {
  const rooms = areaShares.map(roomOf(rates.length));
  return partEdges(rates, rooms.toReversed()).toReversed();
}

/** What a best part holds of some values; of cells that are tied at its edge in equal parts. */
export function heldBy(
  edge: PartEdge,
  rates: Float64Array,
  values: Float64Array | Uint32Array,
): number {
  let held = 0;
  for (let cell = 0; cell < values.length; cell += 1) {
    held += insideOf(edge, rates[cell] as number) * (values[cell] as number);
  }
  return held;
}

/**
 * How well the best-ranked cells, which are of equal area (they differ by under 1 % over a borough), held
 * what came in one fold. Cells of one rate are taken in equal parts, which is the mean over all their
 * orders; `paiLow` and `paiHigh` take them as badly and as well as can be. Null where nothing came. PAI:
 * Chainey, Tompson & Uhlig 2008.
 */
export function accuracyByShare(
  rates: Float64Array,
  observed: Uint32Array,
): readonly ShareAccuracy[] | null {
  const total = sumOf(observed);
  if (total === 0) return null;
  const came = Float64Array.from(observed);
  const possible = bestEdges(came);
  return bestEdges(rates).map((edge, at) => {
    const cells = roomOf(rates.length)(areaShares[at] as number);
    const hits = heldBy(edge, rates, observed);
    const sure = heldBy({ ...edge, part: 0 }, rates, observed);
    const tied = came.filter((_, cell) => rates[cell] === edge.limit).sort();
    const left = Math.round(edge.part * tied.length);
    const paiOf = (found: number) => found / total / (cells / rates.length);
    return {
      cells,
      hitRate: hits / total,
      pai: paiOf(hits),
      paiLow: paiOf(sure + sumOf(tied.subarray(0, left))),
      paiHigh: paiOf(sure + sumOf(tied.subarray(tied.length - left))),
      pei: hits / heldBy(possible[at] as PartEdge, came, observed),
    };
  });
}

export interface BacktestSetting {
  readonly reports: Reports;
  readonly study: Neighbourhood;
  readonly zone: Zone;
  readonly horizon: Horizon;
}

interface BacktestRequest {
  /** Inclusive local dates. */
  readonly from: string;
  readonly to: string;
  readonly methods: readonly MethodName[];
}

interface Scored {
  /** Any scale: only the order of the cells is judged. */
  readonly score: Float64Array;
  readonly forecast: Forecast | null;
}

/**
 * Rolling origin: each period between the dates is forecast from its start and judged by its actual
 * reports. No method sees later reports, and choices rest on past periods. Periods with an unknown
 * month are used for neither.
 */
export function backtest(setting: BacktestSetting, request: BacktestRequest): MethodResult[] {
  const { reports, study, zone, horizon } = setting;
  const cells = study.cells.length;
  const folds = knownFolds(foldsBetween(zone, request.from, request.to, horizon), reports);
  const methods = request.methods.map((name) => ({
    name,
    score: methodOf(name, setting),
    rows: [] as (readonly ShareAccuracy[])[],
    chosen: new Map<string, number>(),
    held: [] as Held[],
  }));
  for (const fold of folds) {
    const observed = observedIn(reports, cells, fold);
    for (const method of methods) {
      const { score, forecast } = method.score(fold);
      const row = accuracyByShare(score, observed);
      if (row === null) continue;
      method.rows.push(row);
      if (forecast === null) continue;
      const model = describeModel(forecast.mix.model);
      method.held.push(heldIn(forecast, observed, fold));
      method.chosen.set(model, (method.chosen.get(model) ?? 0) + 1);
    }
  }
  const counts = methods.filter(({ name }) => name !== "forecast").map(({ rows }) => rows);
  return methods.map(({ name, rows, chosen, held }) => ({
    method: name,
    folds: rows.length,
    shares: sharesOf(rows, counts),
    chosen: Object.fromEntries(chosen),
    held: meanHeld(held),
  }));
}

/** Scores the cells for one fold from what is known at its start, and from nothing later. */
function methodOf(
  name: MethodName,
  { reports, study, zone, horizon }: BacktestSetting,
): (fold: Fold) => Scored {
  if (name === "forecast") {
    const forecaster = createForecaster(reports, { near: study, zone, horizon });
    return (fold) => {
      const forecast = forecaster(fold, fold.start);
      return { score: forecast.shares, forecast };
    };
  }
  const months = Number(name.slice("count-".length));
  return ({ start }) => ({
    score: countSince(reports, study.cells.length, start, months),
    forecast: null,
  });
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
function heldIn(
  { perWeek, spread }: Forecast,
  observed: Uint32Array,
  { start, end }: Pick<Fold, "start" | "end">,
): Held {
  const expected = (perWeek * (end - start)) / (7 * dayMs);
  const came = sumOf(observed);
  const told = learntInterval(expected, spread);
  if (told === null) return { expected, came, intervals: 0, inside: null };
  return { expected, came, intervals: 1, inside: came >= told.low && came <= told.high ? 1 : 0 };
}

/** Means over the folds; `inside` over those that had an interval; null without a fold. */
function meanHeld(rows: readonly Held[]): Held | null {
  if (rows.length === 0) return null;
  const means = meanOf(rows.map(({ expected, came }) => ({ expected, came })));
  const told = rows.flatMap(({ inside }) => inside ?? []);
  const inside = told.length > 0 ? sumOf(told) / told.length : null;
  return { ...means, intervals: told.length, inside };
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
