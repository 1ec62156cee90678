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

/** Every cell at resolution 10 over or within some metres of larger ones, plus rings; sorted. */
export function grownCells(cells: readonly H3Cell[], metres: number, rings: number): H3Cell[] {
  const cover = cells.flatMap((cell) => cellsAround(cell, metres));
  return sortCells(new Set(cover.flatMap((cell) => disk(cell, rings))));
}

/** Less than any distance between centres of touching cells. */
const cellStepM = 110;
/** More than a cell's corner is from its centre. */
const cellReachM = 90;

function cellsAround(largeCell: H3Cell, metres: number): H3Cell[] {
  const centre = cellCentre(largeCell);
  const { toPlane } = createPlane(centre);
  const ringOf = (cell: H3Cell) => cellRing(cell).map(toPlane);
  const outline = ringOf(largeCell);
  const rings = Math.ceil((reachOf(outline) + metres + cellReachM) / cellStepM) + 1;
  // Least distance of the sides from the centre, and most of the corners.
  const [within, reach] = [locateOnLine([0, 0], outline).distance, reachOf(outline)];
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

function reachOf(ring: readonly PlanePoint[]): number {
  return Math.max(...ring.map(([x, y]) => Math.hypot(x, y)));
}
