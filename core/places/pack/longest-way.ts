import type { Position } from "#core/geo/cell.ts";
import { type StreetGraph, segmentLine } from "#core/places/streets/graph.ts";
import { createSearch } from "#core/places/streets/search.ts";

export interface Way {
  readonly line: readonly Position[];
  readonly metres: number;
}

/**
 * Of each part of some segments that hangs together, the shortest way between two of its ends that lie far apart: from
 * any node to the furthest, and from there to the furthest again. In a line with side lines that is its longest way; in a
 * net of them a long one.
 */
export function longestWay(graph: StreetGraph, segments: readonly number[]): Way[] {
  const own = new Set(segments);
  const left = new Set(segments.flatMap((segment) => [graph.from[segment], graph.to[segment]]));
  const search = createSearch(graph);
  const costOf = (arc: number) => (own.has(arc >> 1) ? (graph.metres[arc >> 1] ?? 0) : Infinity);
  const furthestFrom = (start: number, onNode: (node: number) => void = () => undefined) => {
    let best = { node: start, metres: -1 };
    search.run([{ node: start, cost: 0, arc: -1 }], costOf, (node, metres) => {
      onNode(node);
      if (metres > best.metres) best = { node, metres };
      return false;
    });
    return best;
  };
  const ways: Way[] = [];
  for (const node of left) {
    const end = furthestFrom(node ?? 0, (reached) => left.delete(reached));
    const { node: other, metres } = furthestFrom(end.node);
    const line = lineBack(graph, search.arcsTo(other).slice(1));
    if (line.length > 1) ways.push({ line, metres });
  }
  return ways;
}

/** From the end of the last arc to the beginning of the first. */
function lineBack(graph: StreetGraph, arcs: readonly number[]): readonly Position[] {
  return arcs.toReversed().flatMap((arc, index) => {
    const points = segmentLine(graph, arc >> 1);
    const back = (arc & 1) === 0 ? points.reverse() : points;
    return index === 0 ? back : back.slice(1);
  });
}
