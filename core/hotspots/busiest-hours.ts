import { type EventFilter, matchTable } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface CellClocksInput {
  readonly events: PreparedEvents;
  /** Of the study set, from `studyIndexOfCells`. */
  readonly indexOfCell: Int32Array;
  /** Positions in the study set. */
  readonly cells: readonly number[];
  /** Its hours are not looked at: a clock has all 168. */
  readonly filter: EventFilter;
}

/**
 * Clocks of these cells, in their order: 168 weights by hour of week, equal to `summarise` of that
 * cell alone. One pass over the events near the dates; cells are few.
 */
export function cellClocks(input: CellClocksInput): readonly Float64Array[] {
  const { events, indexOfCell, cells, filter } = input;
  const { columns, isLong } = events;
  const clocks = cells.map(() => new Float64Array(hoursPerWeek));
  const clockOf = new Map(cells.map((cell, at) => [cell, clocks[at] as Float64Array]));
  const matches = matchTable(columns, filter);
  for (let row = 0; row < columns.length; row += 1) {
    const start = columns.start[row] as number;
    // Sorted by start.
    if (start >= filter.to) break;
    if (start < filter.from - events.lookBack || isLong[row] === 1 || !matches(row)) continue;
    const clock = clockOf.get(indexOfCell[columns.cell[row] as number] as number);
    if (clock) addRow(events, filter, row, clock);
  }
  return clocks;
}

/** An instant counts in its hour; a span by its minutes within the dates. */
function addRow(events: PreparedEvents, filter: EventFilter, row: number, clock: Float64Array) {
  const start = events.columns.start[row] as number;
  const span = (events.columns.end[row] as number) - start;
  if (span === 0) {
    if (start >= filter.from) add(clock, events.midpointHour[row] as number, 1);
    return;
  }
  const end = events.pieceAt[row + 1] as number;
  let at = start;
  for (let piece = events.pieceAt[row] as number; piece < end; piece += 1) {
    const until = at + (events.pieceMinutes[piece] as number);
    const minutes = Math.min(filter.to, until) - Math.max(filter.from, at);
    if (minutes > 0) add(clock, events.pieceHour[piece] as number, minutes / span);
    at = until;
  }
}

function add(clock: Float64Array, hour: number, weight: number): void {
  clock[hour] = (clock[hour] as number) + weight;
}
