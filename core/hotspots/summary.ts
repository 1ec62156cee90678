import type { EventFilter } from "#core/hotspots/filter.ts";
import { matchTable } from "#core/hotspots/match.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

/** What one filter leaves, per cell of the study set and per hour of the week. */
export interface HotspotSummary {
  /** Events whose midpoint lies inside, per study cell: whole, additive, what every test reads. */
  readonly counts: Int32Array;
  /** Aoristic share inside, per study cell: fractional, what map and ranking read. */
  readonly weights: Float64Array;
  /** Aoristic weight by hour of the London week, under the dates but not under the hour filter. */
  readonly clock: Float64Array;
  /** Events counted inside the study set. */
  total: number;
  /** Their weight. */
  weight: number;
  /** Events inside the dates whose span is over 24 hours: they join no hour filter. */
  hourUnknown: number;
  /** Events that pass the filter but lie outside the study set. */
  outside: number;
}

export function createSummary(cells: number): HotspotSummary {
  return {
    counts: new Int32Array(cells),
    weights: new Float64Array(cells),
    clock: new Float64Array(hoursPerWeek),
    total: 0,
    weight: 0,
    hourUnknown: 0,
    outside: 0,
  };
}

/**
 * Fills `summary` (its arrays are reused, so that a brush move allocates nothing).
 * `indexOfCell` is from `studyIndexOfCells`. Cost: the events that start inside the dates, or at
 * most the longest short span before them, and all long spans.
 */
export function summarise(
  events: PreparedEvents,
  indexOfCell: Int32Array,
  filter: EventFilter,
  summary: HotspotSummary,
): HotspotSummary {
  summary.counts.fill(0);
  summary.weights.fill(0);
  summary.clock.fill(0);
  summary.total = 0;
  summary.weight = 0;
  summary.hourUnknown = 0;
  summary.outside = 0;
  const matches = matchTable(events.columns, filter);
  const { start } = events.columns;
  const last = lowerBound(start, filter.to);
  for (let row = lowerBound(start, filter.from - events.lookBack); row < last; row += 1) {
    if (matches(row) && events.isLong[row] === 0)
      addShort(events, row, indexOfCell, filter, summary);
  }
  for (const row of events.longRows) {
    if (matches(row)) addLong(events, row, indexOfCell, filter, summary);
  }
  return summary;
}

function addShort(
  events: PreparedEvents,
  row: number,
  indexOfCell: Int32Array,
  filter: EventFilter,
  summary: HotspotSummary,
): void {
  const cell = indexOfCell[events.columns.cell[row] as number] as number;
  const middle = events.midpoint[row] as number;
  const hour = events.midpointHour[row] as number;
  const isCounted =
    middle >= filter.from &&
    middle < filter.to &&
    (filter.hours === null || filter.hours[hour] === 1);
  if (cell < 0) {
    if (isCounted) summary.outside += 1;
    return;
  }
  if (isCounted) {
    summary.counts[cell] = (summary.counts[cell] as number) + 1;
    summary.total += 1;
  }
  const share = addShares(events, row, filter, summary.clock);
  summary.weights[cell] = (summary.weights[cell] as number) + share;
  summary.weight += share;
}

/** Adds the event to the clock and returns its share inside dates and hours. */
function addShares(
  events: PreparedEvents,
  row: number,
  filter: EventFilter,
  clock: Float64Array,
): number {
  const first = events.pieceAt[row] as number;
  const end = events.pieceAt[row + 1] as number;
  if (first === end) {
    const at = events.columns.start[row] as number;
    if (at < filter.from || at >= filter.to) return 0;
    const hour = events.midpointHour[row] as number;
    clock[hour] = (clock[hour] as number) + 1;
    return filter.hours === null || filter.hours[hour] === 1 ? 1 : 0;
  }
  const span = (events.columns.end[row] as number) - (events.columns.start[row] as number);
  let inside = 0;
  for (let piece = first; piece < end; piece += 1) {
    const from = Math.max(filter.from, events.pieceStart[piece] as number);
    const to = Math.min(filter.to, events.pieceEnd[piece] as number);
    if (to <= from) continue;
    const hour = events.pieceHour[piece] as number;
    clock[hour] = (clock[hour] as number) + (to - from) / span;
    if (filter.hours === null || filter.hours[hour] === 1) inside += to - from;
  }
  return inside / span;
}

/** A span over 24 hours counts by date alone; under an hour filter it is only said to be there. */
function addLong(
  events: PreparedEvents,
  row: number,
  indexOfCell: Int32Array,
  filter: EventFilter,
  summary: HotspotSummary,
): void {
  const { columns } = events;
  const cell = indexOfCell[columns.cell[row] as number] as number;
  const middle = events.midpoint[row] as number;
  const isInside = middle >= filter.from && middle < filter.to;
  if (cell < 0) {
    if (isInside && filter.hours === null) summary.outside += 1;
    return;
  }
  if (isInside) summary.hourUnknown += 1;
  if (filter.hours !== null) return;
  if (isInside) {
    summary.counts[cell] = (summary.counts[cell] as number) + 1;
    summary.total += 1;
  }
  const from = columns.start[row] as number;
  const to = columns.end[row] as number;
  const overlap = Math.min(filter.to, to) - Math.max(filter.from, from);
  if (overlap <= 0) return;
  const share = overlap / (to - from);
  summary.weights[cell] = (summary.weights[cell] as number) + share;
  summary.weight += share;
}

/** The first row whose value is at or above `value`, in ascending order. */
function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
