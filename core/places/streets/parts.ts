import { arcEnd, type StreetGraph } from "#core/places/streets/graph.ts";
import type { StreetsResult } from "#core/places/wire/streets.ts";

/**
 * Strongly connected components (Tarjan 1972, doi 10.1137/0201010), without recursion. Where all
 * arcs go both ways these are the islands.
 */
export function partsOf(graph: StreetGraph, mayUse: (arc: number) => boolean) {
  const { nodeCount, segmentCount, from, to } = graph;
  const of = new Uint32Array(nodeCount);
  const count = labelParts(graph, mayUse, of);
  const metres = new Float64Array(count);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const part = of[from[segment] ?? 0] ?? 0;
    const isUsed = mayUse(2 * segment) || mayUse(2 * segment + 1);
    if (!isUsed || of[to[segment] ?? 0] !== part) continue;
    metres[part] = (metres[part] ?? 0) + (graph.metres[segment] ?? 0);
  }
  const most = metres.reduce((best, one) => Math.max(best, one), 0);
  return {
    of,
    count,
    /** Of segments with both ends in the part. */
    metres,
    /** The part with the most metres of street; -1 without any. */
    largest: most > 0 ? metres.indexOf(most) : -1,
  };
}

function labelParts(graph: StreetGraph, mayUse: (arc: number) => boolean, of: Uint32Array): number {
  const { nodeCount, arcStart, arcs } = graph;
  const order = new Uint32Array(nodeCount);
  const low = new Uint32Array(nodeCount);
  const isOpen = new Uint8Array(nodeCount);
  const next = arcStart.slice(0, nodeCount);
  const open = new Uint32Array(nodeCount);
  const path = new Uint32Array(nodeCount);
  let [opened, depth, visited, count] = [0, 0, 0, 0];

  const enter = (node: number) => {
    visited += 1;
    order[node] = visited;
    low[node] = visited;
    open[opened] = node;
    opened += 1;
    isOpen[node] = 1;
    path[depth] = node;
    depth += 1;
  };
  const lower = (node: number, value: number) => {
    if (value < (low[node] as number)) low[node] = value;
  };
  const close = (node: number) => {
    for (;;) {
      opened -= 1;
      const one = open[opened] as number;
      isOpen[one] = 0;
      of[one] = count;
      if (one === node) break;
    }
    count += 1;
  };
  const step = (node: number) => {
    const at = next[node] as number;
    if (at === arcStart[node + 1]) return false;
    next[node] = at + 1;
    const arc = arcs[at] as number;
    if (!mayUse(arc)) return true;
    const other = arcEnd(graph, arc);
    if (order[other] === 0) enter(other);
    else if (isOpen[other] === 1) lower(node, order[other] as number);
    return true;
  };
  for (let first = 0; first < nodeCount; first += 1) {
    if (order[first] !== 0) continue;
    enter(first);
    while (depth > 0) {
      const node = path[depth - 1] as number;
      if (step(node)) continue;
      depth -= 1;
      if (low[node] === order[node]) close(node);
      if (depth > 0) lower(path[depth - 1] as number, low[node] as number);
    }
  }
  return count;
}

export type StreetCheck = Pick<
  StreetsResult,
  "segments" | "km" | "parts" | "largestShare" | "named"
>;

/** What a graph holds, whoever may go there. */
export function checkGraph(graph: StreetGraph): StreetCheck {
  const parts = partsOf(graph, () => true);
  const total = graph.metres.reduce((sum, metres) => sum + metres, 0);
  const largest = parts.metres[parts.largest] ?? 0;
  return {
    segments: graph.segmentCount,
    km: total / 1000,
    parts: parts.count,
    largestShare: total > 0 ? largest / total : 0,
    named: graph.name.reduce((sum, name) => sum + Number(name >= 0), 0),
  };
}
