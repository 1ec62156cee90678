import {
  cellAreaM2,
  cellAt,
  cellCentre,
  cellRing,
  childCells,
  disk,
  eventResolution,
  type H3Cell,
  neighboursOf,
  parentCell,
} from "#core/geo/cell.ts";
import { grownCells } from "#core/geo/grown-cells.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import {
  footprintRings,
  latticeResolution,
  radiusClassesM,
  widerResolution,
} from "#core/protected-time/settings.ts";

/** What a picture of protected time tells of one venue at the most. */
export interface Told {
  /** The smallest area that holds a venue with a probability of 95 %. 0: drawn by no rule that is known. */
  readonly toldM2: number;
  /** That area, as lattice cells; empty where the picture is not made of whole ones. */
  readonly within: readonly H3Cell[];
  /** Of one lattice cell there: no less may be told (SAFEGUARDS 5). */
  readonly allowedM2: number;
}

const credible = 0.95;
/** Odds of one more venue under a hatch that already explains itself. */
const oddsOfAnother = 0.05;

/**
 * Works out, as a reader who knows every rule by which footprints are drawn, where the venues behind one picture
 * may be: all cells closed at one moment, merged over partners. Shares no code with the drawing but the growing of cells.
 * Whatever is closed must be explained by footprints that lie in the picture; explanations by fewer venues weigh more,
 * by `oddsOfAnother` each. Of the statements "a venue closed this cell" the narrowest is told. Null for an empty picture.
 */
export function toldBy(picture: readonly H3Cell[]): Told | null {
  const shapes = connectedShapes(picture).map(toldByShape);
  return shapes.sort((a, b) => a.toldM2 / a.allowedM2 - b.toldM2 / b.allowedM2)[0] ?? null;
}

function toldByShape(shape: readonly H3Cell[]): Told {
  const candidates = candidatesIn(shape);
  const explained = new Set(candidates.flatMap(({ closes }) => closes));
  const lattice = parentCell(shape[0] as H3Cell, latticeResolution);
  const allowedM2 = Math.min(
    cellAreaM2(lattice),
    ...candidates.flatMap(({ places }) => places.map(cellAreaM2)),
  );
  if (explained.size < shape.length) {
    return { toldM2: toldByCircle(shape), within: [], allowedM2 };
  }
  const weights = weightsOf(shape, candidates);
  const statements = new Map<string, number[]>();
  const byCell = new Map<H3Cell, number[]>(shape.map((cell) => [cell, []]));
  candidates.forEach(({ closes }, index) => {
    for (const cell of closes) byCell.get(cell)?.push(index);
  });
  for (const those of byCell.values()) statements.set(those.join(), those);
  const narrowest = Array.from(statements.values(), (those) => {
    const masses = new Map<H3Cell, number>();
    for (const index of those) {
      const places = candidates[index]?.places ?? [];
      for (const place of places) {
        const share = (weights[index] as number) / places.length;
        masses.set(place, (masses.get(place) ?? 0) + share);
      }
    }
    return credibleCells(masses);
  }).sort((a, b) => areaOf(a) - areaOf(b));
  const within = narrowest[0] ?? [];
  return { toldM2: areaOf(within), within, allowedM2 };
}

const areaOf = (cells: readonly H3Cell[]) => cells.reduce((sum, cell) => sum + cellAreaM2(cell), 0);

/** The likeliest cells, whole ones, until their mass is enough. */
function credibleCells(masses: ReadonlyMap<H3Cell, number>): H3Cell[] {
  const sorted = [...masses].sort((a, b) => b[1] - a[1]);
  let left = credible * sorted.reduce((sum, [, mass]) => sum + mass, 0);
  return sorted
    .filter(([, mass]) => {
      const isNeeded = left > 0;
      left -= mass;
      return isNeeded;
    })
    .map(([cell]) => cell);
}

interface Candidate {
  /** Lattice cells in which its venue may be. */
  readonly places: readonly H3Cell[];
  readonly closes: readonly H3Cell[];
}

/** Every footprint of a lattice cell, or of all seven under one parent, that lies in the shape. */
function candidatesIn(shape: readonly H3Cell[]): Candidate[] {
  const closed = new Set(shape);
  const singles = [...new Set(shape.map((cell) => parentCell(cell, latticeResolution)))].filter(
    (cell) =>
      disk(childCells(cell, eventResolution)[0] as H3Cell, 2).every((one) => closed.has(one)),
  );
  const parents = new Set(singles.map((cell) => parentCell(cell, widerResolution)));
  const whole = [...parents]
    .map((parent) => childCells(parent, latticeResolution))
    .filter((seven) => seven.every((cell) => singles.includes(cell)));
  return [...singles.map((cell) => [cell]), ...whole].flatMap((places) => {
    const found: Candidate[] = [];
    for (const classM of radiusClassesM) {
      const closes = [...new Set(places.flatMap((place) => grownFrom(place, classM)))];
      // Footprints of larger classes hold those of smaller ones.
      if (!closes.every((cell) => closed.has(cell))) break;
      found.push({ places, closes });
    }
    return found;
  });
}

