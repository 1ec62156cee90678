import type { Position } from "#core/geo/cell.ts";
import { onceFor } from "#core/once-for.ts";
import {
  metresOfPiece,
  type StreetClass,
  streetClasses,
  toDegrees,
} from "#core/places/streets/line.ts";

/**
 * Streets as one graph in typed arrays. A segment runs from one junction (or end) to the next, with
 * one name and one class; nodes are where segments meet. Coordinates are whole units of 1e-7 degree
 * (`line.ts`).
 */
export interface StreetGraph {
  readonly nodeCount: number;
  readonly segmentCount: number;
  readonly nodeX: Int32Array;
  readonly nodeY: Int32Array;
  /** Nodes of each segment; the same one twice for a ring. */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly metres: Float64Array;
  /** Index into `streetClasses`. */
  readonly classes: Uint8Array;
  /** 1 where vehicles may go from `from` to `to` alone. */
  readonly oneWay: Uint8Array;
  /** Index into `names`, which holds each name once; -1 without a name. */
  readonly name: Int32Array;
  readonly names: readonly string[];
  /** Vertices of segment `s`, both ends included: x at `2 * i`, y after it, for i from `shapeStart[s]` to before `shapeStart[s + 1]`. */
  readonly shapeStart: Uint32Array;
  readonly shape: Int32Array;
  /** Ways out of node `n`: `arcs[i]` for i from `arcStart[n]` to before `arcStart[n + 1]`. */
  readonly arcStart: Uint32Array;
  /** `2 * segment` along it, `2 * segment + 1` against it. */
  readonly arcs: Uint32Array;
  /** The turn of each node when they are taken out one by one (`elimination.ts`). */
  readonly rank: Uint32Array;
}

export function arcEnd(graph: StreetGraph, arc: number): number {
  return ((arc & 1) === 0 ? graph.to[arc >> 1] : graph.from[arc >> 1]) ?? 0;
}

export function segmentName(graph: StreetGraph, segment: number): string | null {
  return graph.names[graph.name[segment] ?? -1] ?? null;
}

/** Of each name; segments without one are in none. */
export const segmentsByName = onceFor(
  (graph: StreetGraph): ReadonlyMap<string, readonly number[]> => {
    const found = graph.names.map((name): [string, number[]] => [name, []]);
    for (const [segment, name] of graph.name.entries()) found[name]?.[1].push(segment);
    return new Map(found);
  },
);

export function segmentClass(graph: StreetGraph, segment: number): StreetClass {
  return streetClasses[graph.classes[segment] ?? 0] ?? "street";
}

/** `[lng, lat]` of a segment's vertices, from its first node to its last. */
export function segmentLine(graph: StreetGraph, segment: number): Position[] {
  const first = graph.shapeStart[segment] ?? 0;
  const length = (graph.shapeStart[segment + 1] ?? 0) - first;
  return Array.from({ length }, (_, at) => vertexAt(graph, first + at));
}

/** Ways out of every node, from the ends of the segments. A ring leaves its node twice. */
export function arcsOf(nodeCount: number, from: Uint32Array, to: Uint32Array) {
  const arcStart = new Uint32Array(nodeCount + 1);
  const count = (node: number) => {
    arcStart[node + 1] = (arcStart[node + 1] ?? 0) + 1;
  };
  from.forEach(count);
  to.forEach(count);
  for (let node = 0; node < nodeCount; node += 1) {
    arcStart[node + 1] = (arcStart[node + 1] ?? 0) + (arcStart[node] ?? 0);
  }
  const next = arcStart.slice();
  const arcs = new Uint32Array(2 * from.length);
  const put = (node: number, arc: number) => {
    const at = next[node] ?? 0;
    arcs[at] = arc;
    next[node] = at + 1;
  };
  from.forEach((node, segment) => {
    put(node, 2 * segment);
    put(to[segment] ?? 0, 2 * segment + 1);
  });
  return { arcStart, arcs };
}

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
