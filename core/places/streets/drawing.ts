import Flatbush from "flatbush";
import type { StreetGraph } from "#core/places/streets/graph.ts";

/** All vertices in turn, in units. A piece leads from a vertex to the next of the same line, and has its number. */
export interface Drawing {
  readonly x: Int32Array;
  readonly y: Int32Array;
  /** Vertices of line `l`: from `start[l]` to before `start[l + 1]`. */
  readonly start: Uint32Array;
  readonly lineOf: Uint32Array;
}

/** @param unitsOf of a point, rounded to whole ones */
export function drawingOf<Point>(
  lines: readonly (readonly Point[])[],
  unitsOf: (point: Point) => readonly [x: number, y: number],
): Drawing {
  const start = new Uint32Array(lines.length + 1);
  lines.forEach((line, number) => {
    start[number + 1] = (start[number] as number) + line.length;
  });
  const count = start[lines.length] as number;
  const [x, y] = [new Int32Array(count), new Int32Array(count)];
  const lineOf = new Uint32Array(count);
  lines.forEach((line, number) => {
    line.forEach((point, at) => {
      const vertex = (start[number] as number) + at;
      [x[vertex], y[vertex]] = unitsOf(point) as [number, number];
      lineOf[vertex] = number;
    });
  });
  return { x, y, start, lineOf };
}

export function drawingOfGraph({ segmentCount, shapeStart, shape }: StreetGraph): Drawing {
  const x = Int32Array.from({ length: shape.length / 2 }, (_, at) => shape[2 * at] as number);
  const y = Int32Array.from({ length: shape.length / 2 }, (_, at) => shape[2 * at + 1] as number);
  const lineOf = new Uint32Array(x.length);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    lineOf.fill(segment, shapeStart[segment], shapeStart[segment + 1]);
  }
  return { x, y, start: shapeStart, lineOf };
}

/** Visits every piece whose box touches this one. */
export type PieceIndex = (
  west: number,
  south: number,
  east: number,
  north: number,
  visit: (piece: number) => void,
) => void;

/** Null without any piece. */
export function indexOf({ x, y, lineOf }: Drawing): PieceIndex | null {
  const pieces: number[] = [];
  for (let at = 0; at + 1 < x.length; at += 1) if (lineOf[at] === lineOf[at + 1]) pieces.push(at);
  if (pieces.length === 0) return null;
  const tree = new Flatbush(pieces.length, 16, Int32Array);
  for (const at of pieces) {
    const [ax, ay] = [x[at] as number, y[at] as number];
    const [bx, by] = [x[at + 1] as number, y[at + 1] as number];
    tree.add(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by));
  }
  tree.finish();
  return (west, south, east, north, visit) => {
    tree.search(west, south, east, north, (at) => {
      visit(pieces[at] as number);
      return false;
    });
  };
}

export function pointOn({ x, y }: Drawing, piece: number, share: number): [number, number] {
  const [ax, ay] = [x[piece] as number, y[piece] as number];
  return [
    ax + share * ((x[piece + 1] as number) - ax),
    ay + share * ((y[piece + 1] as number) - ay),
  ];
}

/** Where on a piece a point is nearest to it, from 0 to 1. */
export function shareOf(
  { x, y }: Drawing,
  piece: number,
  px: number,
  py: number,
  east: number,
  north: number,
): number {
  const [ax, ay] = [x[piece] as number, y[piece] as number];
  const [dx, dy] = [
    ((x[piece + 1] as number) - ax) * east,
    ((y[piece + 1] as number) - ay) * north,
  ];
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  return Math.min(1, Math.max(0, ((px - ax) * east * dx + (py - ay) * north * dy) / square));
}

/** Shares of both pieces where they cross; null where they do not, or lie along one another. */
export function crossing({ x, y }: Drawing, one: number, other: number): [number, number] | null {
  const [ax, ay] = [x[one] as number, y[one] as number];
  const [ux, uy] = [(x[one + 1] as number) - ax, (y[one + 1] as number) - ay];
  const [cx, cy] = [x[other] as number, y[other] as number];
  const [vx, vy] = [(x[other + 1] as number) - cx, (y[other + 1] as number) - cy];
  const turn = ux * vy - uy * vx;
  if (turn === 0) return null;
  const here = ((cx - ax) * vy - (cy - ay) * vx) / turn;
  const there = ((cx - ax) * uy - (cy - ay) * ux) / turn;
  const isOn = here >= 0 && here <= 1 && there >= 0 && there <= 1;
  return isOn ? [here, there] : null;
}
