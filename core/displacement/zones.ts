import {
  addGroups,
  type GroupCounts,
  type Span,
  sliceFinder,
  type Timeline,
} from "#core/displacement/timeline.ts";
import { disk, eventResolution, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventSources } from "#core/records/event.ts";
import { classOfHarm } from "#core/records/harm.ts";

/**
 * Every cell that an assessment counts, in one zone only: treated first, then rings, then edges;
 * the rest is control (DEFINITIONS, Assessment).
 */
export interface AssessmentZones {
  readonly treated: readonly H3Cell[];
  /** Cells within two steps of a treated one. */
  readonly rings: readonly H3Cell[];
  readonly edges: readonly AssessedEdge[];
  readonly control: readonly H3Cell[];
  readonly areRingsCut: boolean;
}

export interface AssessedEdge {
  readonly neighbour: string;
  readonly isInternal: boolean;
  readonly inner: readonly H3Cell[];
  /** Beyond the line. Empty where its records do not cover the periods: unknown, not nothing. */
  readonly outer: readonly H3Cell[];
}

/** Catchment: two rings of cells, about 260 m on either side. */
export const ringCount = 2;

export function assessmentZones(input: {
  readonly treated: readonly H3Cell[];
  readonly study: StudySet;
  readonly edgeZones: readonly EdgeZone[];
  /** Chosen by hand; the rest of the study set when absent or null. */
  readonly control?: readonly H3Cell[] | null | undefined;
  /** Counted only in the treated area: what a concurrent operation treats. */
  readonly leftOut?: Iterable<H3Cell>;
}): AssessmentZones {
  const { study } = input;
  const taken = new Set<H3Cell>();
  const take = (cells: readonly H3Cell[]) => {
    const free = cells.filter((cell) => !taken.has(cell));
    for (const cell of free) taken.add(cell);
    return free;
  };
  const isInside = (cell: H3Cell) => study.indexOf.has(cell);
  const treated = take([...new Set(input.treated)].filter(isInside));
  for (const cell of input.leftOut ?? []) taken.add(cell);
  const around = [...new Set(treated.flatMap((cell) => disk(cell, ringCount)))];
  const rings = take(around.filter(isInside));
  const edges = input.edgeZones.map((zone): AssessedEdge => {
    const { neighbour, isInternal } = zone;
    return { neighbour, isInternal, inner: take(zone.inner), outer: take(zone.outer) };
  });
  const chosen = input.control && [...new Set(input.control)].filter(isInside);
  return {
    treated,
    rings,
    edges,
    control: take(chosen ?? study.cells),
    areRingsCut: !around.every(isInside),
  };
}

export interface ZoneCounts {
  readonly timeline: Timeline;
  readonly treated: GroupCounts;
  readonly rings: GroupCounts;
  readonly control: GroupCounts;
  /** The control in parts of about the treated area's size. */
  readonly stretches: readonly Stretch[];
  readonly edges: readonly { readonly inner: GroupCounts; readonly outer: GroupCounts }[];
  /** Control reports by cell within the span; cells without any are absent. */
  readonly controlCells: ReadonlyMap<H3Cell, number>;
}

export interface Stretch {
  readonly parent: H3Cell;
  readonly counts: GroupCounts;
}

/** Which kinds and categories count: 1 at `kind * categories + category`. */
export type Selection = Uint8Array;

/**
 * Whole, additive counts in one pass, at the middle of each span. Police discoveries are left out:
 * they follow where police go.
 */
export function countInZones(
  events: EventColumns,
  zones: AssessmentZones,
  timeline: Timeline,
  options: { readonly cellsWithin: Span; readonly selection?: Selection | undefined },
): ZoneCounts {
  const stretches = stretchesOf(zones);
  const edges = zones.edges.flatMap(({ inner, outer }) => [inner, outer]);
  const groups = [zones.treated, zones.rings, ...stretches.values(), ...edges];
  const groupOfCell = groupOfEachCell(events.cells, groups);
  const width = timeline.cuts.length;
  const counts = new Int32Array(groups.length * width);
  const perCell = new Int32Array(events.cells.length);
  const sliceOf = sliceFinder(timeline);
  const first = timeline.indexOf.get(options.cellsWithin.startsAt) ?? 0;
  const end = timeline.indexOf.get(options.cellsWithin.endsAt) ?? 0;
  const { selection } = options;
  for (let row = 0; row < events.length; row += 1) {
    if (events.source[row] === police) continue;
    const cell = events.cell[row] as number;
    const group = groupOfCell[cell] as number;
    if (group < 0) continue;
    const selected = classOfHarm(events.kind[row] as number, events.category[row] as number);
    if (selection !== undefined && selection[selected] !== 1) continue;
    const slice = sliceOf((events.start[row] as number) + (events.end[row] as number));
    if (slice < 0) continue;
    const at = group * width + slice + 1;
    counts[at] = (counts[at] as number) + 1;
    if (slice >= first && slice < end) perCell[cell] = (perCell[cell] as number) + 1;
  }
  accumulate(counts, width);
  const read = (group: number) => counts.subarray(group * width, (group + 1) * width);
  const firstEdge = firstStretch + stretches.size;
  const parts = [...stretches.keys()].map((parent, at): Stretch => {
    return { parent, counts: read(firstStretch + at) };
  });
  return {
    timeline,
    treated: read(0),
    rings: read(1),
    control: parts.reduce<GroupCounts>(
      (sum, { counts: own }) => addGroups(sum, own),
      new Int32Array(width),
    ),
    stretches: parts,
    edges: zones.edges.map((_, edge) => ({
      inner: read(firstEdge + 2 * edge),
      outer: read(firstEdge + 2 * edge + 1),
    })),
    controlCells: cellsOfControl(events.cells, groupOfCell, { perCell, firstEdge }),
  };
}

const police = eventSources.indexOf("police");
const firstStretch = 2;

/** The control by parents of about the treated size; each resolution has seven of the next. */
function stretchesOf({ treated, control }: AssessmentZones): Map<H3Cell, H3Cell[]> {
  const steps = Math.round(Math.log(Math.max(1, treated.length)) / Math.log(7));
  const resolution = eventResolution - Math.min(4, Math.max(1, steps));
  return groupBy(control, (cell) => parentCell(cell, resolution));
}

/** -1 for cells that are in no group. */
function groupOfEachCell(
  cells: readonly H3Cell[],
  groups: readonly (readonly H3Cell[])[],
): Int16Array {
  const indexOf = new Map(cells.map((cell, index) => [cell, index]));
  const groupOf = new Int16Array(cells.length).fill(-1);
  groups.forEach((members, group) => {
    for (const cell of members) {
      const index = indexOf.get(cell);
      if (index !== undefined) groupOf[index] = group;
    }
  });
  return groupOf;
}

/** From counts by slice to counts before each cut. */
function accumulate(counts: Int32Array, width: number): void {
  for (let at = 0; at < counts.length; at += 1) {
    if (at % width !== 0) counts[at] = (counts[at] as number) + (counts[at - 1] as number);
  }
}

function cellsOfControl(
  cells: readonly H3Cell[],
  groupOfCell: Int16Array,
  { perCell, firstEdge }: { readonly perCell: Int32Array; readonly firstEdge: number },
): Map<H3Cell, number> {
  const found = new Map<H3Cell, number>();
  cells.forEach((cell, index) => {
    const count = perCell[index] as number;
    const group = groupOfCell[index] as number;
    if (count > 0 && group >= firstStretch && group < firstEdge) found.set(cell, count);
  });
  return found;
}
