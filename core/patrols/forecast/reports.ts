import { type EventFilter, matchTable } from "#core/hotspots/filter.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { isUnknownAt, leftOutSentence, type UnknownMonth } from "#core/records/unknown-months.ts";
import type { Fold } from "#core/stats/folds.ts";
import { minuteMs } from "#core/time/zone.ts";

/** What a forecast is made from and judged by: reports inside the study set, in the order of the columns. */
export interface Reports {
  /** Index of the study cell. */
  readonly cell: Uint32Array;
  /** Epoch milliseconds of the middle of the span: when it counts as having happened. */
  readonly middle: Float64Array;
  /** Epoch milliseconds of the end of the span: from then on it may be learnt from. */
  readonly known: Float64Array;
  /** What it counts as: 1, or less where only so many count from one place in one day. */
  readonly weight: Float64Array;
  /** Months of which no report is here, as nothing can be learnt from them. */
  readonly unknown?: readonly UnknownMonth[];
}

/** The columns' events of these kinds, sources and categories; dates and hours of the filter are not asked. */
export function reportsOf(
  columns: EventColumns,
  indexOfCell: Int32Array,
  filter: Pick<EventFilter, "kinds" | "sources" | "categories">,
  unknown: readonly UnknownMonth[] = [],
): Reports {
  const matches = matchTable(columns, filter);
  const middleOf = (row: number) =>
    ((columns.start[row] as number) + (columns.end[row] as number)) / 2;
  const rows: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    const isInside = (indexOfCell[columns.cell[row] as number] as number) >= 0;
    if (!matches(row) || !isInside || isUnknownAt(middleOf(row) * minuteMs, unknown)) continue;
    rows.push(row);
  }
  return {
    cell: Uint32Array.from(rows, (row) => indexOfCell[columns.cell[row] as number] as number),
    middle: Float64Array.from(rows, (row) => middleOf(row) * minuteMs),
    known: Float64Array.from(rows, (row) => (columns.end[row] as number) * minuteMs),
    weight: new Float64Array(rows.length).fill(1),
    unknown,
  };
}

/**
 * Reports of a fold by cell; fractional weights add up to whole reports over a day. `knownBy`: only
 * reports fully known at that instant.
 */
export function observedIn(
  reports: Reports,
  cells: number,
  { start, end }: Pick<Fold, "start" | "end">,
  knownBy = Number.POSITIVE_INFINITY,
): Uint32Array {
  const observed = new Float64Array(cells);
  for (let row = 0; row < reports.cell.length; row += 1) {
    const at = reports.middle[row] as number;
    if (at < start || at >= end || (reports.known[row] as number) > knownBy) continue;
    const cell = reports.cell[row] as number;
    observed[cell] = (observed[cell] as number) + (reports.weight[row] as number);
  }
  return Uint32Array.from(observed, Math.round);
}

/** Which months are unknown, in words; nothing where none is. */
export function leftOutOf({ unknown = [] }: Pick<Reports, "unknown">): {
  readonly leftOut?: string;
} {
  return unknown.length === 0
    ? {}
    : { leftOut: leftOutSentence(unknown.map(({ month }) => month)) };
}

/** Periods of which everything that came can be known. */
export function knownFolds<Period extends Pick<Fold, "start" | "end">>(
  folds: readonly Period[],
  { unknown = [] }: Pick<Reports, "unknown">,
): Period[] {
  return folds.filter(
    (fold) => !unknown.some(({ start, end }) => start < fold.end && end > fold.start),
  );
}
