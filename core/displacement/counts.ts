import type { AssessmentWindows } from "#core/displacement/windows.ts";
import type { AssessmentZones } from "#core/displacement/zones.ts";
import type { EventColumns } from "#core/events/columns.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { eventSources } from "#core/model/event.ts";
import { minuteMs } from "#core/time/zone.ts";

/** Reports of one group of cells: the period before as a whole, the one after by slices. */
export interface GroupCounts {
  readonly before: number;
  readonly after: readonly number[];
}

export interface ZoneCounts {
  readonly treated: GroupCounts;
  readonly rings: GroupCounts;
  readonly control: GroupCounts;
  readonly edges: readonly { readonly inner: GroupCounts; readonly outer: GroupCounts }[];
}

/**
 * Whole, additive counts: a report counts where and when the middle of its span lies.
 * `sliceEnds` are instants, ascending; the last one ends the period after.
 */
export function countInZones(
  events: EventColumns,
  zones: AssessmentZones,
  windows: AssessmentWindows,
  sliceEnds: readonly number[],
): ZoneCounts {
  const groups = groupsOf(zones);
  const groupOf = new Map<H3Cell, number>();
  groups.forEach((cells, group) => {
    for (const cell of cells) groupOf.set(cell, group);
  });
  const groupOfIndex = events.cells.map((cell) => groupOf.get(cell));
  const width = sliceEnds.length + 1;
  const counts = new Int32Array(groups.length * width);
  for (let row = 0; row < events.length; row += 1) {
    const group = groupOfIndex[events.cell[row] ?? -1];
    const slice = isReport(events, row) ? sliceOf(middleOf(events, row), windows, sliceEnds) : -1;
    if (group === undefined || slice < 0) continue;
    const at = group * width + slice;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const read = (group: number): GroupCounts => ({
    before: counts[group * width] ?? 0,
    after: Array.from(counts.subarray(group * width + 1, (group + 1) * width)),
  });
  return {
    treated: read(0),
    rings: read(1),
    control: read(2),
    edges: zones.edges.map((_, edge) => ({ inner: read(3 + 2 * edge), outer: read(4 + 2 * edge) })),
  };
}

/** Cells with a report in either period. */
export function recordedCells(events: EventColumns, windows: AssessmentWindows): Set<H3Cell> {
  const recorded = new Set<H3Cell>();
  for (let row = 0; row < events.length; row += 1) {
    const cell = events.cells[events.cell[row] ?? -1];
    const isInside = sliceOf(middleOf(events, row), windows, [windows.after.endsAt]) >= 0;
    if (cell !== undefined && isInside && isReport(events, row)) recorded.add(cell);
  }
  return recorded;
}

/** From residents and partners: what police discover follows where police go. */
function isReport(events: EventColumns, row: number): boolean {
  return events.source[row] !== police;
}

const police = eventSources.indexOf("police");

/** Epoch milliseconds. */
function middleOf(events: EventColumns, row: number): number {
  return (((events.start[row] ?? 0) + (events.end[row] ?? 0)) / 2) * minuteMs;
}

/** 0 before the start, 1 and on for the slices after it, -1 outside. */
function sliceOf(
  middle: number,
  { before, after }: AssessmentWindows,
  sliceEnds: readonly number[],
): number {
  if (middle >= before.startsAt && middle < before.endsAt) return 0;
  if (middle < after.startsAt) return -1;
  const slice = sliceEnds.findIndex((end) => middle < end);
  return slice < 0 ? -1 : slice + 1;
}

function groupsOf(zones: AssessmentZones): (readonly H3Cell[])[] {
  const edges = zones.edges.flatMap((edge) => [edge.inner, edge.outer]);
  return [zones.treated, zones.rings, zones.control, ...edges];
}
