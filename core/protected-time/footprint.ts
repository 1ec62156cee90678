import type { H3Cell } from "#core/geo/cell.ts";
import { grownCells } from "#core/geo/grown-cells.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import { footprintRings } from "#core/protected-time/settings.ts";
import { failure, type Result, success } from "#core/result.ts";
import { hasUnseen, tidyName, unseenReason } from "#core/text/shown-name.ts";

/**
 * Protected footprint of a place (DEFINITIONS): every cell at resolution 10 that overlaps its
 * lattice cells grown by its class in metres, plus one ring. Sorted. The ground is always inside:
 * it lies in the lattice cells, and reaches no further than the class. There are no other inputs,
 * so however often a place is saved, it reveals only these two.
 */
export function footprintOf({
  lattice,
  classM,
}: Pick<LatticePlace, "lattice" | "classM">): H3Cell[] {
  return grownCells(lattice, classM, footprintRings);
}

const mostLabelLetters = 60;

const coordinate = /\d{1,3}\.\d{3,}|\b\d{1,2}\s*°/;
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/i;
const gridReference = /\b[A-Z]{2}\s*\d{3,5}\s*\d{3,5}\b/i;

/**
 * A partner's label for a place as stored, or what to fix: it must not contain the point that the
 * footprint hides. Checked in the page's field and again by the server.
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
