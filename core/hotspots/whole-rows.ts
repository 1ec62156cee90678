import type { HotspotSummary } from "#core/hotspots/counts.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { addRowClock, type RowIndex } from "#core/hotspots/row-index.ts";
import {
  type AddRows,
  addBetween,
  type RowFilter,
  runningSums,
} from "#core/hotspots/running-sums.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

export interface WholeRows extends RowFilter {
  readonly events: PreparedEvents;
  readonly index: RowIndex;
  /** 1 for each class of rows that police discovered; null where none or all are. */
  readonly police: Uint8Array | null;
  readonly first: number;
  readonly last: number;
}

/**
 * Adds the short rows `first .. last`, whose spans lie wholly inside the dates: nearly all of a
 * window. No share is cut, so the work is one look per row, and from the second brush move on a
 * subtraction and a look at the rows at either end.
 */
export function addWholeRows(rows: WholeRows, summary: HotspotSummary): void {
  const { index, hours, first, last } = rows;
  const { counting } = index;
  const cells = summary.counts.length;
  counting.fill(0);
  const add = createAdder(rows);
  // The extra last slot takes rows outside the study set.
  const weights = hours === null ? null : new Float64Array(cells + 1);
  const into = { counts: counting, weights, clock: summary.clock };
  const sums = runningSums(index, rows, add);
  const from = sums ? Math.ceil(first / sums.stepRows) : 0;
  const to = sums ? Math.floor(last / sums.stepRows) : 0;
  if (sums && from < to) {
    const discovered =
      add(first, from * sums.stepRows, into).discovered +
      add(to * sums.stepRows, last, into).discovered;
    addBetween(sums.counts, [from, to], counting, cells + 1);
    addBetween(sums.clock, [from, to], summary.clock, hoursPerWeek);
    if (sums.weights && weights) addBetween(sums.weights, [from, to], weights, cells + 1);
    const between = (sums.discovered[to] as number) - (sums.discovered[from] as number);
    summary.discovered += discovered + between;
  } else summary.discovered += add(first, last, into).discovered;
  for (let cell = 0; cell < cells; cell += 1) {
    const count = counting[cell] as number;
    summary.counts[cell] = (summary.counts[cell] as number) + count;
    summary.total += count;
    const weight = weights === null ? count : (weights[cell] as number);
    summary.weights[cell] = (summary.weights[cell] as number) + weight;
  }
  summary.outside += counting[cells] as number;
}

function createAdder(rows: WholeRows): AddRows {
  const { events, hours } = rows;
  const shareOf = hours === null ? null : createHourShares(events, hours);
  return (from, to, { counts, weights, clock }) => {
    if (hours === null || shareOf === null || weights === null) countRows(rows, from, to, counts);
    else countInHours(rows, { hours, shareOf, from, to }, counts, weights);
    addClock(rows, from, to, clock);
    return { discovered: rows.police === null ? 0 : discoveredIn(rows, rows.police, from, to) };
  };
}

function countRows({ index, flags }: WholeRows, from: number, to: number, counts: Int32Array) {
  const { cellOfRow, classOfRow } = index;
  for (let row = from; row < to; row += 1) {
    const cell = cellOfRow[row] as number;
    counts[cell] = (counts[cell] as number) + (flags[classOfRow[row] as number] as number);
  }
}

interface HourRange {
  readonly hours: Uint8Array;
  readonly shareOf: (row: number) => number;
  readonly from: number;
  readonly to: number;
}

function countInHours(
  { events, index, flags }: WholeRows,
  { hours, shareOf, from, to }: HourRange,
  counts: Int32Array,
  weights: Float64Array,
): void {
  const { cellOfRow, classOfRow } = index;
  const { midpointHour } = events;
  for (let row = from; row < to; row += 1) {
    if (flags[classOfRow[row] as number] === 0) continue;
    const cell = cellOfRow[row] as number;
    counts[cell] = (counts[cell] as number) + (hours[midpointHour[row] as number] as number);
    weights[cell] = (weights[cell] as number) + shareOf(row);
  }
}

function discoveredIn(
  { events, index, hours }: WholeRows,
  police: Uint8Array,
  from: number,
  to: number,
): number {
  const { cellOfRow, classOfRow, counting } = index;
  const outside = counting.length - 1;
  let discovered = 0;
  for (let row = from; row < to; row += 1) {
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

function addClock(rows: WholeRows, first: number, last: number, clock: Float64Array): void {
  const { index } = rows;
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
