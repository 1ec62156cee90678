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
import { type Segment, segmentsApart } from "#core/geo/segments.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import { footprintRings } from "#core/protected-time/settings.ts";
import { failure, type Result, success } from "#core/result.ts";
import { hasUnseen, tidyName, unseenReason } from "#core/text/shown-name.ts";

/**
 * The protected footprint of a place (DEFINITIONS): every cell at resolution 10 that overlaps its lattice
 * cells grown by the metres of its class, and one ring around those. Sorted. The ground itself is inside always:
 * it lies in the lattice cells, and reaches no further than the class. Nothing else goes in, so however often a
 * place is saved, by whomever, it tells its lattice cells and its class and no more.
 */
export function footprintOf({
  lattice,
  classM,
}: Pick<LatticePlace, "lattice" | "classM">): H3Cell[] {
  const cover = lattice.flatMap((cell) => cellsAround(cell, classM));
  return sortCells(new Set(cover.flatMap((cell) => disk(cell, footprintRings))));
}

/** Less than the shortest way between the middles of two cells that touch. */
const cellStepM = 110;
/** More than any corner of a cell is from its middle. */
const cellReachM = 90;

/** Cells that overlap one lattice cell or come within some metres of it. */
function cellsAround(latticeCell: H3Cell, metres: number): H3Cell[] {
  const centre = cellCentre(latticeCell);
  const { toPlane } = createPlane(centre);
  const ringOf = (cell: H3Cell) => cellRing(cell).map(toPlane);
  const lattice = ringOf(latticeCell);
  const rings = Math.ceil((reachOf(lattice) + metres + cellReachM) / cellStepM) + 1;
  const [within, reach] = [insideOf(lattice), reachOf(lattice)];
  return disk(cellAt(centre, eventResolution), rings).filter((cell) => {
    const middle = toPlane(cellCentre(cell));
    const fromCentre = Math.hypot(...middle);
    if (fromCentre <= within + metres) return true;
    if (fromCentre > reach + metres + cellReachM) return false;
    const { distance } = locateOnLine(middle, lattice);
    if (distance <= metres) return true;
    return distance <= metres + cellReachM && ringsApart(ringOf(cell), lattice) <= metres;
  });
}

/** How far its sides are from the middle at the least, and its corners at the most. */
function insideOf(ring: readonly PlanePoint[]): number {
  return locateOnLine([0, 0], ring).distance;
}

function reachOf(ring: readonly PlanePoint[]): number {
  return Math.max(...ring.map(([x, y]) => Math.hypot(x, y)));
}

function ringsApart(one: readonly PlanePoint[], other: readonly PlanePoint[]): number {
  return Math.min(
    ...sidesOf(one).flatMap((side) => sidesOf(other).map((next) => segmentsApart(side, next))),
  );
}

function sidesOf(ring: readonly PlanePoint[]): Segment[] {
  return ring.slice(1).map((to, index): Segment => [ring[index] as PlanePoint, to]);
}

/** Letters of the longest label. */
const mostLabelLetters = 60;

const coordinate = /\d{1,3}\.\d{3,}|\b\d{1,2}\s*°/;
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;
const gridReference = /\b[A-Z]{2}\s*\d{3,5}\s*\d{3,5}\b/i;

/**
 * A partner's own name for a place as it may be kept, or what to mend: it must not carry the point that the
 * footprint was made to hide. Asked by the page, at its field, and by the server again.
 */
export function readPlaceLabel(text: string): Result<string> {
  const label = tidyName(text);
  if (label === "") return failure("Give it a name that only you need to understand.");
  if (label.length > mostLabelLetters) {
    return failure(`The name has more than ${mostLabelLetters} letters: shorten it.`);
  }
  if (hasUnseen(label)) return failure(unseenReason);
  if ([coordinate, postcode, gridReference].some((pattern) => pattern.test(label))) {
    return failure(
      "The name looks like coordinates or a postcode. The exact place is not kept: use a name that only you need to understand.",
    );
  }
  return success(label);
}
