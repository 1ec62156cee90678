import type { H3Cell } from "#core/geo/cell.ts";
import { planForecast } from "#core/patrols/demand/demand.ts";
import { areaShares, bestEdges, heldBy } from "#core/patrols/forecast/backtest.ts";
import { countSince, type Neighbourhood, roomOf } from "#core/patrols/forecast/cell-shares.ts";
import { learntInterval } from "#core/patrols/forecast/interval.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import type { OutcomeContent, SealContent } from "#core/patrols/wire/forecast-seals.ts";
import type { Zone } from "#core/time/zone.ts";

/** Of the method: a change of what it forecasts is a new one. */
const methodVersion = 1;
const parts = 1e9;
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** What Plan's forecast and the plain counts say of a week, from reports over before `asAt` (the start of a local day). */
export function sealOf(
  reports: Reports,
  given: {
    readonly zone: Zone;
    readonly asAt: number;
    readonly week: string;
    readonly study: Neighbourhood;
  },
): SealContent {
  const { zone, asAt, week, study } = given;
  const { forecast } = planForecast(reports, given);
  const mean = forecast.perWeek;
  const count = (months: number) => sparseOf(countSince(reports, study.cells.length, asAt, months));
  return {
    format: 1,
    week,
    asAt: zone.dateOf(asAt),
    method: methodVersion,
    seed: 1,
    weights: Array.from(forecast.mix.weights, (weight) => rounded(weight, 6)),
    reports: reports.known.filter((at) => at <= asAt).length,
    expected: rounded(mean, 3),
    ...learntInterval(mean, forecast.spread),
    cells: stepsOf(study.cells),
    shares: Array.from(forecast.shares, (share) => Math.round(share * parts)),
    counts: { "count-3": count(3), "count-12": count(12), "count-36": count(36) },
  };
}

const scoredShares = areaShares.filter((share) => share <= 0.05);

/** Scored by what came in each of the seal's cells. */
export function outcomeOf(
  seal: SealContent,
  given: { readonly asAt: string; readonly came: Uint32Array },
): OutcomeContent {
  const { came } = given;
  const held = (rates: Float64Array) =>
    bestEdges(rates).map((edge) => rounded(heldBy(edge, rates, came), 6));
  const forecast = held(Float64Array.from(seal.shares));
  const by = (row: readonly number[]) => held(filledOf(row, seal.shares.length));
  const counts = {
    "count-3": by(seal.counts["count-3"]),
    "count-12": by(seal.counts["count-12"]),
    "count-36": by(seal.counts["count-36"]),
  };
  const room = roomOf(seal.shares.length);
  return {
    format: 1,
    week: seal.week,
    asAt: given.asAt,
    came: sparseOf(Float64Array.from(came)),
    total: came.reduce((sum, count) => sum + count, 0),
    scores: scoredShares.map((share, at) => ({
      share,
      cells: room(share),
      forecast: forecast[at] ?? 0,
      counts: {
        "count-3": counts["count-3"][at] ?? 0,
        "count-12": counts["count-12"][at] ?? 0,
        "count-36": counts["count-36"][at] ?? 0,
      },
    })),
  };
}

function sparseOf(values: Float64Array): number[] {
  return [...values.entries()].flatMap(([at, value]) =>
    value === 0 ? [] : [at, rounded(value, 3)],
  );
}

/** Null for what is no such list: a cell that is not there, or one said twice. */
export function readSparse(row: readonly number[], length: number): Float64Array | null {
  let last = -1;
  for (let at = 0; at < row.length; at += 2) {
    const [cell = -1, value = 0] = [row[at], row[at + 1]];
    if (!Number.isInteger(cell) || cell <= last || cell >= length || !(value > 0)) return null;
    last = cell;
  }
  return row.length % 2 === 0 ? filledOf(row, length) : null;
}

function filledOf(row: readonly number[], length: number): Float64Array {
  const values = new Float64Array(length);
  for (let at = 0; at < row.length; at += 2) values[row[at] ?? 0] = row[at + 1] ?? 0;
  return values;
}

/** What every cell of resolution 10 ends in. */
const unusedBits = 15n;

function stepsOf(cells: readonly H3Cell[]): number[] {
  let last = 0;
  return cells.map((cell) => {
    const index = Number(BigInt(`0x${cell}`) >> unusedBits);
    const step = index - last;
    last = index;
    return step;
  });
}

export function cellsOf({ cells }: Pick<SealContent, "cells">): H3Cell[] {
  let index = 0;
  return cells.map((step) => {
    index += step;
    const whole = (BigInt(index) << unusedBits) | ((1n << unusedBits) - 1n);
    return whole.toString(16) as H3Cell;
  });
}
