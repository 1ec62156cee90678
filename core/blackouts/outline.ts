import { POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from "h3-js";
import { pointAt, sortCells } from "#core/blackouts/footprint.ts";
import {
  footprintRings,
  leastAreaM2,
  leastHalfWidthM,
  mostAcrossM,
  mostCorridorM,
  mostHalfWidthM,
  mostOutlineCorners,
  offsetM,
  studyCentre,
  studyReachM,
} from "#core/blackouts/settings.ts";
import {
  cellAt,
  cellCentre,
  cellRing,
  disk,
  eventResolution,
  type H3Cell,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";
import {
  createPlane,
  lineLength,
  locateOnLine,
  type Plane,
  type PlanePoint,
} from "#core/geo/plane.ts";
import { crossesItself, ringAreaM2, type Segment, segmentsApart } from "#core/geo/segments.ts";

/** Several streets at once. Like a venue it lives in the partner's browser and nowhere else. */
export interface DrawnArea {
  readonly kind: "area";
  /** Corners in order; the last is joined to the first. */
  readonly corners: readonly Position[];
}

/** A route that is walked or driven: it closes whole, for the whole session. */
export interface Corridor {
  readonly kind: "corridor";
  readonly corners: readonly Position[];
  /** How far to each side. */
  readonly halfWidthM: number;
}

export type Outline = DrawnArea | Corridor;

/**
 * The protected footprint of an outline, by the rule of a venue's (DEFINITIONS): the whole of it
 * moved by one secret offset, uniform in a disc of 150 m; grown by the same 150 m, so that the
 * true area stays inside; every cell that overlaps; one ring around those. Draw it once and keep it.
 */
export function drawOutline(outline: Outline, random: () => number): H3Cell[] {
  const fault = outlineFault(outline);
  if (fault !== null) throw new RangeError(fault);
  // The square root makes the draw uniform over the area of the disc.
  const distanceM = offsetM * Math.sqrt(random());
  const bearing = 2 * Math.PI * random();
  const plane = createPlane(outline.corners[0] as Position);
  const [x, y] = plane.toPlane(pointAt(outline.corners[0] as Position, distanceM, bearing));
  const corners = outline.corners.map((corner): Position => {
    const [east, north] = plane.toPlane(corner);
    return plane.toPosition([east + x, north + y]);
  });
  return footprintOfOutline({ ...outline, corners }, offsetM);
}

/** For the curve of the earth between the plane and the ground, over the longest outline. */
const padShare = 0.01;
const padM = 6;
/** Less than the shortest way between the middles of two cells that touch. */
const cellStepM = 110;

/** The cells that an outline overlaps, grown by some metres, and the ring around them; no offset. */
export function footprintOfOutline(outline: Outline, grownM = 0): H3Cell[] {
  const reachM = (1 + padShare) * (grownM + halfWidthOf(outline)) + padM;
  const plane = createPlane(outline.corners[0] as Position);
  const edges = edgesOf(outline, plane);
  const inside = new Set(cellsInside(outline));
  const rings = Math.ceil(reachM / cellStepM) + 2;
  const near = new Set<H3Cell>();
  for (const at of along(edges)) {
    for (const cell of disk(cellAt(plane.toPosition(at), eventResolution), rings)) near.add(cell);
  }
  const cover = [...near].filter(
    (cell) => inside.has(cell) || isWithin(cell, edges, { plane, metres: reachM }),
  );
  const footprint = new Set([...cover, ...inside].flatMap((cell) => disk(cell, footprintRings)));
  return sortCells(footprint);
}

function halfWidthOf(outline: Outline): number {
  return outline.kind === "corridor" ? outline.halfWidthM : 0;
}

function edgesOf({ kind, corners }: Outline, { toPlane }: Plane): Segment[] {
  const points = corners.map(toPlane);
  return points.flatMap((point, index): Segment[] => {
    const next = points[index + 1] ?? (kind === "area" ? points[0] : undefined);
    return next === undefined ? [] : [[point, next]];
  });
}

/** Points on the edges, none further from the next than a cell is wide. */
function* along(edges: readonly Segment[]): Generator<PlanePoint> {
  for (const [[x, y], [toX, toY]] of edges) {
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - x, toY - y) / cellStepM));
    for (let step = 0; step <= steps; step += 1) {
      yield [x + ((toX - x) * step) / steps, y + ((toY - y) * step) / steps];
    }
  }
}

