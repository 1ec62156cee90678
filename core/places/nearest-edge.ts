import {
  cellAt,
  cellCentre,
  disk,
  type H3Cell,
  metresBetween,
  type Position,
} from "#core/geo/cell.ts";
import {
  createPlane,
  locateOnLine,
  type PlaneBounds,
  type PlanePoint,
  planeBounds,
} from "#core/geo/plane.ts";
import { pointsAlong } from "#core/geo/points-along.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { compareText } from "#core/text/text-order.ts";

export interface EdgeLine {
  readonly neighbour: string;
  readonly lines: readonly (readonly Position[])[];
}

export function edgeMetres(lines: EdgeLine["lines"]): number {
  let metres = 0;
  for (const line of lines) {
    line.forEach((at, index) => {
      metres += metresBetween(line[index - 1] ?? at, at);
    });
  }
  return metres;
}

/** Index of the nearest edge within reach, or -1; of two equally near the earlier one. */
export function nearestEdge(edges: readonly EdgeLine[], study: StudySet, metres: number) {
  const origin = study.cells[study.cells.length >> 1];
  if (!origin) throw new RangeError(`The study set "${study.name}" has no cells`);
  const plane = createPlane(cellCentre(origin));
  const nearest = nearestLines(
    edges.map(({ lines }) => lines.map((line) => line.map(plane.toPlane))),
  );
  return (cell: H3Cell): number => nearest(plane.toPlane(cellCentre(cell)), metres);
}

/** Nearest group of lines within reach, by index, as above. */
export function nearestLines(
  groups: readonly (readonly (readonly PlanePoint[])[])[],
): (point: PlanePoint, metres: number) => number {
  const parts = groups.flatMap((lines, group) =>
    lines.flatMap((line) => splitLine(line).map((part) => ({ group, ...part }))),
  );
  return (point, metres) => {
    let best = -1;
    let bestDistance = metres;
    for (const part of parts) {
      if (isBeyond(point, part.box, bestDistance)) continue;
      const { distance } = locateOnLine(point, part.line);
      const isNearer = distance < bestDistance || (best < 0 && distance <= bestDistance);
      if (isNearer) {
        best = part.group;
        bestDistance = distance;
      }
    }
    return best;
  };
}

/** Short pieces with bounding boxes, so that one comparison skips most of a border. */
function splitLine(line: readonly PlanePoint[]) {
  const length = 16;
  const parts: { line: readonly PlanePoint[]; box: PlaneBounds }[] = [];
  for (let from = 0; from + 1 < line.length; from += length) {
    const part = line.slice(from, from + length + 1);
    parts.push({ line: part, box: planeBounds(part) });
  }
  return parts;
}

/**
 * Whether all of a box is certainly further away. Squared, as `Math.hypot` takes ten times as long;
 * the margin leaves rounding cases to the exact distance.
 */
function isBeyond([x, y]: PlanePoint, [west, south, east, north]: PlaneBounds, metres: number) {
  const across = Math.max(west - x, 0, x - east);
  const along = Math.max(south - y, 0, y - north);
  return across * across + along * along > metres * metres * (1 + 1e-9);
}

/** A superset of the cells within reach: rings around points spaced by at most a cell. */
export function cellsNear(edges: readonly EdgeLine[], resolution: number, metres: number) {
  const onLine = new Set<H3Cell>();
  for (const line of edges.flatMap((edge) => edge.lines)) {
    const plane = createPlane(line[0] ?? [0, 0]);
    for (const point of pointsAlong(line.map(plane.toPlane), stepMetres)) {
      onLine.add(cellAt(plane.toPosition(point), resolution));
    }
  }
  const [first] = onLine;
  if (!first) return [];
  const rings = Math.ceil(metres / centreSpacing(first)) + 2;
  return [...grown(onLine, rings)].sort(compareText);
}

/** Cells with rings around each, built ring by ring, as their disks mostly overlap. */
function grown(cells: ReadonlySet<H3Cell>, rings: number): Set<H3Cell> {
  const all = new Set(cells);
  let rim: Iterable<H3Cell> = cells;
  for (let ring = 0; ring < rings; ring += 1) {
    const next: H3Cell[] = [];
    for (const cell of rim) {
      for (const other of disk(cell, 1)) {
        if (all.has(other)) continue;
        all.add(other);
        next.push(other);
      }
    }
    rim = next;
  }
  return all;
}

const stepMetres = 50;

/** The smallest distance between the centres of adjacent cells here, as rows of a disk lie closer. */
function centreSpacing(cell: H3Cell): number {
  const plane = createPlane(cellCentre(cell));
  const distances = disk(cell, 1)
    .filter((other) => other !== cell)
    .map((other) => Math.hypot(...plane.toPlane(cellCentre(other))));
  // Rows of a hexagonal disk are sqrt(3)/2 of the spacing apart.
  return Math.min(...distances) * (Math.sqrt(3) / 2);
}
