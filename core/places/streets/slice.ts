import type { Position } from "#core/geo/cell.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { toDegrees } from "#core/places/streets/line.ts";
import { metresOfPiece } from "#core/places/streets/measure.ts";

/** A stretch of one segment, gone from `start` to `end`: metres along it, falling where it is gone against its line. */
export interface Stretch {
  readonly segment: number;
  readonly start: number;
  readonly end: number;
}

/** `[lng, lat]` of a stretch in the direction in which it is gone; a stretch of no length is one place twice. */
export function lineOfStretch(graph: StreetGraph, { segment, start, end }: Stretch): Position[] {
  const low = placeAlong(graph, segment, Math.min(start, end));
  const high = placeAlong(graph, segment, Math.max(start, end));
  const line = [low.at];
  for (let vertex = low.piece + 1; vertex <= high.piece; vertex += 1) {
    const at = vertexAt(graph, vertex);
    if (!isSame(at, line.at(-1)) && !isSame(at, high.at)) line.push(at);
  }
  line.push(high.at);
  return start > end ? line.reverse() : line;
}

/** Where one is after so many metres of a segment, and the vertex behind. */
function placeAlong(graph: StreetGraph, segment: number, metres: number) {
  const first = graph.shapeStart[segment] ?? 0;
  const last = (graph.shapeStart[segment + 1] ?? 1) - 1;
  let left = metres;
  for (let piece = first; piece < last; piece += 1) {
    const [ax, ay] = [graph.shape[2 * piece] ?? 0, graph.shape[2 * piece + 1] ?? 0];
    const [bx, by] = [graph.shape[2 * piece + 2] ?? 0, graph.shape[2 * piece + 3] ?? 0];
    const length = metresOfPiece(ax, ay, bx, by);
    if (left < length) {
      const share = left / length;
      const at: Position = [toDegrees(ax + share * (bx - ax)), toDegrees(ay + share * (by - ay))];
      return { piece, at };
    }
    left -= length;
  }
  return { piece: last, at: vertexAt(graph, last) };
}

function vertexAt({ shape }: StreetGraph, vertex: number): Position {
  return [toDegrees(shape[2 * vertex] ?? 0), toDegrees(shape[2 * vertex + 1] ?? 0)];
}

function isSame(one: Position, other: Position | undefined): boolean {
  return one[0] === other?.[0] && one[1] === other[1];
}

/** The stretch that an arc is gone as, from end to end. */
export function stretchOfArc(graph: StreetGraph, arc: number): Stretch {
  const segment = arc >> 1;
  const metres = graph.metres[segment] ?? 0;
  return (arc & 1) === 0 ? { segment, start: 0, end: metres } : { segment, start: metres, end: 0 };
}
