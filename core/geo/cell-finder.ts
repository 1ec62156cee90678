import { cellToLatLng, getPentagons } from "h3-js";
import { cellAt, eventResolution, type H3Cell, type Position } from "#core/geo/cell.ts";

/** `cellAt` at the resolution of events. */
export type CellFinder = (position: Position) => H3Cell;

type Vector = readonly [x: number, y: number, z: number];

/** Points this near an edge go to H3, in distances of neighbouring cells: about a centimetre. */
const nearEdge = 1e-4;
/** The same between two faces, in cosines. */
const nearFace = 1e-9;
/** Low bits of a cell's place on either axis: enough for an area of 60 km. */
const bits = 9;
const mask = 2 ** bits - 1;

/**
 * Cells of many points in one neighbourhood, in a third of the time of `cellAt` with identical
 * results. H3's grid is regular hexagons on each icosahedron face (gnomonic projection; h3geo.org,
 * Overview), so a few products locate a point. H3 itself names each grid place's cell the first
 * time, and decides near edges.
 */
export const cellFinder = (): CellFinder => {
  shared ??= createCellFinder();
  return shared;
};

/** Its five megabytes take longer to make than a small file to read, so there is one. */
let shared: CellFinder | null = null;

function createCellFinder(): CellFinder {
  const cells = new Array<H3Cell | undefined>(1 << (2 * bits)).fill(undefined);
  const places = new Int32Array(3 << (2 * bits));
  return (position) => {
    const face = findFace(position);
    if (face === -1 || !findPlace(face)) return cellAt(position, eventResolution);
    const { column, row } = found;
    const slot = ((row & mask) << bits) | (column & mask);
    const from = slot * 3;
    const cell = cells[slot];
    const isSame = places[from] === face && places[from + 1] === column && places[from + 2] === row;
    if (cell !== undefined && isSame) return cell;
    const asked = cellAt(position, eventResolution);
    cells[slot] = asked;
    places[from] = face;
    places[from + 1] = column;
    places[from + 2] = row;
    return asked;
  };
}

/** Reused for each point: allocating millions would burden the garbage collector. */
const point = new Float64Array(3);
let nearness = 0;
const found = { column: 0, row: 0 };

const radians = Math.PI / 180;

/** The face with the nearest centre; -1 for a tie. */
function findFace([lng, lat]: Position): number {
  const across = Math.cos(lat * radians);
  const x = across * Math.cos(lng * radians);
  const y = across * Math.sin(lng * radians);
  const z = Math.sin(lat * radians);
  point[0] = x;
  point[1] = y;
  point[2] = z;
  let face = -1;
  let [nearest, next] = [-1, -1];
  for (let at = 0; at < centres.length; at += 3) {
    const cosine = x * (centres[at] ?? 0) + y * (centres[at + 1] ?? 0) + z * (centres[at + 2] ?? 0);
    if (cosine > nearest) {
      next = nearest;
      nearest = cosine;
      face = at / 3;
    } else if (cosine > next) next = cosine;
  }
  nearness = nearest;
  return nearest - next > nearFace ? face : -1;
}

/** Place on the face's two axes 60 degrees apart; false so near an edge that H3 must say. */
function findPlace(face: number): boolean {
  const row = along(face * 2 + 1) / Math.sin(60 * radians);
  const column = along(face * 2) - row / 2;
  // Rounds to the nearest triangular grid point: of three coordinates that sum to zero, the
  // most-rounded one follows from the others.
  let nearColumn = Math.round(column);
  let nearRow = Math.round(row);
  const off = Math.abs(nearColumn - column);
  const rowOff = Math.abs(nearRow - row);
  const third = Math.round(-column - row);
  const thirdOff = Math.abs(third + column + row);
  if (off > rowOff && off > thirdOff) nearColumn = -nearRow - third;
  else if (rowOff > thirdOff) nearRow = -nearColumn - third;
  found.column = nearColumn;
  found.row = nearRow;
  const [a, b] = [column - nearColumn, row - nearRow];
  const furthest = Math.max(Math.abs(a - b), Math.abs(a + 2 * b), Math.abs(2 * a + b));
  return furthest < 1 - nearEdge;
}

function along(axis: number): number {
  const at = axis * 3;
  const [x, y, z] = [point[0] ?? 0, point[1] ?? 0, point[2] ?? 0];
  const product = x * (axes[at] ?? 0) + y * (axes[at + 1] ?? 0) + z * (axes[at + 2] ?? 0);
  return product / nearness;
}

/** Corners of the icosahedron are the centres of H3's pentagons. */
const corners = getPentagons(0).map((cell): Vector => {
  const [lat = 0, lng = 0] = cellToLatLng(cell).map((degrees) => degrees * radians);
  return [Math.cos(lat) * Math.cos(lng), Math.cos(lat) * Math.sin(lng), Math.sin(lat)];
});
/** Cosine between corners that share an edge: 1 / sqrt 5; of any other two it is negative. */
const areJoined = (a: Vector, b: Vector) => a !== b && dot(a, b) > 0.4;
const cornersOfFaces = corners.flatMap((a, first) =>
  corners.flatMap((b, second) =>
    corners
      .filter((c, third) => first < second && second < third && areJoined(b, c) && areJoined(a, c))
      .filter(() => areJoined(a, b))
      .map((c) => [a, b, c] as const),
  ),
);
const centreOf = ([a, b, c]: readonly [Vector, Vector, Vector]): Vector =>
  scaled([a[0] + b[0] + c[0], a[1] + b[1] + c[1], a[2] + b[2] + c[2]], 1);
const centres = Float64Array.from(cornersOfFaces.flatMap(centreOf));
/**
 * Two perpendicular axes per face, the first towards a corner. At resolution 0 a corner is two
 * cells from the centre, and every second resolution has seven times as many cells along an axis.
 */
const axes = Float64Array.from(
  cornersOfFaces.flatMap((face) => {
    const centre = centreOf(face);
    const [corner] = face;
    const cosine = dot(centre, corner);
    const cells = (2 * 7 ** (eventResolution / 2) * cosine) / Math.sqrt(1 - cosine ** 2);
    const [x, y, z] = corner.map((one, at) => one - cosine * (centre[at] ?? 0));
    const first = scaled([x ?? 0, y ?? 0, z ?? 0], cells);
    const second = scaled(cross(centre, first), cells);
    return [...first, ...second];
  }),
);

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function scaled(vector: Vector, length: number): Vector {
  const factor = length / Math.hypot(...vector);
  return [vector[0] * factor, vector[1] * factor, vector[2] * factor];
}
