import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { addRowClock, type RowIndex } from "#core/hotspots/row-index.ts";
import type { HotspotSummary } from "#core/hotspots/summary.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface WholeRows {
  readonly events: PreparedEvents;
  readonly index: RowIndex;
  /** 1 for each class of rows that counts. */
  readonly flags: Uint8Array;
  /** Null: every hour. */
  readonly hours: Uint8Array | null;
  readonly first: number;
  readonly last: number;
}

/**
 * Adds the short rows `first .. last`, whose spans lie wholly inside the dates: nearly all of a window.
 * No share of theirs is cut at its ends, so that the work is one look at each row.
 */
export function addWholeRows(rows: WholeRows, summary: HotspotSummary): void {
  const { index } = rows;
  const cells = summary.counts.length;
  index.counting.fill(0);
  if (rows.hours === null) countRows(rows);
  else countInHours(rows, rows.hours, summary.weights);
  for (let cell = 0; cell < cells; cell += 1) {
    const count = index.counting[cell] as number;
    if (count === 0) continue;
    summary.counts[cell] = (summary.counts[cell] as number) + count;
    summary.total += count;
    if (rows.hours === null) summary.weights[cell] = (summary.weights[cell] as number) + count;
  }
  summary.outside += index.counting[cells] as number;
  addClock(rows, summary.clock);
}

function countRows({ index, flags, first, last }: WholeRows): void {
  const { cellOfRow, classOfRow, counting } = index;
  for (let row = first; row < last; row += 1) {
    const cell = cellOfRow[row] as number;
    counting[cell] = (counting[cell] as number) + (flags[classOfRow[row] as number] as number);
  }
}

/** Counts by the hour of the midpoint, and adds to the weights the share that lies in the hours. */
function countInHours(rows: WholeRows, hours: Uint8Array, weights: Float64Array): void {
  const { events, index, flags, first, last } = rows;
  const { cellOfRow, classOfRow, counting } = index;
  const { midpointHour } = events;
  const shareOf = createHourShares(events, hours);
  const outside = weights.length;
  for (let row = first; row < last; row += 1) {
    if (flags[classOfRow[row] as number] === 0) continue;
    const cell = cellOfRow[row] as number;
    counting[cell] = (counting[cell] as number) + (hours[midpointHour[row] as number] as number);
    if (cell !== outside) weights[cell] = (weights[cell] as number) + shareOf(row);
  }
}

/**
 * Share of a row's span inside the hours. Its pieces are one hour after another but for a clock
 * change, so that all between the first and the last come from a running sum of the mask.
 */
function createHourShares(events: PreparedEvents, hours: Uint8Array): (row: number) => number {
  const { columns, pieceAt, pieceHour, pieceMinutes, midpointHour } = events;
  const { start, end } = columns;
  const running = new Uint16Array(2 * hoursPerWeek + 1);
  for (let hour = 0; hour < 2 * hoursPerWeek; hour += 1) {
    running[hour + 1] = (running[hour] as number) + 60 * (hours[hour % hoursPerWeek] as number);
  }
  return (row) => {
    const span = (end[row] as number) - (start[row] as number);
    if (span === 0) return hours[midpointHour[row] as number] as number;
    const from = pieceAt[row] as number;
    const last = (pieceAt[row + 1] as number) - 1;
    const hour = pieceHour[from] as number;
    const lastHour = pieceHour[last] as number;
    let inside = (pieceMinutes[from] as number) * (hours[hour] as number);
    if (last === from) return inside / span;
    inside += (pieceMinutes[last] as number) * (hours[lastHour] as number);
    const pieces = last - from;
    if ((hour + pieces) % hoursPerWeek === lastHour) {
      return (inside + (running[hour + pieces] as number) - (running[hour + 1] as number)) / span;
    }
    for (let piece = from + 1; piece < last; piece += 1) {
      inside += (pieceMinutes[piece] as number) * (hours[pieceHour[piece] as number] as number);
    }
    return inside / span;
  };
}

/** Whole blocks from their sums, what is left at either end row by row. */
function addClock(rows: WholeRows, clock: Float64Array): void {
  const { index, first, last } = rows;
  const { blockRows } = index;
  const firstBlock = Math.ceil(first / blockRows);
  const lastBlock = Math.max(firstBlock, Math.floor(last / blockRows));
  addRowClocks(rows, first, Math.min(last, firstBlock * blockRows), clock);
  for (let block = firstBlock; block < lastBlock; block += 1) addBlock(rows, block, clock);
  addRowClocks(rows, Math.max(first, Math.min(last, lastBlock * blockRows)), last, clock);
}

function addBlock({ index, flags }: WholeRows, block: number, clock: Float64Array): void {
  const { classes, blockClock } = index;
  for (let number = 0; number < classes.length; number += 1) {
    if (flags[number] === 0) continue;
    const at = (block * classes.length + number) * hoursPerWeek;
    for (let hour = 0; hour < hoursPerWeek; hour += 1) {
      clock[hour] = (clock[hour] as number) + (blockClock[at + hour] as number);
    }
  }
}

function addRowClocks(
  { events, index, flags }: WholeRows,
  from: number,
  to: number,
  clock: Float64Array,
): void {
  const outside = index.counting.length - 1;
  for (let row = from; row < to; row += 1) {
    if (flags[index.classOfRow[row] as number] === 0 || index.cellOfRow[row] === outside) continue;
    addRowClock(events, row, clock, 0);
  }
}
