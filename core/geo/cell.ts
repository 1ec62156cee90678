import {
  cellArea,
  cellsToMultiPolygon,
  cellToBoundary,
  cellToChildren,
  cellToLatLng,
  cellToParent,
  compactCells,
  getResolution,
  greatCircleDistance,
  gridDisk,
  isValidCell,
  latLngToCell,
  UNITS,
  uncompactCells,
} from "h3-js";

/** An H3 index as 15 hexadecimal characters. */
export type H3Cell = string & { readonly brand: "H3Cell" };
/** `[lng, lat]` in WGS84 degrees; the only order used outside this file. */
export type Position = readonly [lng: number, lat: number];

/** Events, footprints and patrol stops live at this resolution (69 m edge, 13,422 m2 here). */
export const eventResolution = 10;
/** Patrol zones and the default map view (181 m edge). */
export const zoneResolution = 9;

export function cellAt([lng, lat]: Position, resolution: number): H3Cell {
  return latLngToCell(lat, lng, resolution) as H3Cell;
}

export function cellCentre(cell: H3Cell): Position {
  const [lat, lng] = cellToLatLng(cell);
  return [lng, lat];
}

/** Closed ring of `[lng, lat]`. */
export function cellRing(cell: H3Cell): Position[] {
  return cellToBoundary(cell, true) as unknown as Position[];
}

export function parentCell(cell: H3Cell, resolution: number): H3Cell {
  return cellToParent(cell, resolution) as H3Cell;
}

export function childCells(cell: H3Cell, resolution: number): H3Cell[] {
  return cellToChildren(cell, resolution) as H3Cell[];
}

export function resolutionOf(cell: H3Cell): number {
  return getResolution(cell);
}

export function disk(cell: H3Cell, rings: number): H3Cell[] {
  return gridDisk(cell, rings) as H3Cell[];
}

/** The six (five at a pentagon) adjacent cells. */
export function neighboursOf(cell: H3Cell): H3Cell[] {
  return disk(cell, 1).filter((other) => other !== cell);
}

export function isCell(value: string): value is H3Cell {
  return isValidCell(value);
}

export function cellAreaM2(cell: H3Cell): number {
  return cellArea(cell, UNITS.m2);
}

/** The mean of their centres. */
export function middleOfCells(cells: readonly H3Cell[]): Position {
  let [lng, lat] = [0, 0];
  for (const [x, y] of cells.map(cellCentre)) {
    lng += x / cells.length;
    lat += y / cells.length;
  }
  return [lng, lat];
}

/** Great-circle distance. */
export function metresBetween([lng1, lat1]: Position, [lng2, lat2]: Position): number {
  return greatCircleDistance([lat1, lng1], [lat2, lng2], UNITS.m);
}

/** Five decimals, about a metre. */
export function roundedPosition([lng, lat]: Position): [number, number] {
  return [Math.round(lng * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];
}

/** Outline of a set of cells as GeoJSON MultiPolygon coordinates. */
export function outlineOf(cells: readonly H3Cell[]): Position[][][] {
  return cellsToMultiPolygon([...cells], true) as unknown as Position[][][];
}

export function roundedOutline(cells: readonly H3Cell[]): [number, number][][][] {
  return outlineOf(cells).map((rings) => rings.map((ring) => ring.map(roundedPosition)));
}

/** Replaces whole groups of cells by their parents: a fifth as many. */
export function packCells(cells: readonly H3Cell[]): H3Cell[] {
  return compactCells([...cells]) as H3Cell[];
}

export function unpackCells(packed: readonly string[], resolution: number): H3Cell[] {
  return uncompactCells([...packed], resolution) as H3Cell[];
}

/** Ascending, as text and as number alike: every writer inserts cells in this order. */
export function sortCells(cells: Iterable<H3Cell>): H3Cell[] {
  return [...cells].sort((a, b) => (a < b ? -1 : Number(a > b)));
}

/** The index as its upper and lower 32 bits. */
export function halvesOfCell(cell: H3Cell): [high: number, low: number] {
  const at = cell.length - 8;
  return [hexOf(cell, 0, at), hexOf(cell, at, cell.length)];
}

/** Without substrings: an import calls this for millions of rows. */
function hexOf(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    value = value * 16 + (code < 58 ? code - 48 : (code | 32) - 87);
  }
  return value;
}

/** The index as a decimal string, for a `bigint` column. */
export function cellToDecimal(cell: H3Cell): string {
  return BigInt(`0x${cell}`).toString();
}
