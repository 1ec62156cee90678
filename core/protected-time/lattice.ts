import { POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from "h3-js";
import {
  cellAt,
  cellCentre,
  cellRing,
  childCells,
  disk,
  type H3Cell,
  isCell,
  type Position,
  parentCell,
  resolutionOf,
  sortCells,
} from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type Plane, type PlanePoint } from "#core/geo/plane.ts";
import { linesApart, type Segment } from "#core/geo/segments.ts";
import {
  type Ground,
  type Outline,
  type PlaceKind,
  radiusFault,
  type Venue,
} from "#core/protected-time/ground.ts";
import type { PatrolGround } from "#core/protected-time/patrol-ground.ts";
import {
  latticeResolution,
  mostLatticeCells,
  nearM,
  outlineClassM,
  type RadiusClass,
  radiusClassesM,
  widerResolution,
} from "#core/protected-time/settings.ts";
import { failure, type Result, success } from "#core/result.ts";

/**
 * All that leaves a partner's browser or is stored of a place (DEFINITIONS, Protected footprint):
 * its cells of a fixed lattice, and a radius class. Venues that share both are indistinguishable in
 * everything derived from it.
 */
export interface LatticePlace {
  readonly kind: PlaceKind;
  /** Sorted: a circle's cell, or the seven of its parent; all that an area or route overlaps. */
  readonly lattice: readonly H3Cell[];
  /** Margin kept clear around the lattice, in metres. */
  readonly classM: RadiusClass;
}

/**
 * Valid ground, snapped to the lattice. `isWide` takes all cells that share the cell's parent, for
 * circles only. `saved` is what the partner has saved: ground inside a saved place keeps its cells,
 * as two taps on either side of a line would reveal the line.
 */
export function snapToLattice(
  ground: Ground,
  isWide = false,
  saved: readonly SavedLattice[] = [],
): LatticePlace {
  const circle = circleOf(ground);
  if (circle === null) return snapOutline(ground as Outline, saved);
  const lattice = circleCells(circle.at, ground.kind === "circle" && isWide, saved);
  return { kind: "circle", lattice, classM: radiusClassOf(circle.radiusM) };
}

/**
 * An outline that fits in a circle of the largest class is treated as that circle, whatever its
 * shape: two or three overlapped cells around a corner would reveal its centre.
 */
function circleOf(ground: Ground): Venue | null {
  if (ground.kind === "circle") return ground;
  const plane = createPlane(ground.corners[0] as Position);
  const points = ground.corners.map(plane.toPlane);
  const middleOf = (axis: 0 | 1) => {
    const along = points.map((point) => point[axis]);
    return (Math.min(...along) + Math.max(...along)) / 2;
  };
  const [x, y] = [middleOf(0), middleOf(1)];
  const besideM = ground.kind === "corridor" ? ground.halfWidthM : 0;
  const reachM = Math.max(...points.map((point) => Math.hypot(point[0] - x, point[1] - y)));
  const radiusM = Math.max(1, Math.ceil(reachM + besideM));
  if (radiusFault(radiusM) !== null) return null;
  return { kind: "circle", at: plane.toPosition([x, y]), radiusM };
}

/**
 * Cell of a circle, unless one nearby was saved. Where a saved wider place holds it, one of its
 * seven; it may lie in none of them, as two taps may both have missed.
 */
function circleCells(at: Position, isWide: boolean, saved: readonly SavedLattice[]): H3Cell[] {
  const own = cellAt(at, latticeResolution);
  const circles = saved.filter(({ kind }) => kind === "circle");
  const around = circles.filter((place) => isWider(place) && holdsPoint(place, at));
  const wide = around.find(({ lattice }) => lattice.includes(own)) ?? around[0];
  const seven = wide?.lattice as readonly H3Cell[] | undefined;
  const single = circles.filter((place) => !isWider(place));
  const known = new Set(single.flatMap(({ lattice }) => lattice as readonly H3Cell[]));
  const offM = seven ? 2 * nearM : nearM;
  const beside = disk(own, 1);
  const [nearest] = [...new Set([...(seven ?? [own]), ...known])]
    .filter((cell) => beside.includes(cell))
    .map((cell) => ({ cell, metres: metresTo(cell, at) }))
    .filter(({ metres }) => metres <= mostOffM)
    .map(({ cell, metres }) => ({ cell, metres: metres - (known.has(cell) ? offM : 0) }))
    .sort((one, other) => one.metres - other.metres);
  const cell = nearest?.cell ?? own;
  if (isWide) return seven ? [...seven] : cellsBeside(cell);
  return [cell];
}

