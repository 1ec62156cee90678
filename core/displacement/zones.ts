import { disk, type H3Cell } from "#core/geo/cell.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { StudySet } from "#core/places/study-set.ts";

/**
 * Every cell that an assessment counts, each in one place only: what is treated comes first, then
 * the rings around it, then the edges, and what is left is control (DEFINITIONS, Assessment).
 */
export interface AssessmentZones {
  readonly treated: readonly H3Cell[];
  /** Cells within two steps of a treated one. */
  readonly rings: readonly H3Cell[];
  readonly edges: readonly AssessedEdge[];
  readonly control: readonly H3Cell[];
  /** The rings reach over the command's own line and are cut there. */
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
  /** Chosen by hand; all that is left of the study set when absent or null. */
  readonly control?: readonly H3Cell[] | null | undefined;
  /** Counted nowhere but in the treated area: what another operation treats in the same time. */
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
