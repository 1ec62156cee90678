import {
  type Assessment,
  type AssessmentInput,
  assessDisplacement,
} from "#core/displacement/assess.ts";
import type { Operation } from "#core/displacement/operation.ts";
import {
  type AssessmentWindows,
  assessmentWindows,
  type Recorded,
} from "#core/displacement/windows.ts";
import { assessmentZones } from "#core/displacement/zones.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { edgeZones as makeEdgeZones } from "#core/places/edge-zone.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { london } from "#tests/support/displacement.ts";

const places = readBundledPlaces();
/** The real command, with its edges. */
export const study = bundledStudy();
export const edgeZones = makeEdgeZones(places.areas, places.edges, study);
export const brettenham = cellAt([-0.0631, 51.6179], 10);

export const operation: Operation = {
  name: "test",
  cells: disk(brettenham, 1),
  startsOn: "2021-08-01",
  endsOn: null,
  control: null,
  phases: [],
};

export const zones = assessmentZones({ treated: operation.cells, study, edgeZones });
export const ringCell = zones.rings[0] as H3Cell;
export const controlCell = zones.control[0] as H3Cell;

/** The edge to a neighbour, as the assessment would count it if both sides were recorded. */
export function edgeTo(neighbour: string) {
  const edge = zones.edges.find((zone) => zone.neighbour === neighbour);
  if (!edge) throw new RangeError(`No edge to ${neighbour}`);
  return edge;
}

export function windowsFor(
  of: Operation,
  more: { asAtDate?: string; beforeDays?: number; recorded?: Recorded } = {},
): AssessmentWindows {
  const { startsOn, endsOn } = of;
  const found = assessmentWindows({
    zone: london,
    startsOn,
    endsOn,
    asAtDate: "2021-11-26",
    ...more,
  });
  if (!found.ok) throw new Error(found.reason);
  return found.value;
}

export function assess(
  events: readonly PoliceEvent[],
  more: Partial<AssessmentInput> = {},
): Assessment {
  const of = more.operation ?? operation;
  return assessDisplacement({
    operation: of,
    windows: windowsFor(of),
    study,
    edgeZones,
    events: columnsFromEvents(events),
    zone: london,
    ...more,
  });
}

export function many(count: number, event: PoliceEvent): PoliceEvent[] {
  return Array.from({ length: count }, () => event);
}
