import { cellAt, eventResolution } from "#core/geo/cell.ts";
import { onceFor } from "#core/once-for.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { segmentMiddle, segmentsAt } from "#core/places/streets/segment-names.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Neighbours } from "#core/stats/neighbours.ts";

/**
 * All segments, with or without reports, whose middle lies in a cell of the study area. Neighbours
 * are segments of the set that share an end, without the segment itself.
 */
export interface StreetSet extends Neighbours {
  readonly name: string;
  readonly area: StudySet;
  /** Number in the graph of each segment of the set. */
  readonly segments: Uint32Array;
  /** Place in the set of each segment of the graph; -1 outside. */
  readonly indexOf: Int32Array;
  readonly metres: Float64Array;
  readonly totalMetres: number;
}

export function createStreetSet(graph: StreetGraph, area: StudySet): StreetSet {
  const cells = middleCells(graph);
  const indexOf = new Int32Array(graph.segmentCount).fill(-1);
  const inside: number[] = [];
  cells.forEach((cell, segment) => {
    // A segment of zero length cannot be mapped and has no share of the length.
    if (!area.indexOf.has(cell) || !((graph.metres[segment] ?? 0) > 0)) return;
    indexOf[segment] = inside.length;
    inside.push(segment);
  });
  const segments = Uint32Array.from(inside);
  const metres = Float64Array.from(segments, (segment) => graph.metres[segment] ?? 0);
  let totalMetres = 0;
  for (const length of metres) totalMetres += length;
  return {
    name: area.name,
    area,
    segments,
    indexOf,
    metres,
    totalMetres,
    ...neighboursWithin(graph, segments, indexOf),
  };
}

const middleCells = onceFor((graph: StreetGraph) =>
  Array.from({ length: graph.segmentCount }, (_, segment) =>
    cellAt(segmentMiddle(graph, segment), eventResolution),
  ),
);

function neighboursWithin(
  graph: StreetGraph,
  segments: Uint32Array,
  indexOf: Int32Array,
): Neighbours {
  const offsets = new Uint32Array(segments.length + 1);
  const targets: number[] = [];
  segments.forEach((segment, index) => {
    const around = new Set([
      ...segmentsAt(graph, graph.from[segment] ?? 0),
      ...segmentsAt(graph, graph.to[segment] ?? 0),
    ]);
    for (const other of around) {
      const target = indexOf[other] ?? -1;
      if (other !== segment && target >= 0) targets.push(target);
    }
    offsets[index + 1] = targets.length;
  });
  return { offsets, targets: Uint32Array.from(targets) };
}