const grown = new Map<string, readonly H3Cell[]>();
const mostGrown = 20_000;

function grownFrom(place: H3Cell, classM: number): readonly H3Cell[] {
  const key = `${place} ${classM}`;
  const known = grown.get(key);
  if (known) return known;
  if (grown.size >= mostGrown) grown.clear();
  const cells = grownCells([place], classM, footprintRings);
  grown.set(key, cells);
  return cells;
}

/** By how many more venues each needs beside it, counted greedily, until the whole shape is explained. */
function weightsOf(shape: readonly H3Cell[], candidates: readonly Candidate[]): number[] {
  const indexes = new Map(shape.map((cell, index) => [cell, index]));
  const masks = candidates.map(({ closes }) => {
    const mask = new Uint32Array((shape.length + 31) >> 5);
    for (const cell of closes) {
      const index = indexes.get(cell) as number;
      mask[index >> 5] = (mask[index >> 5] as number) | (1 << (index & 31));
    }
    return mask;
  });
  // The largest of each place holds the others.
  const largest = masks.filter((_, at) => candidates[at]?.places !== candidates[at + 1]?.places);
  const whole = largest.reduce((all, mask) =>
    all.map((word, index) => word | (mask[index] as number)),
  );
  return masks.map((mask) => {
    let left = whole.map((word, index) => word & ~(mask[index] as number));
    let more = 0;
    while (left.some((word) => word !== 0)) {
      const counts = largest.map((one) => bitsIn(one, left));
      const best = largest[counts.indexOf(Math.max(...counts))] as Uint32Array;
      left = left.map((word, index) => word & ~(best[index] as number));
      more += 1;
    }
    return oddsOfAnother ** more;
  });
}

function bitsIn(mask: Uint32Array, within: Uint32Array): number {
  let count = 0;
  for (let index = 0; index < mask.length; index += 1) {
    let word = (mask[index] as number) & (within[index] as number);
    for (; word !== 0; word &= word - 1) count += 1;
  }
  return count;
}

/** Points are tried on cells of this resolution, about 20 m apart. */
const pointResolution = 12;
/** A circle closes every cell that it touches, and as many rings around them. */
const ringsTried = [0, footprintRings, footprintRings + 1];

/**
 * Area of all points around which a circle, of whatever radius, would be drawn as exactly this shape. Of all such
 * circles the largest is tried: it touches every cell that may be touched.
 */
function toldByCircle(shape: readonly H3Cell[]): number {
  const closed = new Set(shape);
  const { toPlane } = createPlane(cellCentre(shape[0] as H3Cell));
  const around = [...new Set(shape.flatMap((cell) => disk(cell, 1)))];
  const rings = around.map((cell) => cellRing(cell).map(toPlane));
  const points = middleCells(shape).flatMap((cell) => childCells(cell, pointResolution));
  const tried = ringsTried.map((deep) => {
    const disks = around.map((cell) => disk(cell, deep));
    const mayBeTouched = disks.map((cells) => cells.every((cell) => closed.has(cell)));
    return { disks, mayBeTouched, possibleM2: 0 };
  });
  for (const point of points) {
    const at = toPlane(cellCentre(point));
    const own = parentCell(point, eventResolution);
    const metres = rings.map((ring, index) =>
      around[index] === own ? 0 : locateOnLine(at, ring).distance,
    );
    for (const one of tried) {
      const reach = Math.min(...metres.filter((_, index) => !one.mayBeTouched[index]));
      const touched = one.disks.filter((_, index) => (metres[index] as number) < reach);
      if (new Set(touched.flat()).size === closed.size) one.possibleM2 += cellAreaM2(point);
    }
  }
  return Math.max(...tried.map(({ possibleM2 }) => possibleM2));
}

/** The cells around the middle of a shape, where the middle of a circle is. */
function middleCells(shape: readonly H3Cell[]): H3Cell[] {
  const centres = shape.map(cellCentre);
  const mean = (axis: 0 | 1) => centres.reduce((sum, one) => sum + one[axis], 0) / centres.length;
  return disk(cellAt([mean(0), mean(1)], eventResolution), 1);
}

/** Cells that touch each other, in groups. */
function connectedShapes(cells: readonly H3Cell[]): H3Cell[][] {
  const left = new Set(cells);
  const shapes: H3Cell[][] = [];
  for (const start of cells) {
    if (!left.delete(start)) continue;
    const shape = [start];
    for (const cell of shape)
      for (const next of neighboursOf(cell)) if (left.delete(next)) shape.push(next);
    shapes.push(shape);
  }
  return shapes;
}
