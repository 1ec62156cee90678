import { POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from "h3-js";
import {
  cellAt,
  cellCentre,
  cellRing,
  disk,
  type H3Cell,
  isCell,
  type Position,
  resolutionOf,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type Plane, type PlanePoint } from "#core/geo/plane.ts";
import { type Segment, segmentsApart } from "#core/geo/segments.ts";
import {
  type Ground,
  type Outline,
  type PlaceKind,
  radiusFault,
} from "#core/protected-time/ground.ts";
import type { PatrolGround } from "#core/protected-time/patrol-ground.ts";
import {
  latticeResolution,
  mostLatticeCells,
  outlineClassM,
  type RadiusClass,
  radiusClassesM,
  widerResolution,
} from "#core/protected-time/settings.ts";
import { failure, type Result, success } from "#core/result.ts";

/**
 * All that leaves a partner's browser of a place, and all that is stored of it (DEFINITIONS, Protected
 * footprint): the cells of a fixed lattice that it lies in, and a class of radius. Two venues of one lattice
 * cell and class cannot be told apart by anything that is made of it.
 */
export interface LatticePlace {
  readonly kind: PlaceKind;
  /** Of a circle the one that its point lies in; of an area or a route those that it overlaps. Sorted. */
  readonly lattice: readonly H3Cell[];
  /** How far around the lattice is kept clear, in metres. */
  readonly classM: RadiusClass;
}

/** Ground without a fault, snapped to the lattice. `isWider` takes the larger cells, for a circle alone. */
export function snapToLattice(ground: Ground, isWider = false): LatticePlace {
  const { kind } = ground;
  if (kind === "circle") {
    const cell = cellAt(ground.at, isWider ? widerResolution : latticeResolution);
    return { kind, lattice: [cell], classM: radiusClassOf(ground.radiusM) };
  }
  return { kind, lattice: sortCells(latticeCellsOf(ground)), classM: outlineClassM };
}

/** For the curve of the earth between the plane and the ground, over the longest outline. */
const padShare = 0.01;
const padM = 6;
/** Less than the shortest way between the middles of two lattice cells that touch. */
const stepM = 250;
/** More than any corner of a lattice cell is from its middle. */
const cellReachM = 240;

/** The lattice cells that an outline overlaps, the width of a route with it; in no order. */
export function latticeCellsOf(outline: Outline): H3Cell[] {
  const plane = createPlane(outline.corners[0] as Position);
  const edges = edgesOf(outline, plane);
  const halfWidthM = outline.kind === "corridor" ? outline.halfWidthM : 0;
  const reachM = (1 + padShare) * halfWidthM + padM;
  const found = new Set([...cellsInside(outline), ...cellsOn(edges, plane)]);
  const rings = Math.ceil(reachM / stepM) + 1;
  const near = new Set([...found].flatMap((cell) => disk(cell, rings)));
  for (const cell of near) {
    if (isWithin(cell, edges, { plane, metres: reachM })) found.add(cell);
  }
  return [...found];
}

function edgesOf({ kind, corners }: Outline, { toPlane }: Plane): Segment[] {
  const points = corners.map(toPlane);
  return points.flatMap((point, index): Segment[] => {
    const next = points[index + 1] ?? (kind === "area" ? points[0] : undefined);
    return next === undefined ? [] : [[point, next]];
  });
}

/** Those of points on the edges, none further from the next than a cell is wide. */
function cellsOn(edges: readonly Segment[], plane: Plane): H3Cell[] {
  return edges.flatMap(([[x, y], [toX, toY]]) => {
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - x, toY - y) / stepM));
    return Array.from({ length: steps + 1 }, (_, step) => {
      const at: PlanePoint = [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps];
      return cellAt(plane.toPosition(at), latticeResolution);
    });
  });
}

function cellsInside({ kind, corners }: Outline): H3Cell[] {
  if (kind === "corridor") return [];
  const ring = [...corners, corners[0] as Position].map((corner) => [...corner]);
  return polygonToCellsExperimental(
    [ring],
    latticeResolution,
    POLYGON_TO_CELLS_FLAGS.containmentOverlapping,
    true,
  ) as H3Cell[];
}

