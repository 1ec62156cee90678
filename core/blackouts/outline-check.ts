import { sortCells } from "#core/blackouts/footprint.ts";
import { checkFootprint, isConnected, readCells } from "#core/blackouts/footprint-check.ts";
import {
  footprintRings,
  mostReachM,
  offsetM,
  studyCentre,
  studyReachM,
} from "#core/blackouts/settings.ts";
import { cellCentre, disk, type H3Cell, metresBetween } from "#core/geo/cell.ts";
import { failure, type Result, success } from "#core/result.ts";

export type PlaceKind = "circle" | "area" | "corridor";

/** Whether cells can be the footprint of a place; of a circle the reach is its radius. */
export function checkPlaceCells(
  given: readonly string[],
  { kind, reachM }: { readonly kind: PlaceKind; readonly reachM: number },
): Result<readonly H3Cell[]> {
  if (kind === "circle") return checkFootprint(given, reachM);
  if (!(Number.isInteger(reachM) && reachM >= 25 && reachM <= mostReachM)) {
    return failure(`Half of its extent must be a whole number of metres from 25 to ${mostReachM}.`);
  }
  const cells = readCells(given);
  if (!cells.ok) return cells;
  const fault = shapeFault(cells.value, reachM);
  return fault === null ? success(sortCells(cells.value)) : failure(fault);
}

/** Every cell that is drawn lies this near to one around which all is drawn. */
const rimRings = 4;
/** A cell of the cover and its ring, over the corner of the grown outline. */
const rimM = 380;

/**
 * The server never sees the outline, so it checks what holds for every one: of whole cells in one
 * piece, inside the area, as long as its reach says, and nowhere thinner than the cover of an
 * outline that was grown by the offset: a thin shape would give it away.
 */
function shapeFault(cells: readonly H3Cell[], reachM: number): string | null {
  const first = cells[0];
  if (first === undefined) return "The footprint has no cells.";
  if (cells.some((cell) => metresBetween(cellCentre(cell), studyCentre) > studyReachM)) {
    return "The footprint lies outside the area.";
  }
  const held = new Set(cells);
  if (!isConnected(first, held)) return "The footprint is not in one piece.";
  if (extentOf(cells) > 2 * (reachM + offsetM + rimM)) {
    return "The footprint reaches further than its outline can.";
  }
  const inner = cells.filter((cell) =>
    disk(cell, footprintRings + 1).every((one) => held.has(one)),
  );
  const near = new Set(inner.flatMap((cell) => disk(cell, rimRings)));
  const thin = "The footprint is thinner than that of any outline.";
  if (inner.length === 0 || cells.some((cell) => !near.has(cell))) return thin;
  const cover = cells.filter((cell) => disk(cell, footprintRings).every((one) => held.has(one)));
  const drawn = new Set(cover.flatMap((cell) => disk(cell, footprintRings)));
  return cells.every((cell) => drawn.has(cell)) ? null : thin;
}

/** The greatest of its widths in twelve directions, in metres between the middles of cells. */
function extentOf(cells: readonly H3Cell[]): number {
  let widest = 0;
  for (let step = 0; step < 12; step += 1) {
    const angle = (Math.PI * step) / 12;
    const along = ([lng, lat]: readonly [number, number]) =>
      lng * Math.cos(studyCentre[1] * (Math.PI / 180)) * Math.cos(angle) + lat * Math.sin(angle);
    const middles = cells.map(cellCentre);
    const low = middles.reduce((best, one) => (along(one) < along(best) ? one : best));
    const high = middles.reduce((best, one) => (along(one) > along(best) ? one : best));
    widest = Math.max(widest, metresBetween(low, high));
  }
  return widest;
}
