import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { command } from "#client/state/command.ts";
import { cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";

/** The part of the area that the operation is about. */
export function startBounds(): Bounds {
  const [lng, lat] = command.get().centre;
  return [lng - 0.02, lat - 0.012, lng + 0.02, lat + 0.012];
}

/** Left, below, right and above, as shares of what is shown. */
export type Room = readonly [number, number, number, number];

/** Below stands the licence line over the map. */
const usualRoom: Room = [0.1, 0.35, 0.1, 0.1];

/** All of the positions with some ground around them; undefined for none. */
export function roomAround(
  positions: readonly Position[],
  [left, below, right, above]: Room = usualRoom,
): Bounds | undefined {
  const bounds = boundsOf(positions);
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  const [wide, tall] = [east - west, north - south];
  return [west - wide * left, south - tall * below, east + wide * right, north + tall * above];
}

export function roomAroundCells(cells: readonly H3Cell[], room?: Room): Bounds | undefined {
  return roomAround(cells.flatMap(cellRing), room);
}
