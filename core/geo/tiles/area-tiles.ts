import { type Bounds, boundsAround, boundsWithin } from "#core/geo/bounds.ts";

export interface Tile {
  readonly z: number;
  /** Columns from the west, rows from the north, as on the web. */
  readonly x: number;
  readonly y: number;
}

/** All tiles of one zoom from corner to corner, ends included. */
export interface TileBlock {
  readonly z: number;
  readonly west: number;
  readonly east: number;
  readonly north: number;
  readonly south: number;
}

export function blockOf(area: Bounds, z: number): TileBlock {
  const last = 2 ** z - 1;
  const clamp = (at: number) => Math.min(last, Math.max(0, Math.floor(at)));
  return {
    z,
    west: clamp(columnAt(area.west, z)),
    east: clamp(columnAt(area.east, z)),
    north: clamp(rowAt(area.north, z)),
    south: clamp(rowAt(area.south, z)),
  };
}

export function* tilesOf({ z, west, east, north, south }: TileBlock): Generator<Tile> {
  for (let x = west; x <= east; x += 1) for (let y = north; y <= south; y += 1) yield { z, x, y };
}

export function* tilesOfArea(area: Bounds, minZoom: number, maxZoom: number): Generator<Tile> {
  for (let z = minZoom; z <= maxZoom; z += 1) yield* tilesOf(blockOf(area, z));
}

export function boundsOfTile({ z, x, y }: Tile): Bounds {
  return {
    west: longitudeAt(x, z),
    east: longitudeAt(x + 1, z),
    north: latitudeAt(y, z),
    south: latitudeAt(y + 1, z),
  };
}

/** The part of an area that these tiles cover, gaps included; null without tiles. */
export function coveredBounds(area: Bounds, tiles: Iterable<Tile>): Bounds | null {
  let covered: Bounds | null = null;
  for (const tile of tiles) {
    const own = boundsOfTile(tile);
    covered = covered === null ? own : boundsAround([covered, own]);
  }
  return covered === null ? null : boundsWithin(covered, area);
}

/** Fractional column and row, from the world's north-western corner. */
export function columnAt(lng: number, z: number): number {
  return ((lng + 180) / 360) * 2 ** z;
}

export function rowAt(lat: number, z: number): number {
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return ((1 - north / Math.PI) / 2) * 2 ** z;
}

export function longitudeAt(column: number, z: number): number {
  return (column / 2 ** z) * 360 - 180;
}

export function latitudeAt(row: number, z: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / 2 ** z))) * 180) / Math.PI;
}
