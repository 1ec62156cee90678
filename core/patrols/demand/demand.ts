import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import {
  type Counts,
  type DemandReports,
  isTimed,
  readDemand,
} from "#core/patrols/demand/demand-reports.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import {
  addHours,
  blendedShape,
  chooseStrength,
  hoursOfWeek,
  pooledShape,
  wideShape,
} from "#core/patrols/demand/week-shape.ts";
import {
  type Decay,
  decayTable,
  describeModel,
  type Neighbourhood,
} from "#core/patrols/forecast/cell-shares.ts";
import { createForecaster, type Forecast, levelFolds } from "#core/patrols/forecast/forecast.ts";
import type { ModelMix } from "#core/patrols/forecast/model-mix.ts";
import { leftOutOf, type Reports } from "#core/patrols/forecast/reports.ts";
import { methodsAveraged } from "#core/patrols/wire/forecast-seals.ts";
import type { EventColumns } from "#core/records/columns.ts";
import type { UnknownMonth } from "#core/records/unknown-months.ts";
import { type Fold, foldsBefore } from "#core/stats/folds.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dayMs, type Zone } from "#core/time/zone.ts";

/** Expected reports that ask for a patrol, by cell and hour of the week. */
export interface Demand {
  /** Study cells of every patrol zone that had a report, in the order of the study set. */
  readonly cells: readonly H3Cell[];
  /** Expected reports in each local hour of a week: `rates[cell * 168 + hour]`, Monday 00:00 first. */
  readonly rates: Float64Array;
  /** The whole command's rates, including cells without reports so far. */
  readonly week: Float64Array;
  /** Reports of the last `recentDays`, uncorrected, for the sentences. */
  readonly recent: Uint32Array;
  /** Reports of the last `knownDays` with a known hour: the basis of statements on hours. */
  readonly known: Uint32Array;
  readonly doubt: Doubt;
  readonly method: ForecastMethod;
}

export interface ForecastMethod {
  /** "The forecast averages 28 methods, weighted by how each did in the last 36 months" */
  readonly name: string;
  /** The heaviest: "half-life of 24 months, 1 x the mean of the neighbours, ...". */
  readonly way: string;
  /** Share of the reports of the last `knownDays` with a known hour; 1 where there are none. */
  readonly timed: number;
  /** "Apr 2020 is left out: most of its reports had no place." */
  readonly leftOut?: string;
}

export interface Doubt {
  /** Relative variance of the whole command's level; null until enough months are over to learn it. */
  readonly spread: number | null;
  /** Effective reports behind each cell's rate. */
  readonly support: Float64Array;
  /** Effective reports behind each cell's own week, and behind its neighbourhood's. */
  readonly ownHours: Float64Array;
  readonly nearHours: Float64Array;
  /** Weight of the neighbourhood in a cell's week. */
  readonly borrowed: Float64Array;
}

/**
 * Rate times shape. Rates are the forecast that the backtest judges (core/patrols/forecast): a
 * level and cell shares, smoothed over neighbours so that sparse cells borrow. Shape: the week of
 * all kinds together, blended into the neighbourhood's, blended into the cell's own. Every choice
 * is made on whole past months. Only events wholly before `asAt` count, and only reported
 * complaints and reported kerb crawling: no police discoveries (SAFEGUARDS 9).
 */
export function forecastDemand(
  columns: EventColumns,
  context: {
    readonly zone: Zone;
    /** The start of a London day. */
    readonly asAt: number;
    readonly study: Neighbourhood;
    readonly unknown?: readonly UnknownMonth[];
    readonly counts?: Counts | undefined;
  },
): Demand {
  const { zone, asAt, study } = context;
  const reports = readDemand(columns, context);
  const { forecast, next } = planForecast(reports, { zone, asAt, study });
  const { decay } = forecast.mix;
  const folds = foldsBefore(zone, next, "month", levelFolds);
  const strength = chooseStrength(reports, study, folds, decay);

  const wide = wideShape(reports, asAt, decay) ?? pooledShape(new Float64Array(hoursOfWeek));
  const weeks = cellWeeks(reports, study, asAt, decay);
  const listed = listedCells(reports, study);
  const rates = new Float64Array(listed.length * hoursOfWeek);
  const week = new Float64Array(hoursOfWeek);
  let elsewhere = forecast.perWeek;
  const doubt = {
    spread: forecast.spread,
    support: Float64Array.from(listed, (cell) => forecast.support[cell] as number),
    ownHours: new Float64Array(listed.length),
    nearHours: new Float64Array(listed.length),
    borrowed: new Float64Array(listed.length),
  };
  listed.forEach((cell, at) => {
    const rate = forecast.perWeek * (forecast.shares[cell] as number);
    const near = weeks.near(cell);
    const own = weeks.own(cell);
    const shape = blendedShape(own, blendedShape(near, wide, strength.near), strength.own);
    shape.forEach((share, hour) => {
      rates[at * hoursOfWeek + hour] = rate * share;
      week[hour] = (week[hour] as number) + rate * share;
    });
    elsewhere -= rate;
    doubt.ownHours[at] = sumOf(own) + strength.own;
    doubt.nearHours[at] = sumOf(near) + strength.near;
    doubt.borrowed[at] = strength.own / (sumOf(own) + strength.own);
  });
  wide.forEach((share, hour) => {
    week[hour] = (week[hour] as number) + Math.max(0, elsewhere) * share;
  });
  const { timed, ...counts } = countsOf(reports, listed, study, asAt);
  return {
    cells: listed.map((cell) => study.cells[cell] as H3Cell),
    rates,
    week,
    ...counts,
    doubt,
    method: { ...methodWords(forecast.mix, reports), timed },
  };
}