/** A footprint covers points this far from its lattice cells; it reaches 115 m. */
const mostOffM = 100;

/** The cell and its parent's six others, sorted: whole, unlike the parent's outline. */
export function cellsBeside(cell: H3Cell): H3Cell[] {
  return sortCells(childCells(parentCell(cell, widerResolution), latticeResolution));
}

/**
 * Cells that an outline overlaps, or all seven of a parent where it overlaps two of them. Saved
 * cells are kept where it overlaps no others and comes near all of them.
 */
function snapOutline(outline: Outline, saved: readonly SavedLattice[]): LatticePlace {
  const { kind } = outline;
  const overlapped = latticeCellsOf(outline);
  const around = saved.filter(
    (place) => place.kind !== "circle" && overlapped.every((cell) => place.lattice.includes(cell)),
  );
  const near = around.length > 0 ? wholeParents(latticeCellsOf(outline, nearM)) : [];
  const again = around.find(({ lattice }) =>
    lattice.every((cell) => near.includes(cell as H3Cell)),
  );
  const lattice = (again?.lattice as readonly H3Cell[] | undefined) ?? wholeParents(overlapped);
  return { kind, lattice, classM: outlineClassM };
}

/** Sorted; a parent with two of its cells is filled up. */
export function wholeParents(cells: readonly H3Cell[]): H3Cell[] {
  const parents = cells.map((cell) => parentCell(cell, widerResolution));
  const twice = new Set(parents.filter((parent, at) => parents.indexOf(parent) < at));
  const whole = [...twice].flatMap((parent) => childCells(parent, latticeResolution));
  return sortCells(new Set([...cells, ...whole]));
}

/** Allows for earth curvature between plane and ground, over the longest outline. */
const padShare = 0.01;
const padM = 6;
/** Less than any distance between centres of touching lattice cells. */
const stepM = 250;
/** More than a lattice cell's corner is from its centre. */
const cellReachM = 240;

/** Lattice cells over or near an outline, a route's width included; unordered. */
export function latticeCellsOf(outline: Outline, nearestM = 0): H3Cell[] {
  const plane = createPlane(outline.corners[0] as Position);
  const edges = edgesOf(outline, plane);
  const halfWidthM = outline.kind === "corridor" ? outline.halfWidthM : 0;
  const reachM = (1 + padShare) * halfWidthM + padM + nearestM;
  const found = new Set([...cellsInside(outline), ...cellsOn(edges, plane)]);
  const rings = Math.ceil(reachM / stepM) + 1;
  const near = new Set([...found].flatMap((cell) => disk(cell, rings)));
  return [...near].filter((cell) => found.has(cell) || isWithin(cell, edges, plane, reachM));
}

function edgesOf({ kind, corners }: Outline, { toPlane }: Plane): Segment[] {
  const points = corners.map(toPlane);
  return points.flatMap((point, index): Segment[] => {
    const next = points[index + 1] ?? (kind === "area" ? points[0] : undefined);
    return next === undefined ? [] : [[point, next]];
  });
}

/** Cells of points on the edges, spaced by at most a cell's width. */
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
  const { containmentOverlapping } = POLYGON_TO_CELLS_FLAGS;
  return polygonToCellsExperimental(
    [ring],
    latticeResolution,
    containmentOverlapping,
    true,
  ) as H3Cell[];
}

function isWithin(cell: H3Cell, edges: readonly Segment[], plane: Plane, metres: number): boolean {
  const middle = plane.toPlane(cellCentre(cell));
  const near = edges.filter((edge) => locateOnLine(middle, edge).distance <= metres + cellReachM);
  if (near.length === 0) return false;
  const ring = cellRing(cell).map(plane.toPlane);
  return near.some((edge) =>
    ring.some((corner, index) => {
      const next = ring[index + 1];
      return next !== undefined && linesApart([corner, next], edge) <= metres;
    }),
  );
}

