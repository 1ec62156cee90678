import { radiusFault, sortCells } from "#core/blackouts/footprint.ts";
import { footprintRings, offsetM, studyCentre, studyReachM } from "#core/blackouts/settings.ts";
import {
  cellAreaM2,
  cellCentre,
  disk,
  eventResolution,
  type H3Cell,
  isCell,
  metresBetween,
  neighboursOf,
  type Position,
  resolutionOf,
} from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";

/**
 * Whether cells can be the footprint of some venue of this radius. The server never sees the
 * venue, so it checks what it can: valid cells of resolution 10, inside the area, connected,
 * as many as the radius needs, and round: a thin or holed shape would leave the venue open.
 */
export function checkFootprint(
  given: readonly string[],
  radiusM: number,
): Result<readonly H3Cell[]> {
  const wrongRadius = radiusFault(radiusM);
  if (wrongRadius !== null) return failure(wrongRadius);
  const cells = readCells(given);
  if (!cells.ok) return cells;
  const fault = shapeFault(cells.value, radiusM + offsetM);
  return fault === null ? success(sortCells(cells.value)) : failure(fault);
}

/** Each once; refused by name where one is none. */
export function readCells(given: readonly string[]): Result<readonly H3Cell[]> {
  const cells: H3Cell[] = [];
  for (const cell of new Set(given)) {
    if (!(isCell(cell) && resolutionOf(cell) === eventResolution)) {
      return failure(`"${cell.slice(0, 40)}" is not a cell of resolution ${eventResolution}.`);
    }
    cells.push(cell);
  }
  return success(cells);
}

function shapeFault(cells: readonly H3Cell[], grownM: number): string | null {
  const first = cells[0];
  if (first === undefined) return "The footprint has no cells.";
  if (cells.some((cell) => metresBetween(cellCentre(cell), studyCentre) > studyReachM)) {
    return "The footprint lies outside the area.";
  }
  const { least, most, insideM, outsideM } = boundsOf(first, grownM);
  if (cells.length < least || cells.length > most) {
    return `The footprint has ${cells.length} cells; its radius needs ${least} to ${most}.`;
  }
  const held = new Set(cells);
  if (!isConnected(first, held)) return "The footprint is not in one piece.";
  const middle = middleOf(cells);
  if (cells.some((cell) => metresBetween(cellCentre(cell), middle) > outsideM)) {
    return "The footprint reaches further than its radius.";
  }
  const middleCell = cells.reduce((best, cell) =>
    metresBetween(cellCentre(cell), middle) < metresBetween(cellCentre(best), middle) ? cell : best,
  );
  const rings = Math.ceil(insideM / shortEdgeM(first)) + 1;
  const isOpen = disk(middleCell, rings).some(
    (cell) => !held.has(cell) && metresBetween(cellCentre(cell), middle) <= insideM,
  );
  return isOpen ? "The footprint does not cover the circle of its radius." : null;
}

/** Of a regular hexagon of the same area; cells here are up to 6 % longer one way than the other. */
function edgeOf(cell: H3Cell): number {
  return Math.sqrt((2 * cellAreaM2(cell)) / (3 * Math.sqrt(3)));
}

function shortEdgeM(cell: H3Cell): number {
  return 0.9 * edgeOf(cell);
}

/**
 * Cover and ring have the area of a circle 2.3 to 3.0 edges larger than the grown one (measured
 * over 10,000 random venues, 25 to 1,000 m); some slack on both sides.
 */
const leastEdges = 2.1;
const mostEdges = 3.1;

function boundsOf(cell: H3Cell, grownM: number) {
  const edge = edgeOf(cell);
  const cellsOf = (radiusM: number) => (Math.PI * radiusM ** 2) / cellAreaM2(cell);
  return {
    least: Math.floor(cellsOf(grownM + leastEdges * edge)),
    most: Math.ceil(cellsOf(1.02 * grownM + mostEdges * edge)),
    // The mean of cell centres lies within half a cell of the circle's centre.
    insideM: grownM - shortEdgeM(cell) / 2,
    // A cell of the cover has a point in the circle; it and its ring are two long diameters wide.
    outsideM: 1.02 * grownM + (1 + footprintRings) * 2.2 * edge,
  };
}

export function isConnected(first: H3Cell, held: ReadonlySet<H3Cell>): boolean {
  const seen = new Set([first]);
  const open = [first];
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    for (const next of neighboursOf(cell)) {
      if (!held.has(next) || seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen.size === held.size;
}

/** The mean of the cells' centres: what an outsider would take for the middle of the hatch. */
export function middleOf(cells: readonly H3Cell[]): Position {
  let lng = 0;
  let lat = 0;
  for (const cell of cells) {
    const centre = cellCentre(cell);
    lng += centre[0] / cells.length;
    lat += centre[1] / cells.length;
  }
  return [lng, lat];
}
