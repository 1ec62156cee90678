import {
  cellAt,
  cellCentre,
  cellRing,
  disk,
  eventResolution,
  type H3Cell,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { linesApart } from "#core/geo/segments.ts";

/** Every cell at resolution 10 that overlaps larger ones or comes within some metres of them, and rings around those; sorted. */
export function grownCells(cells: readonly H3Cell[], metres: number, rings: number): H3Cell[] {
  const cover = cells.flatMap((cell) => cellsAround(cell, metres));
  return sortCells(new Set(cover.flatMap((cell) => disk(cell, rings))));
}

/** Less than the shortest way between the middles of two cells that touch. */
const cellStepM = 110;
/** More than any corner of a cell is from its middle. */
const cellReachM = 90;

/** Cells that overlap one larger cell or come within some metres of it. */
function cellsAround(largeCell: H3Cell, metres: number): H3Cell[] {
  const centre = cellCentre(largeCell);
  const { toPlane } = createPlane(centre);
  const ringOf = (cell: H3Cell) => cellRing(cell).map(toPlane);
  const outline = ringOf(largeCell);
  const rings = Math.ceil((reachOf(outline) + metres + cellReachM) / cellStepM) + 1;
  const [within, reach] = [insideOf(outline), reachOf(outline)];
  return disk(cellAt(centre, eventResolution), rings).filter((cell) => {
    const middle = toPlane(cellCentre(cell));
    const fromCentre = Math.hypot(...middle);
    if (fromCentre <= within + metres) return true;
    if (fromCentre > reach + metres + cellReachM) return false;
    const { distance } = locateOnLine(middle, outline);
    if (distance <= metres) return true;
    return distance <= metres + cellReachM && linesApart(ringOf(cell), outline) <= metres;
  });
}

/** How far its sides are from the middle at the least, and its corners at the most. */
function insideOf(ring: readonly PlanePoint[]): number {
  return locateOnLine([0, 0], ring).distance;
}

function reachOf(ring: readonly PlanePoint[]): number {
  return Math.max(...ring.map(([x, y]) => Math.hypot(x, y)));
}
