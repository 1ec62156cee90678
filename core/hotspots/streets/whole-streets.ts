import type { StreetCounts } from "#core/hotspots/streets/street-counts.ts";
import type { StreetSet } from "#core/hotspots/streets/street-set.ts";
import type { StreetsReply } from "#core/hotspots/wire/streets.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { segmentsAt } from "#core/places/streets/segment-names.ts";

type WholeStreet = Omit<StreetsReply["streets"][number], "place">;

/** Named streets with any events, by falling weight; unnamed segments belong to none. */
export function wholeStreets(
  graph: StreetGraph,
  set: StreetSet,
  { counts, weights }: Pick<StreetCounts, "counts" | "weights">,
): WholeStreet[] {
  const seen = new Uint8Array(set.segments.length);
  const streets: WholeStreet[] = [];
  set.segments.forEach((_, first) => {
    if (seen[first] === 1) return;
    const parts = partsOf(graph, set, first, seen);
    const sum = (values: ArrayLike<number>) =>
      parts.reduce((total, at) => total + (values[at] as number), 0);
    const name = graph.names[graph.name[set.segments[first] ?? 0] ?? -1];
    const weight = Math.round(sum(weights) * 1e9) / 1e9;
    const count = sum(counts);
    if (name === undefined || (count === 0 && weight === 0)) return;
    const metres = sum(set.metres);
    const [busiest = first] = parts.toSorted(
      (a, b) => (weights[b] as number) - (weights[a] as number) || a - b,
    );
    const segment = set.segments[busiest] as number;
    const per100m = (100 * weight) / metres;
    streets.push({
      street: name,
      segment,
      segments: parts.length,
      metres,
      count,
      weight,
      per100m,
    });
  });
  return streets.sort((a, b) => b.weight - a.weight || b.count - a.count || a.segment - b.segment);
}

/** Segments connected to `first` that share its name, itself included. */
function partsOf(graph: StreetGraph, set: StreetSet, first: number, seen: Uint8Array): number[] {
  const nameOf = (at: number) => graph.name[set.segments[at] as number] as number;
  const parts: number[] = [];
  const waiting = [first];
  seen[first] = 1;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    parts.push(at);
    const segment = set.segments[at] as number;
    for (const node of [graph.from[segment] ?? 0, graph.to[segment] ?? 0]) {
      for (const other of segmentsAt(graph, node)) {
        const next = set.indexOf[other] ?? -1;
        if (next < 0 || seen[next] === 1 || nameOf(next) !== nameOf(first)) continue;
        seen[next] = 1;
        waiting.push(next);
      }
    }
  }
  return parts;
}
