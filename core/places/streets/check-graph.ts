import { type StreetGraph, segmentClass } from "#core/places/streets/graph.ts";
import { type StreetClass, streetClasses } from "#core/places/streets/line.ts";
import { partsOf } from "#core/places/streets/parts.ts";

export interface StreetCheck {
  readonly segments: number;
  readonly km: number;
  /** Islands: from none of them a street leads to another. */
  readonly parts: number;
  /** Of all kilometres, those of the largest island. */
  readonly largestShare: number;
  /** Segments with a name. */
  readonly named: number;
  /** Kilometres of each class. */
  readonly byClass: Readonly<Record<StreetClass, number>>;
}

/** What a graph holds, whoever goes there. */
export function checkGraph(graph: StreetGraph): StreetCheck {
  const parts = partsOf(graph, () => true);
  const metres = new Map<StreetClass, number>();
  let total = 0;
  graph.metres.forEach((length, segment) => {
    const kind = segmentClass(graph, segment);
    metres.set(kind, (metres.get(kind) ?? 0) + length);
    total += length;
  });
  const largest = parts.metres[parts.largest] ?? 0;
  return {
    segments: graph.segmentCount,
    km: total / 1000,
    parts: parts.count,
    largestShare: total > 0 ? largest / total : 0,
    named: graph.name.reduce((sum, name) => sum + Number(name >= 0), 0),
    byClass: Object.fromEntries(
      streetClasses.map((kind) => [kind, (metres.get(kind) ?? 0) / 1000]),
    ) as Record<StreetClass, number>,
  };
}
