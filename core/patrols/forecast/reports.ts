import { type EventFilter, matchTable } from "#core/hotspots/filter.ts";
import type { EventColumns } from "#core/records/columns.ts";
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
}

/** The columns' events of these kinds, sources and categories; dates and hours of the filter are not asked. */
export function reportsOf(
  columns: EventColumns,
  indexOfCell: Int32Array,
  filter: Pick<EventFilter, "kinds" | "sources" | "categories">,
): Reports {
  const matches = matchTable(columns, filter);
  const rows: number[] = [];
  for (let row = 0; row < columns.length; row += 1) {
    if (matches(row) && (indexOfCell[columns.cell[row] as number] as number) >= 0) rows.push(row);
  }
  const middleOf = (row: number) =>
    ((columns.start[row] as number) + (columns.end[row] as number)) / 2;
  return {
    cell: Uint32Array.from(rows, (row) => indexOfCell[columns.cell[row] as number] as number),
    middle: Float64Array.from(rows, (row) => middleOf(row) * minuteMs),
    known: Float64Array.from(rows, (row) => (columns.end[row] as number) * minuteMs),
    weight: new Float64Array(rows.length).fill(1),
  };
}

/**
 * Reports of a fold by cell; what counts less than one adds up to whole ones over a day. `knownBy`: those alone of which all
 * was known at that instant.
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
