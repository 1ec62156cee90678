import type { H3Cell } from "#core/geo/cell.ts";
import { cellsInside, ownBoroughs } from "#core/places/command.ts";
import { cellsNear, type EdgeLine, nearestEdge } from "#core/places/nearest-edge.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area } from "#core/places/wire/places.ts";

/**
 * The cells within a set distance on either side of the border with one neighbour
 * (DEFINITIONS, Places). Inner and outer are kept apart; a cell belongs to the nearest border alone.
 */
export interface EdgeZone {
  readonly neighbour: string;
  /** Cells of the study set; at a border inside the command, those of its first-named borough. */
  readonly inner: readonly H3Cell[];
  /** Cells beyond the line; at a border inside the command, those of its second borough. */
  readonly outer: readonly H3Cell[];
  readonly isInternal: boolean;
}

export const edgeZoneMetres = 1_000;

/** One zone per border, in the order given, its cells sorted. Distances run from the centre of a cell. */
export function edgeZones(
  areas: readonly Area[],
  edges: readonly EdgeLine[],
  study: StudySet,
  metres = edgeZoneMetres,
): EdgeZone[] {
  const zones = edges.map(({ neighbour }) => {
    const first = firstBorough(neighbour, areas);
    return {
      zone: { neighbour, inner: [] as H3Cell[], outer: [] as H3Cell[], isInternal: first !== null },
      firstCells: first && new Set(cellsInside([first], study.resolution)),
    };
  });
  const nearest = nearestEdge(edges, study, metres);
  for (const cell of cellsNear(edges, study.resolution, metres)) {
    const found = zones[nearest(cell)];
    if (!found) continue;
    const { zone, firstCells } = found;
    // A cell beyond the command can be nearest to a line that runs inside it: it is on no side.
    if (zone.isInternal && !study.indexOf.has(cell)) continue;
    ((firstCells ?? study.indexOf).has(cell) ? zone.inner : zone.outer).push(cell);
  }
  return zones.map(({ zone }) => zone);
}

/** "North-South" names two boroughs of the command; a neighbour's name may hold a hyphen. */
function firstBorough(neighbour: string, areas: readonly Area[]): Area | null {
  const command = ownBoroughs(areas);
  const isTheirs = (first: Area) =>
    command.some(({ name }) => name !== first.name && neighbour === `${first.name}-${name}`);
  return command.find(isTheirs) ?? null;
}
