import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { createPlane, planeDistance } from "#core/geo/plane.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { compareText } from "#core/text/text-order.ts";

/** Where an operation is watched: outside of its treated area, over the command's own line too. */
export interface WatchedArea {
  readonly cells: ReadonlySet<H3Cell>;
  /** Edge zones of which some part is watched. */
  readonly edges: readonly EdgeZone[];
}

/**
 * Cells of the command and of the far sides of its edges (there alone reports from beyond the line are
 * kept) whose middle lies within reach of that of a treated cell, and that are not treated themselves.
 */
export function watchedArea(input: {
  readonly treated: readonly H3Cell[];
  readonly study: StudySet;
  readonly edgeZones: readonly EdgeZone[];
  readonly reachMetres: number;
}): WatchedArea {
  const { treated, study, edgeZones, reachMetres } = input;
  const [first] = treated;
  if (first === undefined) throw new RangeError("An operation without treated cells");
  const plane = createPlane(cellCentre(first));
  const centres = treated.map((cell) => plane.toPlane(cellCentre(cell)));
  const isTreated = new Set(treated);
  const isNear = (cell: H3Cell) => {
    const at = plane.toPlane(cellCentre(cell));
    return centres.some((centre) => planeDistance(centre, at) <= reachMetres);
  };
  const known = new Set([...study.cells, ...edgeZones.flatMap(({ outer }) => outer)]);
  const cells = new Set(
    [...known].filter((cell) => !isTreated.has(cell) && isNear(cell)).sort(compareText),
  );
  const isWatched = (cell: H3Cell) => cells.has(cell);
  const edges = edgeZones.filter((edge) => [...edge.inner, ...edge.outer].some(isWatched));
  return { cells, edges };
}
