import { POLYGON_TO_CELLS_FLAGS, polygonToCellsExperimental } from "h3-js";
import { cellAt, cellCentre, cellRing, disk, type H3Cell, type Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine, type Plane, type PlanePoint } from "#core/geo/plane.ts";
import { type Segment, segmentsApart } from "#core/geo/segments.ts";
import type { Outline } from "#core/protected-time/ground.ts";
import { latticeResolution } from "#core/protected-time/settings.ts";

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
