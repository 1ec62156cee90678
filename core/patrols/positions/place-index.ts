import {
  cellAt,
  cellCentre,
  cellRing,
  eventResolution,
  type H3Cell,
  neighboursOf,
} from "#core/geo/cell.ts";
import { outside } from "#core/patrols/positions/fix-store.ts";
import type { Region } from "#core/places/place.ts";

/** Side of the squares that remember their cell, in degrees north: about 20 m. */
const squareDegrees = 0.00018;
/** Of the way to a cell's edges: these are no straight lines on our plane, by far less than this. */
const certainShare = 0.98;

interface KnownCell {
  readonly cell: H3Cell;
  readonly place: number;
  readonly lat: number;
  readonly lng: number;
  /** Degrees of latitude, squared: what is nearer to the middle is in the cell for certain. */
  readonly certain: number;
  /** Of each edge the direction outwards, and how far along it the cell reaches for certain. */
  readonly edges: Float64Array;
  /** Numbers of the cells around, once somebody asked. */
  around: readonly number[] | null;
}

/**
 * The place of a point: the index of its H3 cell of resolution 10 among `cells`, `outside` for any other.
 * A square of 20 m remembers a cell; a point that lies in it or in a cell around it for certain needs no more. H3 itself
 * answers for the few near an edge, so that the answer is always its own.
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
  const holds = (one: KnownCell, lat: number, lng: number) => {
    const [up, right] = [lat - one.lat, (lng - one.lng) * across];
    if (up * up + right * right < one.certain) return true;
    const { edges } = one;
    for (let at = 0; at < edges.length; at += 3) {
      const along = (edges[at] ?? 0) * right + (edges[at + 1] ?? 0) * up;
      if (along >= (edges[at + 2] ?? 0)) return false;
    }
    return true;
  };
  const foundAround = (near: KnownCell, lat: number, lng: number): KnownCell | undefined => {
    if (holds(near, lat, lng)) return near;
    near.around ??= neighboursOf(near.cell).map(learn);
    for (const number of near.around) {
      const one = known[number - 1];
      if (one !== undefined && holds(one, lat, lng)) return one;
    }
    return undefined;
  };
  return (lat: number, lng: number): number => {
    const column = Math.floor(((lng - region.west) * across) / squareDegrees);
    const square = Math.floor((lat - region.south) / squareDegrees) * columns + column;
    const near = known[(squares[square] ?? 0) - 1];
    const found = near && foundAround(near, lat, lng);
    if (found !== undefined) return found.place;
    const number = learn(cellAt([lng, lat], eventResolution));
    if (near === undefined) squares[square] = number;
    return known[number - 1]?.place ?? outside;
  };
}

function knownCell(cell: H3Cell, place: number, across: number): KnownCell {
  const [lng, lat] = cellCentre(cell);
  const ring = cellRing(cell).map(([x, y]) => [(x - lng) * across, y - lat] as const);
  const edges: number[] = [];
  let nearest = Number.POSITIVE_INFINITY;
  for (let at = 1; at < ring.length; at += 1) {
    const [[ax, ay], [bx, by]] = [ring[at - 1] ?? [0, 0], ring[at] ?? [0, 0]];
    const length = Math.hypot(bx - ax, by - ay);
    if (length === 0) continue;
    // The distance of the edge's line from the middle, which is the origin; its sign is that of the direction.
    const distance = (ax * by - ay * bx) / length;
    const sign = Math.sign(distance);
    edges.push((sign * (by - ay)) / length, (sign * (ax - bx)) / length);
    edges.push(Math.abs(distance) * certainShare);
    nearest = Math.min(nearest, Math.abs(distance));
  }
  const certain = (nearest * certainShare) ** 2;
  return { cell, place, lat, lng, certain, edges: Float64Array.from(edges), around: null };
}