function cellsInside({ kind, corners }: Outline): H3Cell[] {
  if (kind === "corridor") return [];
  const ring = [...corners, corners[0] as Position].map((corner) => [...corner]);
  return polygonToCellsExperimental(
    [ring],
    eventResolution,
    POLYGON_TO_CELLS_FLAGS.containmentOverlapping,
    true,
  ) as H3Cell[];
}

/** More than any corner of a cell is from its middle. */
const cellReachM = 90;

/** Whether a cell comes within some metres of an edge. */
function isWithin(cell: H3Cell, edges: readonly Segment[], { plane, metres }: Reach): boolean {
  const middle = plane.toPlane(cellCentre(cell));
  const near = edges.filter((edge) => locateOnLine(middle, edge).distance <= metres + cellReachM);
  if (near.some((edge) => locateOnLine(middle, edge).distance <= metres)) return true;
  if (near.length === 0) return false;
  // An edge wholly inside it would come nearer to one of its sides than these metres: they are 31 at least,
  // or the outline is an area, which holds that cell anyway.
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

/** Half of its greatest extent in whole 25 m: what an outline has for the radius of a circle. */
export function reachOf(outline: Outline): number {
  const { corners } = outline;
  let widest = 0;
  for (const from of corners) {
    for (const to of corners) widest = Math.max(widest, metresBetween(from, to));
  }
  return Math.max(25, Math.ceil((widest / 2 + halfWidthOf(outline)) / 25) * 25);
}

/** What is wrong with an outline, in words that do not repeat it; null when it can be used. */
export function outlineFault(outline: Outline): string | null {
  const { kind, corners } = outline;
  const fewest = kind === "area" ? 3 : 2;
  if (corners.length < fewest) return fewWords[kind];
  if (corners.length > mostOutlineCorners) {
    return `It has more than ${mostOutlineCorners} corners: draw it with fewer.`;
  }
  if (corners.some((corner) => !(metresBetween(corner, studyCentre) <= studyReachM))) {
    return "It lies far outside the area: check that latitude and longitude are not swapped.";
  }
  return kind === "area" ? areaFault(corners) : corridorFault(outline);
}

const fewWords = {
  area: "Tap at least three corners of the area on the map.",
  corridor: "Tap at least the beginning and the end of the route on the map.",
};

function areaFault(corners: readonly Position[]): string | null {
  const points = corners.map(createPlane(corners[0] as Position).toPlane);
  if (crossesItself(points)) return "The outline crosses itself: take corners back and go round.";
  if (ringAreaM2(points) < leastAreaM2) {
    return "The area is smaller than a circle of 25 m: draw it larger, or choose a place instead.";
  }
  return extentOf(corners) <= mostAcrossM
    ? null
    : `The area is more than ${mostAcrossM / 1_000} km across: draw it smaller, or as two places.`;
}

function corridorFault({ corners, halfWidthM }: Corridor): string | null {
  const width = halfWidthFault(halfWidthM);
  if (width !== null) return width;
  const lengthM = lineLength(corners.map(createPlane(corners[0] as Position).toPlane));
  if (lengthM < 2 * leastHalfWidthM) {
    return "The route is shorter than 50 m: go on with it, or choose a place instead.";
  }
  return lengthM <= mostCorridorM
    ? null
    : `The route is longer than ${mostCorridorM / 1_000} km: save it as two places.`;
}

export function halfWidthFault(metres: number): string | null {
  if (Number.isInteger(metres) && metres >= leastHalfWidthM && metres <= mostHalfWidthM)
    return null;
  return `The distance to each side must be a whole number of metres from ${leastHalfWidthM} to ${mostHalfWidthM}.`;
}

function extentOf(corners: readonly Position[]): number {
  return Math.max(...corners.flatMap((from) => corners.map((to) => metresBetween(from, to))));
}
