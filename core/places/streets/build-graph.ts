import { orderOf } from "#core/places/streets/elimination.ts";
import { arcsOf, type StreetGraph } from "#core/places/streets/graph.ts";
import { metresOfLine, type StreetLine, streetClasses } from "#core/places/streets/line.ts";
import { meetLines, reachOfTiles } from "#core/places/streets/meet-lines.ts";
import { checkGraph } from "#core/places/streets/parts.ts";
import { createIndex, type Pieces, piecesOf } from "#core/places/streets/pieces.ts";

/** The graph of lines that tiles of one zoom hold, cut where each tile ends. */
export function graphOfTiles(lines: readonly StreetLine[], zoom: number): StreetGraph {
  const latitude = lines[0]?.line[0]?.[1] ?? 0;
  return buildGraph(meetLines(lines, reachOfTiles(zoom, latitude)));
}

/** Below this share of all kilometres, lines do not meet as streets do. */
const hangsTogether = 0.9;
const endsWithin = { withinMetres: 1, gapMetres: 0, crosses: false };

/**
 * Graph of a file's lines. Most files keep their junctions; where a junction's lines are split,
 * ends within a metre of another line are snapped to it, and mere crossings stay apart: any could
 * be a bridge.
 */
export function graphOfFile(lines: readonly StreetLine[]) {
  const graph = buildGraph(lines);
  if (checkGraph(graph).largestShare >= hangsTogether) return { graph, areEndsJoined: false };
  const joined = buildGraph(meetLines(lines, endsWithin));
  const areEndsJoined = checkGraph(joined).largestShare > checkGraph(graph).largestShare;
  return { graph: areEndsJoined ? joined : graph, areEndsJoined };
}

/**
 * Graph of lines that meet at shared vertices. Duplicate pieces are kept once; chains through
 * vertices where nothing else meets become one segment while name, class and direction stay the
 * same. Throws a RangeError for an invalid coordinate.
 */
export function buildGraph(lines: readonly StreetLine[]): StreetGraph {
  const pieces = piecesOf(lines);
  const isNode = nodesAmong(pieces);
  const chains = chainsOf(pieces, isNode);
  return graphOf(pieces, chains);
}

/** Where other than exactly two pieces meet, or two that differ in what they are. */
function nodesAmong({ count, start, ends, likeness }: Pieces): Uint8Array {
  const isNode = new Uint8Array(count);
  for (let vertex = 0; vertex < count; vertex += 1) {
    const first = start[vertex] ?? 0;
    const meets = (start[vertex + 1] ?? 0) - first;
    const [one = 0, other = 0] = [ends[first], ends[first + 1]];
    // Both arcs leave the vertex: a line running through it enters against the first of them.
    isNode[vertex] = Number(meets !== 2 || likeness(one ^ 1) !== likeness(other));
  }
  return isNode;
}

/** Each chain as the ways it takes along pieces: `2 * piece` along it, `2 * piece + 1` against it. */
function chainsOf(pieces: Pieces, isNode: Uint8Array): number[][] {
  const { count, pieceCount, start, ends } = pieces;
  const isUsed = new Uint8Array(pieceCount);
  const chains: number[][] = [];
  const followAllFrom = (vertex: number) => {
    for (let at = start[vertex] ?? 0; at < (start[vertex + 1] ?? 0); at += 1) {
      const way = ends[at] ?? 0;
      if (isUsed[way >> 1] === 0) chains.push(follow(pieces, isNode, isUsed, way));
    }
  };
  for (let vertex = 0; vertex < count; vertex += 1) {
    if (isNode[vertex] === 1) followAllFrom(vertex);
  }
  // Rings that meet nothing have no node: they begin anywhere.
  for (let vertex = 0; vertex < count; vertex += 1) followAllFrom(vertex);
  return chains;
}

/** From one way on, as long as there is but one that goes on. */
function follow(pieces: Pieces, isNode: Uint8Array, isUsed: Uint8Array, first: number): number[] {
  const { start, ends, head } = pieces;
  const chain: number[] = [];
  for (let way: number | undefined = first; way !== undefined; ) {
    chain.push(way);
    isUsed[way >> 1] = 1;
    const vertex = head(way);
    const at = start[vertex] ?? 0;
    const onward: number[] = isNode[vertex] === 1 ? [] : [ends[at] ?? 0, ends[at + 1] ?? 0];
    way = onward.find((end) => isUsed[end >> 1] === 0);
  }
  return chain;
}

function graphOf(pieces: Pieces, chains: readonly (readonly number[])[]): StreetGraph {
  const { head, tail, lineOf, directionOf } = pieces;
  const segmentCount = chains.length;
  const shapeStart = new Uint32Array(segmentCount + 1);
  chains.forEach((chain, segment) => {
    shapeStart[segment + 1] = (shapeStart[segment] ?? 0) + chain.length + 1;
  });
  const shape = new Int32Array(2 * (shapeStart[segmentCount] ?? 0));
  const [from, to] = [new Uint32Array(segmentCount), new Uint32Array(segmentCount)];
  const metres = new Float64Array(segmentCount);
  const classes = new Uint8Array(segmentCount);
  const oneWay = new Uint8Array(segmentCount);
  const name = new Int32Array(segmentCount);
  const names = createIndex();
  const nodes: number[] = [];
  const known = new Int32Array(pieces.count).fill(-1);
  const nodeOf = (vertex: number) => {
    if (known[vertex] === -1) known[vertex] = nodes.push(vertex) - 1;
    return known[vertex] as number;
  };
  chains.forEach((given, segment) => {
    const direction = directionOf(given[0] ?? 0);
    const chain = direction < 0 ? given.map((way) => way ^ 1).reverse() : given;
    const first = chain[0] ?? 0;
    const line = lineOf(first);
    const begin = shapeStart[segment] ?? 0;
    [tail(first), ...chain.map(head)].forEach((vertex, at) => {
      shape[2 * (begin + at)] = pieces.x[vertex] ?? 0;
      shape[2 * (begin + at) + 1] = pieces.y[vertex] ?? 0;
    });
    from[segment] = nodeOf(tail(first));
    to[segment] = nodeOf(head(chain.at(-1) ?? 0));
    metres[segment] = metresOfLine(shape, begin, begin + chain.length);
    classes[segment] = streetClasses.indexOf(line.class);
    oneWay[segment] = Math.abs(direction);
    name[segment] = line.name === null ? -1 : names.of(line.name);
  });
  const nodeX = Int32Array.from(nodes, (vertex) => pieces.x[vertex] ?? 0);
  const nodeY = Int32Array.from(nodes, (vertex) => pieces.y[vertex] ?? 0);
  return {
    nodeCount: nodes.length,
    segmentCount,
    nodeX,
    nodeY,
    from,
    to,
    metres,
    classes,
    oneWay,
    name,
    names: names.all,
    shapeStart,
    shape,
    ...arcsOf(nodes.length, from, to),
    rank: orderOf(nodes.length, from, to),
  };
}
