import FlatQueue from "flatqueue";
import type { Position } from "#core/geo/cell.ts";
import { arcEnd, type StreetGraph } from "#core/places/streets/graph.ts";
import { unitMetresAt, unitsPerDegree } from "#core/places/streets/line.ts";

/** Where a search begins or ends: a node, and what it costs to get to or from there. */
export interface Seed {
  readonly node: number;
  readonly cost: number;
  /** The way along part of a segment that leads there. */
  readonly arc: number;
}

/** Infinity where nobody may go. */
export type ArcCost = (arc: number) => number;

/** Room for one search at a time; the next one begins without clearing it. */
export function createSearch(graph: StreetGraph) {
  const { nodeCount, arcStart, arcs } = graph;
  const cost = new Float64Array(nodeCount);
  const arrivedBy = new Int32Array(nodeCount);
  const isSeed = new Uint8Array(nodeCount);
  const seen = new Uint32Array(nodeCount);
  const settled = new Uint32Array(nodeCount);
  const queue = new FlatQueue();
  const ends = Uint32Array.from({ length: 2 * graph.segmentCount }, (_, arc) => arcEnd(graph, arc));
  let round = 0;

  const costTo = (node: number) => (seen[node] === round ? (cost[node] as number) : Infinity);
  /**
   * Costs from the seeds to nodes, cheapest first, until `isDone` accepts a node or everything is
   * reached (Dijkstra 1959, doi 10.1007/BF01386390). `ahead` is a lower bound of the remaining cost
   * (A*: Hart, Nilsson and Raphael 1968, doi 10.1109/TSSC.1968.300136), which must be admissible
   * and consistent.
   */
  const run = (
    seeds: readonly Seed[],
    arcCost: ArcCost,
    isDone: (node: number, cost: number) => boolean,
    ahead?: (node: number) => number,
  ): void => {
    round += 1;
    queue.clear();
    const reach = (node: number, newCost: number, arc: number, fromSeed: number) => {
      if (settled[node] === round || !(newCost < costTo(node))) return;
      seen[node] = round;
      cost[node] = newCost;
      arrivedBy[node] = arc;
      isSeed[node] = fromSeed;
      queue.push(node, ahead ? newCost + ahead(node) : newCost);
    };
    for (const seed of seeds) reach(seed.node, seed.cost, seed.arc, 1);
    for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
      // It waits once more for each way there that was cheaper.
      if (settled[node] === round) continue;
      settled[node] = round;
      const here = cost[node] as number;
      if (isDone(node, here)) return;
      const last = arcStart[node + 1] as number;
      for (let at = arcStart[node] as number; at < last; at += 1) {
        const arc = arcs[at] as number;
        reach(ends[arc] as number, here + arcCost(arc), arc, 0);
      }
    }
  };
  return {
    run,
    /** Arcs from a seed to the node, the seed's own first. */
    arcsTo: (node: number): number[] => {
      const way: number[] = [];
      let here = node;
      while (costTo(here) < Infinity) {
        const arc = arrivedBy[here] as number;
        way.push(arc);
        if (isSeed[here] === 1) break;
        here = ends[arc ^ 1] as number;
      }
      return way.reverse();
    },
  };
}

/**
 * Lower bound of the cost from a node to a place: the straight line at the fastest speed, by the
 * shortest length of a unit anywhere in the graph, so that no street is shorter than the line.
 */
export function createLowerBound({ nodeX, nodeY }: StreetGraph) {
  let [south, north] = [0, 0];
  for (const y of nodeY) [south, north] = [Math.min(south, y), Math.max(north, y)];
  const { east } = unitMetresAt(Math.max(north, -south));
  // A degree of latitude is shortest at the equator.
  const along = unitMetresAt(0).north;
  return ([lng, lat]: Position, metresPerSecond: number) => {
    const [x, y] = [lng * unitsPerDegree, lat * unitsPerDegree];
    // Rounding of sums along a path must not bring it below its straight line.
    const secondsPerMetre = (1 - 1e-9) / metresPerSecond;
    return (node: number): number => {
      const dx = ((nodeX[node] as number) - x) * east;
      const dy = ((nodeY[node] as number) - y) * along;
      return Math.sqrt(dx * dx + dy * dy) * secondsPerMetre;
    };
  };
}
