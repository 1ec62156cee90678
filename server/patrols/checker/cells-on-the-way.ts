import { cellToBoundary, greatCircleDistance, gridDisk, gridPathCells, latLngToCell } from "h3-js";
import type { Plan } from "#server/patrols/checker/stored.ts";

type Line = NonNullable<NonNullable<Plan["windows"][number]["legs"]>[number]["line"]>;

/** `[lng, lat]` */
type Point = readonly [number, number];

const resolution = 10;
/** Far less than a cell is wide, so that whatever lies between two looks is beside one of them. */
const stepMetres = 10;

/** All cells of the stops and the ways between, for the whole window. */
export function cellsOnTheWay(
  stops: readonly string[],
  lines: readonly (Line | null)[],
): ReadonlySet<string> {
  return new Set(
    stops.flatMap((stop, at) => {
      const before = stops[at - 1] ?? stop;
      const line = at > 0 ? lines[at - 1] : null;
      if (!line) return gridPathCells(before, stop);
      // From the stop to the street and back, wherever the line is.
      const [first, last] = [line[0], line.at(-1)].map((end) => cellOf(end ?? [0, 0]));
      return [
        ...gridPathCells(before, first ?? before),
        ...cellsUnder(line),
        ...gridPathCells(last ?? stop, stop),
      ];
    }),
  );
}

function cellOf([lng, lat]: readonly [number, number]): string {
  return latLngToCell(lat, lng, resolution);
}

/**
 * Cells that a street line enters, by the checker's own means: a sample every ten metres, plus
 * adjacent cells with a crossed side, so that no corner is missed however short.
 */
export function cellsUnder(line: readonly Point[]): Set<string> {
  const under = new Set<string>();
  const outlines = new Map<string, [number, number][]>();
  const outlineOf = (cell: string) => {
    const outline = outlines.get(cell) ?? (cellToBoundary(cell, true) as [number, number][]);
    outlines.set(cell, outline);
    return outline;
  };
  for (const [at, to] of line.entries()) {
    const from = line[at - 1] ?? to;
    const seen = new Set(
      pointsAlong(from, to).map(([lng, lat]) => latLngToCell(lat, lng, resolution)),
    );
    const beside = new Set([...seen].flatMap((cell) => gridDisk(cell, 1)));
    for (const cell of beside) {
      if (seen.has(cell) || isCrossed(outlineOf(cell), from, to)) under.add(cell);
    }
  }
  return under;
}

function pointsAlong(from: Point, to: Point): Point[] {
  const metres = greatCircleDistance([from[1], from[0]], [to[1], to[0]], "m");
  const steps = Math.max(1, Math.ceil(metres / stepMetres));
  return Array.from({ length: steps + 1 }, (_, step): Point => {
    const share = step / steps;
    return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
  });
}

function isCrossed(corners: readonly Point[], from: Point, to: Point): boolean {
  return corners.some((corner, at) => {
    const next = corners[at + 1];
    return next !== undefined && meet(from, to, corner, next);
  });
}

function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0;
}

/** 1 to the left of the piece, -1 to its right, 0 on its line. */
function side([ax, ay]: Point, [bx, by]: Point, [px, py]: Point): number {
  return Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
}
