import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { command } from "#client/state/command.ts";
import { cellRing, type H3Cell, type Position } from "#core/geo/cell.ts";

/** The part of the area that the operation is about. */
export function startBounds(): Bounds {
  const [lng, lat] = command.get().centre;
  return [lng - 0.02, lat - 0.012, lng + 0.02, lat + 0.012];
}

const marginShare = 0.1;
/** Below, where the licence line stands over the map. */
const footShare = 0.35;

/** All of the cells with some ground around them; undefined for none. */
export function boundsAround(cells: readonly H3Cell[]): Bounds | undefined {
  return roomAround(cells.flatMap((cell) => cellRing(cell)));
}

/** As much room below as above: the middle stays in the middle of the map. */
export function evenRoomAround(positions: readonly Position[]): Bounds | undefined {
  return roomAround(positions, marginShare);
}

function roomAround(positions: readonly Position[], foot = footShare): Bounds | undefined {
  const bounds = boundsOf(positions);
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  const x = (east - west) * marginShare;
  const y = north - south;
  return [west - x, south - y * foot, east + x, north + y * marginShare];
}
