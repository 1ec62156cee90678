import type { Position } from "#core/geo/cell.ts";
import type { Ground } from "#core/places/streets/ground.ts";
import type { Nearest, StreetPlace } from "#core/places/streets/nearest.ts";

/** A stop is on the streets that lead everywhere if they are so near, whatever lies nearer. */
const nearEnough = 200;
/** Further from any street nobody says where a way begins. */
export const furthestFromStreet = 1_000;

/**
 * Where a point gets onto the streets: the nearest place of the largest part that the mode can use, and of any part
 * where that is far.
 */
export function joinStreets(
  nearest: Nearest,
  { network, isOpen }: Ground,
  at: Position,
): StreetPlace | null {
  const isTaken = ({ segment, along }: StreetPlace) =>
    isOpen({ segment, start: along, end: along });
  return (
    nearest.placeAt(at, nearEnough, network.isInLargest, isTaken) ??
    nearest.placeAt(at, furthestFromStreet, network.mayUse, isTaken)
  );
}
