/** Nodes by cost, least first: a binary heap over typed arrays in which a node stands once and may get cheaper. */
export interface Heap {
  readonly clear: () => void;
  readonly size: () => number;
  /** Puts the node in, or moves it up to its lower cost. */
  readonly put: (node: number, cost: number) => void;
  /** Takes the cheapest node out; only where there is one. */
  readonly take: () => number;
}

export function createHeap(nodeCount: number): Heap {
  const nodes = new Uint32Array(nodeCount);
  const costs = new Float64Array(nodeCount);
  /** Where a node stands, and one more; 0 where it does not. */
  const place = new Uint32Array(nodeCount);
  let size = 0;

  const set = (at: number, node: number, cost: number) => {
    nodes[at] = node;
    costs[at] = cost;
    place[node] = at + 1;
  };
  const sinkFromTop = (node: number, cost: number) => {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (costs[child + 1] as number) < (costs[child] as number)) child += 1;
      if ((costs[child] as number) >= cost) break;
      set(at, nodes[child] as number, costs[child] as number);
      at = child;
    }
    set(at, node, cost);
  };
  return {
    clear: () => {
      for (let at = 0; at < size; at += 1) place[nodes[at] as number] = 0;
      size = 0;
    },
    size: () => size,
    put: (node, cost) => {
      let at = (place[node] as number) - 1;
      if (at < 0) {
        at = size;
        size += 1;
      }
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if ((costs[parent] as number) <= cost) break;
        set(at, nodes[parent] as number, costs[parent] as number);
        at = parent;
      }
      set(at, node, cost);
    },
    take: () => {
      const top = nodes[0] as number;
      place[top] = 0;
      size -= 1;
      if (size > 0) sinkFromTop(nodes[size] as number, costs[size] as number);
      return top;
    },
  };
}
