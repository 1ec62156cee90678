import { movedBanner } from "#core/displacement/banner.ts";
import { countInZones, recordedCells } from "#core/displacement/counts.ts";
import type { Operation } from "#core/displacement/operation.ts";
import {
  type AssessmentRow,
  add,
  type EdgeRow,
  edgeRows,
  singleRow,
} from "#core/displacement/rows.ts";
import { monthSlices } from "#core/displacement/running.ts";
import type { AssessmentWindows } from "#core/displacement/windows.ts";
import { type AssessmentZones, assessmentZones } from "#core/displacement/zones.ts";
import type { EventColumns } from "#core/events/columns.ts";
import type { EdgeZone } from "#core/geo/edge-zone.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import type { Zone } from "#core/time/zone.ts";

export interface Assessment {
  readonly zones: AssessmentZones;
  /** Treated area and rings together: what the response did, all told. */
  readonly overall: AssessmentRow;
  readonly treatedArea: AssessmentRow;
  readonly rings: AssessmentRow;
  readonly edges: readonly EdgeRow[];
  /** Set when the core fell while an edge rose (SAFEGUARDS 11). */
  readonly banner: string | null;
}

export interface AssessmentInput {
  readonly operation: Operation;
  readonly windows: AssessmentWindows;
  readonly study: StudySet;
  readonly edgeZones: readonly EdgeZone[];
  readonly events: EventColumns;
  readonly zone: Zone;
}

/** Did it work, and did it move: before and after, against the rest of the command. */
export function assessDisplacement(input: AssessmentInput): Assessment {
  const { events, windows } = input;
  const zones = assessmentZones({
    treated: input.operation.cells,
    study: input.study,
    edgeZones: input.edgeZones,
    recorded: recordedCells(events, windows),
  });
  if (zones.treated.length === 0) {
    throw new RangeError(`No treated cell of "${input.operation.name}" lies in the command`);
  }
  const slices = monthSlices(input.zone, windows.after);
  const ends = slices.map((slice) => slice.endsAt);
  const counts = countInZones(events, zones, windows, ends);
  const frame = { control: counts.control, windows, slices };
  const cut = zones.areRingsCut ? "The rings are cut at the command's own line." : null;
  const both = add(counts.treated, counts.rings);
  const overall = singleRow(both, frame, {
    name: "Treated area and rings",
    where: "In the treated area and the rings around it together",
    oneSided: cut,
  });
  const treatedArea = singleRow(counts.treated, frame, {
    name: "Treated area",
    where: "In the treated area",
    oneSided: null,
  });
  const rings = singleRow(counts.rings, frame, {
    name: "Rings",
    where: "In the rings around it",
    oneSided: cut,
  });
  const edges = edgeRows(zones.edges, counts.edges, frame);
  return {
    zones,
    overall,
    treatedArea,
    rings,
    edges,
    banner: movedBanner(treatedArea, overall, edges),
  };
}
