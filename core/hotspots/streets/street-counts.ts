import { createSummary, type HotspotSummary } from "#core/hotspots/counts.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import type { StreetSet } from "#core/hotspots/streets/street-set.ts";
import { summarise } from "#core/hotspots/summary.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { otherStreets, type StreetEvents } from "#core/records/event-street.ts";

/** What one filter leaves, by segment of a street set. */
export interface StreetCounts {
  readonly counts: Int32Array;
  readonly weights: Float64Array;
  /** By hour of the week, of all that is counted in the area, with a street or without. */
  readonly clock: Float64Array;
  /** Events of the area, by their cells: as by cell. */
  readonly total: number;
  /** Of these, on a segment of the set. */
  readonly placed: number;
  /** Of the rest, on streets that are not those of now; all others have no street. */
  readonly elsewhere: number;
  readonly discovered: number;
  readonly hourUnknown: number;
  readonly outside: number;
}

/**
 * The place of each event among the segments of the set, behind which two places follow: without a street of the area,
 * and on other streets. -1 for an event whose own cell lies outside the area, so that areas add up as they do by cell.
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

/** The events as if each place were a cell: what asks for the index of a row's cell gets the place of the row. */
function placesAsCells(
  columns: EventColumns,
  indexOfRow: Int32Array,
  places: number,
): { readonly columns: EventColumns; readonly indexOfCell: Int32Array } {
  const cell = Uint32Array.from(indexOfRow, (index) => index + 1);
  const indexOfCell = Int32Array.from({ length: places + 1 }, (_, at) => at - 1);
  return { columns: { ...columns, cell }, indexOfCell };
}

/** The events on segments of the set, each as if its segment were its cell; -1 for all others. */
export function segmentsAsCells(events: StreetEvents, set: StreetSet) {
  const places = set.segments.length;
  const rows = streetIndexOfRows(events, set).map((index) => (index < places ? index : -1));
  return placesAsCells(events.columns, rows, places);
}

function countsOf(summary: HotspotSummary, places: number): StreetCounts {
  const [without = 0, elsewhere = 0] = summary.counts.subarray(places);
  const { clock, total, discovered, hourUnknown, outside } = summary;
  return {
    counts: summary.counts.slice(0, places),
    weights: summary.weights.slice(0, places),
    placed: total - without - elsewhere,
    ...{ clock, total, elsewhere, discovered, hourUnknown, outside },
  };
}
