import { type Bounds, boundsOf } from "#client/map/place-features.ts";
import { cellRing, type H3Cell } from "#core/geo/cell.ts";

const marginShare = 0.12;

/** All of the cells with some ground around them; undefined for none. */
export function boundsAround(cells: readonly H3Cell[]): Bounds | undefined {
  const bounds = boundsOf(cells.flatMap((cell) => cellRing(cell)));
  if (!bounds) return undefined;
  const [west, south, east, north] = bounds;
  const x = (east - west) * marginShare;
  const y = (north - south) * marginShare;
  return [west - x, south - y, east + x, north + y];
}
