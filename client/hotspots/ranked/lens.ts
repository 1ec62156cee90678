import { allTimeFilter } from "#client/hotspots/state/filters.ts";
import type { Bounds } from "#client/map/place-features.ts";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { classBreaks, classOf } from "#core/hotspots/class-breaks.ts";
import { createSummary, type HotspotSummary } from "#core/hotspots/counts.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { type PreparedEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { summarise } from "#core/hotspots/summary.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";

export interface Lens {
  readonly study: StudySet;
  readonly indexOfCell: Int32Array;
  readonly items: readonly LensItem[];
  /** Around most of the records: where the map opens. */
  readonly home: Bounds | null;
}

export interface LensItem {
  readonly cell: H3Cell;
  readonly index: number;
  /** Position in the study set. */
  readonly studyIndex: number;
}

/** `inside`: the finest cells of the area, which decide what belongs to it. */
export function createLens(
  events: PreparedEvents,
  study: StudySet,
  inside: StudySet = study,
): Lens {
  const indexOfCell = studyIndexOfCells(events.columns, study, inside);
  const occurring = [...new Set(indexOfCell)].filter((index) => index >= 0).sort((a, b) => a - b);
  const items = occurring.flatMap((studyIndex, index): LensItem[] => {
    const cell = study.cells[studyIndex];
    return cell ? [{ cell, index, studyIndex }] : [];
  });
  return { study, indexOfCell, items, home: busyBounds(events.columns, indexOfCell) };
}

/** The middle 80% of the records each way. */
function busyBounds(columns: EventColumns, indexOfCell: Int32Array): Bounds | null {
  const lngs: number[] = [];
  const lats: number[] = [];
  for (const cell of columns.cell) {
    const name = columns.cells[cell];
    if (name === undefined || (indexOfCell[cell] ?? -1) < 0) continue;
    const [lng, lat] = cellCentre(name);
    lngs.push(lng);
    lats.push(lat);
  }
  if (lngs.length === 0) return null;
  const at = (values: number[], share: number) =>
    values.sort((a, b) => a - b)[Math.round(share * (values.length - 1))] ?? 0;
  return [at(lngs, 0.1), at(lats, 0.1), at(lngs, 0.9), at(lats, 0.9)];
}

/** A fresh summary: the one on screen must not change. */
export function lookThrough(
  events: PreparedEvents,
  lens: Lens,
  filter: EventFilter,
): HotspotSummary {
  return summarise(events, lens.indexOfCell, filter, createSummary(lens.study.cells.length));
}

/** All-time records of some kinds, from which classes are scaled. */
export interface AllRecords {
  readonly largest: number;
  /** By hour of the week. */
  readonly clock: Float64Array;
  readonly days: number;
}

export function allRecords(events: PreparedEvents, lens: Lens, filter: EventFilter): AllRecords {
  const { weights, clock } = lookThrough(events, lens, allTimeFilter(filter));
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, weight);
  const { start, length } = events.columns;
  const minutes = (start[length - 1] ?? 0) - (start[0] ?? 0);
  return { largest, clock, days: Math.max(1, Math.ceil(minutes / 1440)) };
}

/**
 * Lower class bounds for any period of `days` in these hours, scaled from all records so that they
 * stay fixed while time plays.
 */
export function fixedBreaks(
  all: AllRecords,
  { days, hours }: { readonly days: number; readonly hours: Uint8Array | null },
): readonly number[] {
  const inDates = Math.min(1, days / all.days);
  return classBreaks(all.largest * inDates * shareOfHours(all.clock, hours));
}

function shareOfHours(clock: Float64Array, hours: Uint8Array | null): number {
  if (hours === null) return 1;
  let [inside, whole] = [0, 0];
  clock.forEach((weight, hour) => {
    whole += weight;
    if (hours[hour] === 1) inside += weight;
  });
  return whole === 0 ? 1 : inside / whole;
}

/** Per item of the lens 0 (too little to draw) or 1..5. */
export function itemClasses(
  lens: Lens,
  summary: HotspotSummary,
  breaks: readonly number[],
): Uint8Array {
  return Uint8Array.from(
    lens.items,
    ({ studyIndex }) => classOf(summary.weights[studyIndex] ?? 0, breaks) + 1,
  );
}
