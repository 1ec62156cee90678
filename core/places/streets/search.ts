import { arcEnd, type StreetGraph } from "#core/places/streets/graph.ts";
import { createHeap } from "#core/places/streets/heap.ts";

/** Where a search begins or ends: a node, and what it costs to get to or from there. */
export interface Seed {
  readonly node: number;
  readonly cost: number;
  /** The way along part of a segment that leads there. */
  readonly arc: number;
}

export interface Search {
  /**
   * Costs from the seeds to nodes, cheapest first, until `isDone` says so of a node or everything is reached
   * (Dijkstra 1959, doi 10.1007/BF01386390). `ahead` is what is at least still to come (A*: Hart, Nilsson and Raphael
   * 1968, doi 10.1109/TSSC.1968.300136); no more than the real cost, and no node may promise more than its arcs keep.
   */
  readonly run: (
    seeds: readonly Seed[],
    arcCost: ArcCost,
    isDone: (node: number, cost: number) => boolean,
    ahead?: (node: number) => number,
  ) => void;
  /** Infinity where the last search did not come. */
  readonly costTo: (node: number) => number;
  /** Arcs from a seed to the node, the seed's own first. */
  readonly arcsTo: (node: number) => number[];
}

/** Infinity where nobody may go. */
export type ArcCost = (arc: number) => number;

/** Room for one search at a time; the next one begins without clearing it. */
export function createSearch(graph: StreetGraph): Search {
  const { nodeCount, arcStart, arcs } = graph;
  const cost = new Float64Array(nodeCount);
  const arrivedBy = new Int32Array(nodeCount);
  const isSeed = new Uint8Array(nodeCount);
  const seen = new Uint32Array(nodeCount);
  const heap = createHeap(nodeCount);
  const ends = Uint32Array.from({ length: 2 * graph.segmentCount }, (_, arc) => arcEnd(graph, arc));
  let round = 0;

  const costTo = (node: number) => (seen[node] === round ? (cost[node] as number) : Infinity);
  const run: Search["run"] = (seeds, arcCost, isDone, ahead) => {
    round += 1;
    heap.clear();
    const reach = (node: number, newCost: number, arc: number, fromSeed: number) => {
      if (!(newCost < costTo(node))) return;
      seen[node] = round;
      cost[node] = newCost;
      arrivedBy[node] = arc;
      isSeed[node] = fromSeed;
      heap.put(node, ahead ? newCost + ahead(node) : newCost);
    };
    for (const seed of seeds) reach(seed.node, seed.cost, seed.arc, 1);
    while (heap.size() > 0) {
      const node = heap.take();
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
    costTo,
    arcsTo: (node) => {
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