/** Rounds up to a class. */
export function radiusClassOf(radiusM: number): RadiusClass {
  const found = radiusClassesM.find((classM) => radiusM <= classM);
  if (found === undefined) throw new RangeError(radiusFault(radiusM) ?? "The radius is no number");
  return found;
}

/** Of seven cells instead of one: police can tell less of it, and more is closed. */
export function isWider({ kind, lattice }: Pick<SavedLattice, "kind" | "lattice">): boolean {
  return kind === "circle" && lattice.length > 1;
}

/** Whether both give the same footprint, byte for byte. */
export function isSamePlace(one: LatticePlace, other: SavedLattice): boolean {
  const keyOf = ({ kind, lattice, classM }: SavedLattice) => [kind, classM, ...lattice].join(" ");
  return keyOf(one) === keyOf(other);
}

/** As stored: without class and cells if saved before there was a lattice. */
export interface SavedLattice {
  readonly kind: PlaceKind;
  readonly lattice: readonly string[];
  readonly classM: RadiusClass | null;
}

/**
 * Whether a point lies in a saved place: in its cells, or within tapping error. A wider place's
 * parent outline counts too, as places were formerly saved by it: it exceeds the cells by up to 57
 * m. A footprint reaches 115 m further than its class, so all around such a point is kept clear.
 */
export function holdsPoint(place: Pick<SavedLattice, "kind" | "lattice">, at: Position): boolean {
  const cells = place.lattice as readonly H3Cell[];
  const [first] = cells;
  if (first === undefined) return false;
  const own = cellAt(at, latticeResolution);
  if (cells.includes(own)) return true;
  const outline = isWider(place) ? [parentCell(first, widerResolution)] : [];
  const beside = disk(own, 1).filter((cell) => cells.includes(cell));
  return [...outline, ...beside].some((cell) => metresTo(cell, at) <= nearM);
}

/** 0 where the point is inside the cell. */
function metresTo(cell: H3Cell, at: Position): number {
  if (cellAt(at, resolutionOf(cell)) === cell) return 0;
  return locateOnLine([0, 0], cellRing(cell).map(createPlane(at).toPlane)).distance;
}

/**
 * Validates a received place: refused unless some ground snaps to it. `patrols` is null where no
 * boundary is known. Submissions from a page older than an update are migrated like stored rows
 * (sql/before/rows.sql).
 */
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
  const sent: H3Cell[] = [];
  for (const cell of new Set(given.lattice)) {
    if (!isOfLattice(cell, kind)) {
      return failure(`"${cell.slice(0, 40)}" is not a cell that a place is saved by.`);
    }
    if (patrols?.isFar(cellCentre(cell))) {
      return failure("It lies far outside the area: choose it on the map again.");
    }
    const isParent = resolutionOf(cell) === widerResolution;
    sent.push(...(isParent ? childCells(cell, latticeResolution) : [cell]));
  }
  const lattice = kind === "circle" ? sortCells(new Set(sent)) : wholeParents(sent);
  const fault = cellsFault(kind, lattice);
  return fault === null ? success({ kind, lattice, classM }) : failure(fault);
}

function isOfLattice(cell: string, kind: PlaceKind): cell is H3Cell {
  if (!isCell(cell)) return false;
  const resolution = resolutionOf(cell);
  return resolution === latticeResolution || (kind === "circle" && resolution === widerResolution);
}

function cellsFault(kind: PlaceKind, lattice: readonly H3Cell[]): string | null {
  const [first] = lattice;
  if (first === undefined) return "It has no cells.";
  if (kind === "circle") {
    const isWhole = lattice.length === 1 || lattice.join() === cellsBeside(first).join();
    return isWhole ? null : "A place lies in one cell, or in all seven under one parent.";
  }
  return lattice.length <= mostLatticeCells
    ? null
    : `It has more than ${mostLatticeCells} cells: draw it smaller, or as two places.`;
}
