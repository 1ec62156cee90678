import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { StreetLine } from "#core/places/streets/line.ts";
import { meetLines, reachOfTiles } from "#core/places/streets/meet-lines.ts";

/** The graph of lines that tiles of one zoom hold, cut where each tile ends. */
export function graphOfTiles(lines: readonly StreetLine[], zoom: number): StreetGraph {
  const latitude = lines[0]?.line[0]?.[1] ?? 0;
  return buildGraph(meetLines(lines, reachOfTiles(zoom, latitude)));
}
