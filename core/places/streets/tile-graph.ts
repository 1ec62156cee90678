import { buildGraph } from "#core/places/streets/build-graph.ts";
import { checkGraph } from "#core/places/streets/check-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { meetLines, reachOfTiles } from "#core/places/streets/meet-lines.ts";

/** The graph of lines that tiles of one zoom hold, cut where each tile ends. */
export function graphOfTiles(lines: readonly StreetLine[], zoom: number): StreetGraph {
  const latitude = lines[0]?.line[0]?.[1] ?? 0;
  return buildGraph(meetLines(lines, reachOfTiles(zoom, latitude)));
}

/** Below this share of all kilometres, lines do not meet as streets do. */
const hangsTogether = 0.9;
const endsWithin = { withinMetres: 1, gapMetres: 0, crosses: false };

/**
 * The graph of a file's lines. Most files keep their junctions; where the lines of one lie in pieces, ends within a metre of
 * another line are put on it, and what only crosses stays apart: nothing says which is a bridge.
 */
export function graphOfFile(lines: readonly StreetLine[]): {
  readonly graph: StreetGraph;
  readonly areEndsJoined: boolean;
} {
  const graph = buildGraph(lines);
  if (checkGraph(graph).largestShare >= hangsTogether) return { graph, areEndsJoined: false };
  const joined = buildGraph(meetLines(lines, endsWithin));
  const areEndsJoined = checkGraph(joined).largestShare > checkGraph(graph).largestShare;
  return { graph: areEndsJoined ? joined : graph, areEndsJoined };
}