/** By whole months before the as-at day, from what is known at its start: what Plan goes by and what is sealed. */
export function planForecast(
  reports: Reports,
  given: { readonly zone: Zone; readonly asAt: number; readonly study: Neighbourhood },
): { readonly forecast: Forecast; readonly next: Pick<Fold, "from"> } {
  const { zone, asAt, study } = given;
  const next = { from: `${zone.dateOf(asAt).slice(0, 8)}01` };
  const forecaster = createForecaster(reports, { near: study, zone, horizon: "month" });
  return { forecast: forecaster(next, asAt), next };
}

export function weeklyTotal(demand: Demand): number {
  return sumOf(demand.week);
}

function listedCells({ cell }: DemandReports, { cells }: Neighbourhood): number[] {
  const zoneOf = cells.map((each) => parentCell(each, zoneResolution));
  const zones = new Set(Array.from(new Set(cell), (own) => zoneOf[own]));
  return [...cells.keys()].filter((index) => zones.has(zoneOf[index]));
}

const none = new Float64Array(hoursOfWeek);

/** Decayed reports by hour of the week, of a cell alone and with its neighbours. */
function cellWeeks(
  reports: DemandReports,
  { offsets, targets }: Neighbourhood,
  origin: number,
  decay: Decay,
) {
  const { weightOf } = decayTable(decay);
  const own = new Map<number, Float64Array>();
  const near = new Map<number, Float64Array>();
  const add = (weeks: Map<number, Float64Array>, cell: number, row: number, weight: number) => {
    const week = weeks.get(cell) ?? new Float64Array(hoursOfWeek);
    weeks.set(cell, week);
    addHours(week, reports, row, weight);
  };
  for (let row = 0; row < reports.cell.length; row += 1) {
    if ((reports.known[row] as number) > origin) continue;
    const age = origin - (reports.middle[row] as number);
    const weight = weightOf(age) * (reports.weight[row] as number);
    const cell = reports.cell[row] as number;
    add(own, cell, row, weight);
    add(near, cell, row, weight);
    const last = offsets[cell + 1] as number;
    for (let at = offsets[cell] as number; at < last; at += 1) {
      add(near, targets[at] as number, row, weight);
    }
  }
  return {
    own: (cell: number) => own.get(cell) ?? none,
    near: (cell: number) => near.get(cell) ?? none,
  };
}

function countsOf(
  reports: DemandReports,
  listed: readonly number[],
  study: Neighbourhood,
  asAt: number,
): Pick<Demand, "recent" | "known"> & Pick<ForecastMethod, "timed"> {
  const recent = new Uint32Array(study.cells.length);
  const known = new Uint32Array(study.cells.length);
  let [all, timed] = [0, 0];
  reports.cell.forEach((cell, row) => {
    const days = (asAt - (reports.middle[row] as number)) / dayMs;
    if (days <= demandDefaults.recentDays) recent[cell] = (recent[cell] as number) + 1;
    if (days > demandDefaults.knownDays) return;
    all += 1;
    if (!isTimed(reports, row)) return;
    timed += 1;
    known[cell] = (known[cell] as number) + 1;
  });
  return {
    recent: Uint32Array.from(listed, (cell) => recent[cell] as number),
    known: Uint32Array.from(listed, (cell) => known[cell] as number),
    timed: all === 0 ? 1 : timed / all,
  };
}

function methodWords(
  { model, folds }: ModelMix,
  reports: DemandReports,
): Omit<ForecastMethod, "timed"> {
  const told =
    folds === 0
      ? ": too few past months to weigh them by"
      : `, weighted by how each did in the last ${formatQuantity(folds, "month")}`;
  return {
    name: `The forecast averages ${methodsAveraged} methods${told}`,
    way: describeModel(model),
    ...leftOutOf(reports),
  };
}
