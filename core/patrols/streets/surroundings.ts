import { cellAt, cellCentre, disk, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import type { ClosedTime } from "#core/patrols/closed-time.ts";

/** Some 1.5 km: no way round what is closed leads further from the zone. */
const furthestRound = 12;

/** Where the ways of one zone may lead. */
export interface Surroundings {
  readonly has: (cell: H3Cell) => boolean;
  /** Cells around the zone that are closed at any moment of [start, end), ascending: what its ways keep out of. */
  readonly closedDuring: (start: number, end: number) => readonly H3Cell[];
}

/** Of the zone or any cell of it. */
export function createSurroundings(zone: H3Cell, closed: ClosedTime): Surroundings {
  const around = surroundingCells(zone);
  const near = closed.cells.filter((cell) => around.has(cell)).sort();
  return {
    has: (cell) => around.has(cell),
    closedDuring: (start, end) => near.filter((cell) => !closed.isClear(cell, start, end)),
  };
}

export function surroundingCells(zone: H3Cell): ReadonlySet<H3Cell> {
  return new Set(disk(cellAt(cellCentre(zone), eventResolution), furthestRound));
}
