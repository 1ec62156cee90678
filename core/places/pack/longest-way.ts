import type { Position } from "#core/geo/cell.ts";
import { arcEnd, type StreetGraph, segmentLine } from "#core/places/streets/graph.ts";

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
  const left = new Set(segments.flatMap((segment) => endsOf(graph, segment)));
  const ways: Way[] = [];
  for (const node of left) {
    const reached = distancesFrom(graph, own, node);
    for (const other of reached.keys()) left.delete(other);
    const found = distancesFrom(graph, own, furthest(reached));
    const way = wayTo(graph, found, furthest(found));
    if (way.line.length > 1) ways.push(way);
  }
  return ways;
}

function endsOf({ from, to }: StreetGraph, segment: number): [number, number] {
  return [from[segment] ?? 0, to[segment] ?? 0];
}

interface Reached {
  readonly metres: number;
  /** The arc that leads there; null at the start. */
  readonly by: number | null;
}

/** Dijkstra's method without a heap: a road has some hundred nodes. */
function distancesFrom(
  graph: StreetGraph,
  own: ReadonlySet<number>,
  start: number,
): ReadonlyMap<number, Reached> {
  const done = new Map<number, Reached>();
  const open = new Map<number, Reached>([[start, { metres: 0, by: null }]]);
  while (open.size > 0) {
    const [node, reached] = nearestOf(open);
    open.delete(node);
    done.set(node, reached);
    const end = graph.arcStart[node + 1] ?? 0;
    for (let at = graph.arcStart[node] ?? 0; at < end; at += 1) {
      const arc = graph.arcs[at] ?? 0;
      const next = arcEnd(graph, arc);
      if (!own.has(arc >> 1) || done.has(next)) continue;
      const metres = reached.metres + (graph.metres[arc >> 1] ?? 0);
      const known = open.get(next);
      if (!known || metres < known.metres) open.set(next, { metres, by: arc });
    }
  }
  return done;
}

function nearestOf(open: ReadonlyMap<number, Reached>): readonly [number, Reached] {
  let best: readonly [number, Reached] | null = null;
  for (const entry of open) if (!best || entry[1].metres < best[1].metres) best = entry;
  if (!best) throw new RangeError("The nearest of no nodes");
  return best;
}

function furthest(reached: ReadonlyMap<number, Reached>): number {
  let best = { node: 0, metres: -1 };
  for (const [node, { metres }] of reached) if (metres > best.metres) best = { node, metres };
  return best.node;
}

function wayTo(graph: StreetGraph, reached: ReadonlyMap<number, Reached>, node: number): Way {
  const metres = reached.get(node)?.metres ?? 0;
  const line: Position[] = [];
  let at = node;
  for (;;) {
    const arc = reached.get(at)?.by ?? null;
    if (arc === null) return { line, metres };
    const points = segmentLine(graph, arc >> 1);
    // The way is gone back: against the arc that came here.
    const back = (arc & 1) === 0 ? points.reverse() : points;
    line.push(...(line.length > 0 ? back.slice(1) : back));
    at = arcEnd(graph, arc ^ 1);
  }
}