/** Whether a side of a cell comes within some metres of an edge. */
function isWithin(cell: H3Cell, edges: readonly Segment[], { plane, metres }: Reach): boolean {
  const middle = plane.toPlane(cellCentre(cell));
  const near = edges.filter((edge) => locateOnLine(middle, edge).distance <= metres + cellReachM);
  if (near.length === 0) return false;
  const ring = cellRing(cell).map(plane.toPlane);
  return near.some((edge) =>
    ring.some((corner, index) => {
      const next = ring[index + 1];
      return next !== undefined && segmentsApart([corner, next], edge) <= metres;
    }),
  );
}

interface Reach {
  readonly plane: Plane;
  readonly metres: number;
}

/** The least class that is no smaller. */
export function radiusClassOf(radiusM: number): RadiusClass {
  const found = radiusClassesM.find((classM) => radiusM <= classM);
  if (found === undefined) throw new RangeError(radiusFault(radiusM) ?? "The radius is no number");
  return found;
}

/** Of the larger cells: police can tell less of it, and more is closed. */
export function isWider({ lattice: [first] }: Pick<SavedLattice, "lattice">): boolean {
  return first !== undefined && resolutionOf(first as H3Cell) === widerResolution;
}

/** Whatever is made of the two is the same, byte for byte. */
export function isSamePlace(one: LatticePlace, other: SavedLattice): boolean {
  return keyOf(one) === keyOf(other);
}

/** As it is stored: without a class, and in no cell, where it was saved before there was a lattice. */
export interface SavedLattice {
  readonly kind: PlaceKind;
  readonly lattice: readonly string[];
  readonly classM: RadiusClass | null;
}

function keyOf({ kind, lattice, classM }: SavedLattice): string {
  return [kind, classM, ...lattice].join(" ");
}

/** Whether a point lies in the lattice cells of a place. */
export function holdsPoint({ lattice }: Pick<SavedLattice, "lattice">, at: Position): boolean {
  return lattice.some((cell) => cellAt(at, resolutionOf(cell as H3Cell)) === cell);
}

/** A place as somebody sent it: refused unless some ground snaps to it. `patrols` is null where no boundary is known. */
export function readLatticePlace(
  given: { readonly kind: PlaceKind; readonly lattice: readonly string[]; readonly classM: number },
  patrols: PatrolGround | null,
): Result<LatticePlace> {
  const { kind } = given;
  const classM = radiusClassesM.find((one) => one === given.classM);
  if (classM === undefined || (kind !== "circle" && classM !== outlineClassM)) {
    const classes = kind === "circle" ? `one of ${radiusClassesM.join(", ")}` : outlineClassM;
    return failure(`How far around it is kept clear must be ${classes} m.`);
  }
  const lattice: H3Cell[] = [];
  for (const cell of new Set(given.lattice)) {
    if (!isOfLattice(cell, kind)) {
      return failure(`"${cell.slice(0, 40)}" is not a cell that a place is saved by.`);
    }
    if (patrols?.isFar(cellCentre(cell))) {
      return failure("It lies far outside the area: choose it on the map again.");
    }
    lattice.push(cell);
  }
  const fault = countFault(kind, lattice.length);
  return fault === null ? success({ kind, lattice: sortCells(lattice), classM }) : failure(fault);
}

function isOfLattice(cell: string, kind: PlaceKind): cell is H3Cell {
  if (!isCell(cell)) return false;
  const resolution = resolutionOf(cell);
  return resolution === latticeResolution || (kind === "circle" && resolution === widerResolution);
}

function countFault(kind: PlaceKind, count: number): string | null {
  if (kind === "circle") return count === 1 ? null : "A place lies in one cell, not in more.";
  if (count === 0) return "It has no cells.";
  return count <= mostLatticeCells
    ? null
    : `It has more than ${mostLatticeCells} cells: draw it smaller, or as two places.`;
}
