import type { StreetGraph } from "#core/places/streets/graph.ts";

/**
 * Elimination order: the node of least current degree first (Markowitz 1957; Tinney and Walker
 * 1967, doi 10.1109/PROC.1967.6011), since streets are nearly planar and this adds few arcs.
 * Returns each node's position in the order.
 */
export function orderOf(nodeCount: number, from: Uint32Array, to: Uint32Array): Uint32Array {
  const rank = new Uint32Array(nodeCount);
  takeOut(neighboursOf(nodeCount, from, to)).forEach((node, at) => {
    rank[node] = at;
  });
  return rank;
}

/** Each node that shares a segment with another, once. */
function neighboursOf(nodeCount: number, from: Uint32Array, to: Uint32Array): number[][] {
  const meets: number[][] = Array.from({ length: nodeCount }, () => []);
  for (let segment = 0; segment < from.length; segment += 1) {
    const [one, other] = [from[segment] as number, to[segment] as number];
    if (one === other || meets[one]?.includes(other)) continue;
    meets[one]?.push(other);
    meets[other]?.push(one);
  }
  return meets;
}

function takeOut(meets: readonly number[][]): number[] {
  const order: number[] = [];
  const isOut = new Uint8Array(meets.length);
  const seen = new Uint32Array(meets.length);
  let round = 0;
  const byCount = createQueue(meets);
  /** `node` is gone: `other` meets all that it met instead. */
  const mend = (other: number, node: number, around: readonly number[]) => {
    round += 1;
    seen[other] = round;
    seen[node] = round;
    const list = meets[other] as number[];
    list.splice(list.indexOf(node), 1);
    for (const one of list) seen[one] = round;
    for (const one of around) if (seen[one] !== round) list.push(one);
  };
  for (let node = byCount.take(isOut); node >= 0; node = byCount.take(isOut)) {
    isOut[node] = 1;
    order.push(node);
    const around = meets[node] as number[];
    for (const other of around) {
      mend(other, node, around);
      byCount.put(other);
    }
  }
  return order;
}

/** Nodes by how many others they meet; one whose count has changed stands there more than once. */
function createQueue(meets: readonly (readonly number[])[]) {
  const byCount: number[][] = [];
  let low = 0;
  const put = (node: number) => {
    const count = meets[node]?.length ?? 0;
    byCount[count] ??= [];
    byCount[count].push(node);
    low = Math.min(low, count);
  };
  meets.forEach((_, node) => {
    put(node);
  });
  return {
    put,
    /** -1 when all are out. */
    take: (isOut: Uint8Array): number => {
      while (low < byCount.length) {
        const node = byCount[low]?.pop();
        if (node === undefined) low += 1;
        else if (isOut[node] === 0 && meets[node]?.length === low) return node;
      }
      return -1;
    },
  };
}

/**
 * Order in which nodes are removed one by one, with arcs between each one's neighbours to preserve
 * paths. Nodes are numbered by that order ("rank"). Arcs lead up, to later nodes; without costs, so
 * it serves every mode and every set of avoided cells.
 */
export interface Elimination {
  readonly rank: Uint32Array;
  /** Arcs up from rank `r`: `upTo[i]` for i from `upStart[r]` to before `upStart[r + 1]`, the lowest first. */
  readonly upStart: Uint32Array;
  readonly upTo: Uint32Array;
  /** The first node that an arc leads up to; -1 at the top of an island. All that a node reaches upwards is above it there. */
  readonly parent: Int32Array;
  /** Steps from the top. */
  readonly depth: Uint32Array;
  /** The arc of each segment; -1 for a ring. */
  readonly arcOf: Int32Array;
}

/** The arcs that come to be when nodes are taken out in the graph's own order. */
export function eliminate(graph: StreetGraph): Elimination {
  const { nodeCount, segmentCount, from, to, rank } = graph;
  const { upStart, upTo } = arcsUp(graph);
  const { parent, depth } = treeOf(nodeCount, upStart, upTo);
  const arcOf = new Int32Array(segmentCount).fill(-1);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const one = rank[from[segment] as number] as number;
    const other = rank[to[segment] as number] as number;
    if (one === other) continue;
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    arcOf[segment] = upTo.subarray(0, upStart[low + 1]).indexOf(high, upStart[low]);
  }
  return { rank, upStart, upTo, parent, depth, arcOf };
}

/** From each rank to what it meets above, and to what those meet above that were taken out into it. */
function arcsUp({ nodeCount, arcStart, arcs, from, to, rank }: StreetGraph) {
  const nodeAt = new Uint32Array(nodeCount);
  rank.forEach((at, node) => {
    nodeAt[at] = node;
  });
  const ups: Uint32Array[] = [];
  const into: number[][] = [];
  const seen = new Int32Array(nodeCount).fill(-1);
  const upStart = new Uint32Array(nodeCount + 1);
  for (let at = 0; at < nodeCount; at += 1) {
    const found: number[] = [];
    const meet = (other: number) => {
      if (other <= at || seen[other] === at) return;
      seen[other] = at;
      found.push(other);
    };
    const node = nodeAt[at] as number;
    for (let way = arcStart[node] as number; way < (arcStart[node + 1] as number); way += 1) {
      const arc = arcs[way] as number;
      meet(rank[((arc & 1) === 0 ? to : from)[arc >> 1] as number] as number);
    }
    for (const lower of into[at] ?? []) ups[lower]?.forEach(meet);
    const sorted = Uint32Array.from(found).sort();
    ups.push(sorted);
    upStart[at + 1] = (upStart[at] as number) + sorted.length;
    const [parent] = sorted;
    if (parent !== undefined) {
      into[parent] ??= [];
      into[parent].push(at);
    }
  }
  const upTo = new Uint32Array(upStart[nodeCount] as number);
  ups.forEach((list, at) => {
    upTo.set(list, upStart[at]);
  });
  return { upStart, upTo };
}

function treeOf(nodeCount: number, upStart: Uint32Array, upTo: Uint32Array) {
  const parent = new Int32Array(nodeCount).fill(-1);
  const depth = new Uint32Array(nodeCount);
  for (let at = nodeCount - 1; at >= 0; at -= 1) {
    const first = upStart[at] as number;
    if (first === upStart[at + 1]) continue;
    parent[at] = upTo[first] as number;
    depth[at] = (depth[upTo[first] as number] as number) + 1;
  }
  return { parent, depth };
}
