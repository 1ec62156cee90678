import { createSummary, type HotspotSummary } from "#core/hotspots/counts.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import type { StreetSet } from "#core/hotspots/streets/street-set.ts";
import { summarise } from "#core/hotspots/summary.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { otherStreets, type StreetEvents } from "#core/records/event-street.ts";

export interface StreetCounts {
  readonly counts: Int32Array;
  readonly weights: Float64Array;
  /** By hour of the week, for all events of the area, on a street or not. */
  readonly clock: Float64Array;
  readonly total: number;
  /** Of these, on a segment of the set. */
  readonly placed: number;
  /** Of the rest, on streets since replaced; all others have no street. */
  readonly elsewhere: number;
  readonly discovered: number;
  readonly hourUnknown: number;
  readonly outside: number;
}

/**
 * Index of each event's segment in the set, followed by two extra places: without a street of the
 * area, and on other streets. -1 for an event whose own cell lies outside the area, so that areas
 * add up as they do by cell.
 */
export function streetIndexOfRows({ columns, segment }: StreetEvents, set: StreetSet): Int32Array {
  const isInside = columns.cells.map((cell) => set.area.indexOf.has(cell));
  const without = set.segments.length;
  return Int32Array.from(columns.cell, (cell, row) => {
    if (!isInside[cell]) return -1;
    const own = segment[row] as number;
    if (own === otherStreets) return without + 1;
    const index = own >= 0 ? (set.indexOf[own] ?? -1) : -1;
    return index < 0 ? without : index;
  });
}

/** Counts by segment under a filter, by the rules of the counts by cell (core/hotspots/summary.ts). */
export function countByStreet(
  events: PreparedEvents,
  indexOfRow: Int32Array,
  set: StreetSet,
  filter: EventFilter,
): StreetCounts {
  const places = set.segments.length;
  const { columns, indexOfCell } = placesAsCells(events.columns, indexOfRow, places + 2);
  const byPlace = { ...events, columns };
  const summary = summarise(byPlace, indexOfCell, filter, createSummary(places + 2));
  return countsOf(summary, places);
}

/** Puts places in the role of cells, so that code written for cells counts by place. */
function placesAsCells(
  columns: EventColumns,
  indexOfRow: Int32Array,
  places: number,
): { readonly columns: EventColumns; readonly indexOfCell: Int32Array } {
  const cell = Uint32Array.from(indexOfRow, (index) => index + 1);
  const indexOfCell = Int32Array.from({ length: places + 1 }, (_, at) => at - 1);
  return { columns: { ...columns, cell }, indexOfCell };
}

function countsOf(summary: HotspotSummary, places: number): StreetCounts {
  const [without = 0, elsewhere = 0] = summary.counts.subarray(places);
  const { clock, total, discovered, hourUnknown, outside } = summary;
  return {
    counts: summary.counts.slice(0, places),
    weights: summary.weights.slice(0, places),
    placed: total - without - elsewhere,
    clock,
    total,
    elsewhere,
    discovered,
    hourUnknown,
    outside,
  };
}
