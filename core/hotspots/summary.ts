import type { HotspotSummary } from "#core/hotspots/counts.ts";
import { type EventFilter, matchTable } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { classFlags, type RowIndex, rowIndexOf } from "#core/hotspots/row-index.ts";
import { addWholeRows } from "#core/hotspots/whole-rows.ts";
import { eventSources } from "#core/records/event.ts";
import { hoursPerWeek } from "#core/stats/aoristic.ts";

/**
 * Fills `summary` (arrays are reused, so a brush move allocates nothing). `indexOfCell` is from
 * `studyIndexOfCells`. Cost: one look at each event that starts inside the dates, and some more for
 * events at their ends and long spans, whose share is cut.
 */
export function summarise(
  events: PreparedEvents,
  indexOfCell: Int32Array,
  filter: EventFilter,
  summary: HotspotSummary,
  index: RowIndex = rowIndexOf(events, indexOfCell, summary.counts.length),
): HotspotSummary {
  summary.counts.fill(0);
  summary.weights.fill(0);
  summary.clock.fill(0);
  summary.total = 0;
  summary.discovered = 0;
  summary.weight = 0;
  summary.hourUnknown = 0;
  summary.outside = 0;
  const run: Run = { events, indexOfCell, filter, hours: filter.hours ?? everyHour, summary };
  const { start } = events.columns;
  const first = lowerBound(start, filter.from);
  const last = Math.max(first, lowerBound(start, filter.to));
  // Whatever starts before this ends inside the dates.
  const cut = Math.min(last, Math.max(first, lowerBound(start, filter.to - events.lookBack)));
  const flags = classFlags(index, filter);
  const police = policeAmong(index, flags, filter.sources);
  addWholeRows({ events, index, flags, police, hours: filter.hours, first, last: cut }, summary);
  if (filter.sources.length === 1 && filter.sources[0] === "police") {
    summary.discovered = summary.total;
  }
  const matches = matchTable(events.columns, filter);
  const addRows = (from: number, to: number) => {
    for (let row = from; row < to; row += 1) {
      if (matches(row) && events.isLong[row] === 0) addShort(run, row);
    }
  };
  addRows(lowerBound(start, filter.from - events.lookBack), first);
  addRows(cut, last);
  for (const row of longRowsNear(run, index)) {
    if (matches(row)) addLong(run, row);
  }
  for (const weight of summary.weights) summary.weight += weight;
  return summary;
}

/** The classes that police discovered, where the filter mixes them with others; else null. */
function policeAmong(
  { classes }: RowIndex,
  flags: Uint8Array,
  sources: EventFilter["sources"],
): Uint8Array | null {
  if (!sources.includes("police") || sources.length === 1) return null;
  return flags.map((flag, at) => {
    const source = classes[at]?.source;
    return flag === 1 && source !== undefined && eventSources[source] === "police" ? 1 : 0;
  });
}

function longRowsNear({ events, filter }: Run, index: RowIndex): Uint32Array {
  const { longRows, columns } = events;
  const startsBefore = (minute: number) => {
    let low = 0;
    let high = longRows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((columns.start[longRows[middle] as number] as number) < minute) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return longRows.subarray(
    startsBefore(filter.from - index.longLookBack),
    Math.max(0, startsBefore(filter.to)),
  );
}

interface Run {
  readonly events: PreparedEvents;
  readonly indexOfCell: Int32Array;
  readonly filter: EventFilter;
  /** The hours of the filter; all of them where it names none. */
  readonly hours: Uint8Array;
  readonly summary: HotspotSummary;
}

const everyHour = new Uint8Array(hoursPerWeek).fill(1);

function addShort(run: Run, row: number): void {
  const { events, filter, summary } = run;
  const cell = run.indexOfCell[events.columns.cell[row] as number] as number;
  const middle = events.midpoint[row] as number;
  const isCounted =
    middle >= filter.from &&
    middle < filter.to &&
    run.hours[events.midpointHour[row] as number] === 1;
  if (isCounted) addCount(run, row, cell);
  if (cell < 0) return;
  const share = shareOf(run, row);
  summary.weights[cell] = (summary.weights[cell] as number) + share;
}

function addCount({ events, summary }: Run, row: number, cell: number): void {
  if (cell < 0) {
    summary.outside += 1;
    return;
  }
  summary.counts[cell] = (summary.counts[cell] as number) + 1;
  summary.total += 1;
  if (eventSources[events.columns.source[row] as number] === "police") summary.discovered += 1;
}

/** Adds the event to the clock and returns its share inside dates and hours. */
function shareOf(run: Run, row: number): number {
  const { events, filter, hours, summary } = run;
  const from = events.columns.start[row] as number;
  const to = events.columns.end[row] as number;
  if (from === to) return shareOfInstant(run, row, from);
  if (from < filter.from || to > filter.to) return shareOfClipped(run, row);
  const { pieceHour, pieceMinutes } = events;
  const { clock } = summary;
  const perMinute = 1 / (to - from);
  const end = events.pieceAt[row + 1] as number;
  let inside = 0;
  for (let piece = events.pieceAt[row] as number; piece < end; piece += 1) {
    const minutes = pieceMinutes[piece] as number;
    const hour = pieceHour[piece] as number;
    clock[hour] = (clock[hour] as number) + minutes * perMinute;
    inside += minutes * (hours[hour] as number);
  }
  return inside * perMinute;
}

function shareOfInstant({ events, filter, hours, summary }: Run, row: number, at: number): number {
  if (at < filter.from || at >= filter.to) return 0;
  const hour = events.midpointHour[row] as number;
  summary.clock[hour] = (summary.clock[hour] as number) + 1;
  return hours[hour] as number;
}

/** A span across an end of the dates: its pieces run on from its start. */
function shareOfClipped({ events, filter, hours, summary }: Run, row: number): number {
  const { clock } = summary;
  const span = (events.columns.end[row] as number) - (events.columns.start[row] as number);
  const end = events.pieceAt[row + 1] as number;
  let at = events.columns.start[row] as number;
  let inside = 0;
  for (let piece = events.pieceAt[row] as number; piece < end; piece += 1) {
    const until = at + (events.pieceMinutes[piece] as number);
    const minutes = Math.min(filter.to, until) - Math.max(filter.from, at);
    at = until;
    if (minutes <= 0) continue;
    const hour = events.pieceHour[piece] as number;
    clock[hour] = (clock[hour] as number) + minutes / span;
    inside += minutes * (hours[hour] as number);
  }
  return inside / span;
}

/** A span of a day or longer counts by date only; an hour filter just notes it. */
function addLong(run: Run, row: number): void {
  const { events, filter, summary } = run;
  const cell = run.indexOfCell[events.columns.cell[row] as number] as number;
  const middle = events.midpoint[row] as number;
  const isInside = middle >= filter.from && middle < filter.to;
  if (isInside && cell >= 0) summary.hourUnknown += 1;
  if (filter.hours !== null) return;
  if (isInside) addCount(run, row, cell);
  const from = events.columns.start[row] as number;
  const to = events.columns.end[row] as number;
  const overlap = Math.min(filter.to, to) - Math.max(filter.from, from);
  if (overlap <= 0 || cell < 0) return;
  const share = overlap / (to - from);
  summary.weights[cell] = (summary.weights[cell] as number) + share;
}

/** The first row whose value is at or above `value`, in ascending order. */
export function lowerBound(values: Int32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
