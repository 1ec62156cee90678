import { type EventFilter, matchTable, reportedSources } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { describeWeeks } from "#core/hotspots/sentence.ts";
import { lowerBound } from "#core/hotspots/summary.ts";
import { classOfHarm } from "#core/records/harm.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";

export interface HarmSums {
  /** Per study cell, in units of the table of weights. */
  readonly harm: Float64Array;
  /** Counted reports inside the study set that have a weight, and those that have none. */
  readonly weighed: number;
  readonly unweighed: number;
}

/**
 * Sums the weights of the reports that the filter counts: the same reports as
 * `HotspotSummary.counts`, each whole, at the midpoint of its time. `byClass` is from
 * `harmByClass`, `indexOfCell` from `studyIndexOfCells`. Police discoveries are never included,
 * whatever sources the filter allows.
 */
export function sumHarm(
  events: PreparedEvents,
  indexOfCell: Int32Array,
  cells: number,
  filter: EventFilter,
  byClass: Float64Array,
): HarmSums {
  const harm = new Float64Array(cells);
  let [weighed, unweighed] = [0, 0];
  const { columns, midpoint, midpointHour, isLong, longRows } = events;
  const sources = filter.sources.filter((source) => reportedSources.includes(source));
  const matches = matchTable(columns, { ...filter, sources });
  const add = (row: number) => {
    const middle = midpoint[row] as number;
    const cell = indexOfCell[columns.cell[row] as number] as number;
    if (cell < 0 || middle < filter.from || middle >= filter.to || !matches(row)) return;
    const weight = byClass[
      classOfHarm(columns.kind[row] as number, columns.category[row] as number)
    ] as number;
    if (weight > 0) weighed += 1;
    else unweighed += 1;
    harm[cell] = (harm[cell] as number) + weight;
  };
  const last = lowerBound(columns.start, filter.to);
  for (let row = lowerBound(columns.start, filter.from - events.lookBack); row < last; row += 1) {
    const isIn = filter.hours === null || filter.hours[midpointHour[row] as number] === 1;
    if (isIn && isLong[row] === 0) add(row);
  }
  // Spans of a day or longer have no known hour: they count by date alone.
  if (filter.hours === null) for (const row of longRows) add(row);
  return { harm, weighed, unweighed };
}

/** Cumulative shares of harm at which classes end. */
const classEnds = [0.25, 0.5, 0.75] as const;
/** Class of places whose reports have no weight. */
export const noWeight = classEnds.length + 2;

/**
 * Class 1 to 4 per cell, by the cumulative share of harm in places with more: under a quarter,
 * under half, under three quarters, more. `noWeight` with unweighted reports only, 0 with none.
 * Independent of the weights' unit; equal harm gets equal class.
 */
export function harmClasses(harm: Float64Array, reports: ArrayLike<number>): Uint8Array {
  const total = harm.reduce((sum, value) => sum + value, 0);
  const falling = Array.from(harm.keys()).sort((a, b) => (harm[b] as number) - (harm[a] as number));
  const classes = new Uint8Array(harm.length);
  let [above, upTo, last] = [0, 0, -1];
  for (const cell of falling) {
    const own = harm[cell] as number;
    if (own === 0) {
      classes[cell] = (reports[cell] as number) > 0 ? noWeight : 0;
      continue;
    }
    if (own !== last) above = upTo;
    last = own;
    upTo += own;
    classes[cell] = 1 + classEnds.filter((end) => above >= end * total).length;
  }
  return classes;
}

function placesOfHalf(harm: Float64Array): number {
  const half = harm.reduce((sum, value) => sum + value, 0) / 2;
  let [held, places] = [0, 0];
  for (const value of harm.toSorted().reverse()) {
    if (held >= half) break;
    held += value;
    places += 1;
  }
  return places;
}

interface HarmTold {
  readonly weeks: number;
  readonly sums: HarmSums;
  readonly noun: { readonly one: string; readonly many: string };
}

/** "214 reports in 8 weeks: 1,234 units of harm, half of it in 9 places. 12 reports have no weight." */
export function describeHarm({ weeks, sums, noun }: HarmTold): string {
  const { harm, weighed, unweighed } = sums;
  const period = describeWeeks(weeks);
  const without =
    unweighed === 0
      ? ""
      : ` ${formatQuantity(unweighed, noun.one, noun.many)} ${unweighed === 1 ? "has" : "have"} no weight.`;
  if (weighed === 0) return `No ${noun.many} with a harm weight in ${period}.${without}`;
  const total = harm.reduce((sum, value) => sum + value, 0);
  const counted = formatQuantity(weighed, noun.one, noun.many);
  const half = formatQuantity(placesOfHalf(harm), "place");
  return `${counted} in ${period}: ${formatHarm(total)} units of harm, half of it in ${half}.${without}`;
}

/** "1,234" or, below a hundred, "12.5": in units of the table. */
export function formatHarm(value: number): string {
  const tenth = Math.round(value * 10) / 10;
  if (value > 0 && tenth === 0) return "under 0.1";
  return tenth >= 100 || Number.isInteger(tenth) ? formatCount(tenth) : tenth.toFixed(1);
}
