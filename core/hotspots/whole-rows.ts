import type { HotspotSummary } from "#core/hotspots/counts.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { addRowClock, type RowIndex } from "#core/hotspots/row-index.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface WholeRows {
  readonly events: PreparedEvents;
  readonly index: RowIndex;
  /** 1 for each class of rows that counts. */
  readonly flags: Uint8Array;
  /** 1 for each class of rows that police discovered; null where none or all are. */
  readonly police: Uint8Array | null;
  /** Null: every hour. */
  readonly hours: Uint8Array | null;
  readonly first: number;
  readonly last: number;
}

/**
 * Adds the short rows `first .. last`, whose spans lie wholly inside the dates: nearly all of a
 * window. No share is cut, so the work is one look per row.
 */
export function addWholeRows(rows: WholeRows, summary: HotspotSummary): void {
  const { index, hours, police } = rows;
  const { counting } = index;
  const cells = summary.counts.length;
  counting.fill(0);
  const weights = hours === null ? countRows(rows) : countInHours(rows, hours);
  addClock(rows, summary.clock);
  if (police !== null) summary.discovered += discoveredIn(rows, police);
  // The extra last slot took the rows outside the study set.
  for (let cell = 0; cell < cells; cell += 1) {
    const count = counting[cell] as number;
    summary.counts[cell] = (summary.counts[cell] as number) + count;
    summary.total += count;
    summary.weights[cell] = (summary.weights[cell] as number) + (weights[cell] as number);
  }
  summary.outside += counting[cells] as number;
}

/** Counts into `counting`; where no hour is asked for, a count is its own weight. */
function countRows({ index, flags, first, last }: WholeRows): Int32Array {
  const { cellOfRow, classOfRow, counting } = index;
  for (let row = first; row < last; row += 1) {
    const cell = cellOfRow[row] as number;
    counting[cell] = (counting[cell] as number) + (flags[classOfRow[row] as number] as number);
  }
  return counting;
}

function countInHours(
  { events, index, flags, first, last }: WholeRows,
  hours: Uint8Array,
): Float64Array {
  const { cellOfRow, classOfRow, counting } = index;
  const weights = new Float64Array(counting.length);
  const near = hoursNear(hours);
  const shareOf = createHourShares(events, hours);
  for (let row = first; row < last; row += 1) {
    const hour = events.midpointHour[row] as number;
    if (flags[classOfRow[row] as number] === 0 || near[hour] === 0) continue;
    const cell = cellOfRow[row] as number;
    counting[cell] = (counting[cell] as number) + (hours[hour] as number);
    weights[cell] = (weights[cell] as number) + shareOf(row);
  }
  return weights;
}

/** Hours at which the middle of a span of less than a day may lie for a part of it to be in these. */
function hoursNear(hours: Uint8Array): Uint8Array {
  const near = new Uint8Array(hoursPerWeek);
  for (let hour = 0; hour < hoursPerWeek; hour += 1) {
    if (hours[hour] === 0) continue;
    // Half a day, with an hour for a clock change and one for a part of an hour.
    for (let by = -14; by <= 14; by += 1) near[(hour + by + hoursPerWeek) % hoursPerWeek] = 1;
  }
  return near;
}

function discoveredIn(
  { events, index, hours, first, last }: WholeRows,
  police: Uint8Array,
): number {
  const { cellOfRow, classOfRow, counting } = index;
  const outside = counting.length - 1;
  let discovered = 0;
  for (let row = first; row < last; row += 1) {
    if (police[classOfRow[row] as number] === 0 || cellOfRow[row] === outside) continue;
    discovered += hours === null ? 1 : (hours[events.midpointHour[row] as number] as number);
  }
  return discovered;
}

/**
 * Share of a row's span inside the hours. Its pieces are consecutive hours except at a clock
 * change, so a running sum of the mask covers all but the first and last.
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

function addClock(rows: WholeRows, clock: Float64Array): void {
  const { first, last } = rows;
  const { blockRows } = rows.index;
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
