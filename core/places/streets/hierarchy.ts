import type { Elimination } from "#core/places/streets/elimination.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { ArcCost, Seed } from "#core/places/streets/search.ts";

/** Costs between places of one ground, after the work that is done once for it. */
export type Hierarchy = ReturnType<typeof createHierarchy>;

/** By depth, from the top: which node stands above the seeds, and what it costs to or from there. */
export interface Climb {
  readonly nodes: Int32Array;
  readonly costs: Float64Array;
}

/**
 * Customises all arcs of the order to the cheapest path through lower nodes (Dibbelt, Strasser and
 * Wagner 2016, "Customizable Contraction Hierarchies", doi 10.1145/2886843), in some milliseconds.
 * A path is then found by climbing from both ends.
 */
export function createHierarchy(graph: StreetGraph, order: Elimination, arcCost: ArcCost) {
  const { up, down } = ownCosts(graph, order, arcCost);
  customise(order, up, down);
  const climb = (seeds: readonly Seed[], costs: Float64Array): Climb => {
    const { rank, upStart, upTo, parent, depth } = order;
    const ranks = seeds.map(({ node }) => rank[node] as number);
    const lowest = Math.min(...ranks);
    if (ranks.length === 0) return { nodes: new Int32Array(0), costs: new Float64Array(0) };
    const size = (depth[lowest] as number) + 1;
    const nodes = new Int32Array(size);
    const reached = new Float64Array(size).fill(Infinity);
    // Both ends of a segment are adjacent, so one ranks above the other.
    seeds.forEach(({ cost }, at) => {
      const level = depth[ranks[at] as number] as number;
      reached[level] = Math.min(reached[level] as number, cost);
    });
    for (let node = lowest, level = size - 1; level >= 0; level -= 1) {
      nodes[level] = node;
      const here = reached[level] as number;
      const end = upStart[node + 1] as number;
      for (let arc = upStart[node] as number; arc < end; arc += 1) {
        const above = depth[upTo[arc] as number] as number;
        const cost = here + (costs[arc] as number);
        if (cost < (reached[above] as number)) reached[above] = cost;
      }
      node = parent[node] as number;
    }
    return { nodes, costs: reached };
  };
  return {
    /** From the seeds to all that lies above them, where every way has its highest node. */
    leave: (seeds: readonly Seed[]) => climb(seeds, up),
    /** From there to the seeds. */
    arrive: (seeds: readonly Seed[]) => climb(seeds, down),
  };
}

/** The cheapest way from one climb to another; Infinity where they have nothing above in common. */
export function meetCost(leave: Climb, arrive: Climb): number {
  let best = Infinity;
  const levels = Math.min(leave.nodes.length, arrive.nodes.length);
  for (let level = 0; level < levels; level += 1) {
    if (leave.nodes[level] !== arrive.nodes[level]) break;
    const cost = (leave.costs[level] as number) + (arrive.costs[level] as number);
    if (cost < best) best = cost;
  }
  return best;
}

function ownCosts(
  { segmentCount, from, to }: StreetGraph,
  { rank, upTo, arcOf }: Elimination,
  arcCost: ArcCost,
) {
  const up = new Float64Array(upTo.length).fill(Infinity);
  const down = new Float64Array(upTo.length).fill(Infinity);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const arc = arcOf[segment] as number;
    if (arc < 0) continue;
    const isUp =
      (rank[from[segment] as number] as number) < (rank[to[segment] as number] as number);
    up[arc] = Math.min(up[arc] as number, arcCost(2 * segment + Number(!isUp)));
    down[arc] = Math.min(down[arc] as number, arcCost(2 * segment + Number(isUp)));
  }
  return { up, down };
}

/** Lower triangles, from the lowest node up: a way between two nodes may go through each that both lie above. */
function customise(order: Elimination, up: Float64Array, down: Float64Array): void {
  const { upStart, rank } = order;
  for (let node = 0; node < rank.length; node += 1) {
    const end = upStart[node + 1] as number;
    for (let arc = upStart[node] as number; arc < end; arc += 1)
      goThrough(order, up, down, arc, end);
  }
}

/** From where `first` leads, down it to its node, and up again by each arc of that node that leads higher. */
function goThrough(
  { upStart, upTo }: Elimination,
  up: Float64Array,
  down: Float64Array,
  first: number,
  end: number,
): void {
  const [toFirst, fromFirst] = [up[first] as number, down[first] as number];
  let arc = upStart[upTo[first] as number] as number;
  for (let second = first + 1; second < end; second += 1) {
    const above = upTo[second] as number;
    // Both lists ascend, and the upper neighbours of a node are all adjacent to one another.
    while (upTo[arc] !== above) arc += 1;
    const through = fromFirst + (up[second] as number);
    if (through < (up[arc] as number)) up[arc] = through;
    const back = (down[second] as number) + toFirst;
    if (back < (down[arc] as number)) down[arc] = back;
  }
}
