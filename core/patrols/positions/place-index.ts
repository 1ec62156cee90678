import { cellAt, cellCentre, cellRing, eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { outside } from "#core/patrols/positions/fix-store.ts";
import type { Region } from "#core/places/place.ts";

/** Side of the squares that remember their cell, in degrees north: about 20 m. */
const squareDegrees = 0.00018;
/** Of the way to a cell's nearest edge: its edges are no straight lines on our plane, by far less than this. */
const certainShare = 0.98;

interface KnownCell {
  readonly place: number;
  readonly lat: number;
  readonly lng: number;
  /** Degrees of latitude, squared: what is nearer to the middle is in the cell for certain. */
  readonly certain: number;
}

/**
 * The place of a point: the index of its H3 cell of resolution 10 among `cells`, `outside` for any other.
 * Nine of ten points are told by the circle inside the cell that their square of 20 m remembers; H3 itself answers the rest,
 * so that the answer is always its own.
 */
export function createPlaceIndex(cells: readonly H3Cell[], region: Region) {
  const indexOf = new Map(cells.map((cell, index) => [cell, index] as const));
  const across = Math.cos((((region.south + region.north) / 2) * Math.PI) / 180);
  const columns = Math.ceil(((region.east - region.west) * across) / squareDegrees) + 1;
  const rows = Math.ceil((region.north - region.south) / squareDegrees) + 1;
  /** Number of a known cell from 1; 0 where nobody asked yet. */
  const squares = new Uint32Array(columns * rows);
  const known: KnownCell[] = [];
  const numberOf = new Map<H3Cell, number>();

  const learn = (cell: H3Cell) => {
    const found = numberOf.get(cell);
    if (found !== undefined) return found;
    known.push(knownCell(cell, indexOf.get(cell) ?? outside, across));
    numberOf.set(cell, known.length);
    return known.length;
  };
  return (lat: number, lng: number): number => {
    const column = Math.floor(((lng - region.west) * across) / squareDegrees);
    const square = Math.floor((lat - region.south) / squareDegrees) * columns + column;
    const near = known[(squares[square] ?? 0) - 1];
    if (near !== undefined) {
      const [up, right] = [lat - near.lat, (lng - near.lng) * across];
      if (up * up + right * right < near.certain) return near.place;
    }
    const number = learn(cellAt([lng, lat], eventResolution));
    if (near === undefined) squares[square] = number;
    return known[number - 1]?.place ?? outside;
  };
}

function knownCell(cell: H3Cell, place: number, across: number): KnownCell {
  const [lng, lat] = cellCentre(cell);
  const ring = cellRing(cell).map(([x, y]) => [(x - lng) * across, y - lat] as const);
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < ring.length; at += 1) {
    const [[ax, ay], [bx, by]] = [ring[at - 1] ?? [0, 0], ring[at] ?? [0, 0]];
    const length = Math.hypot(bx - ax, by - ay);
    // The distance of a line from the middle, which is the origin.
    if (length > 0) nearest = Math.min(nearest, Math.abs(ax * by - ay * bx) / length);
  }
  return { place, lat, lng, certain: (nearest * certainShare) ** 2 };
}
