import type { StreetGraph } from "#core/places/streets/graph.ts";
import { type StreetMode, streetClasses } from "#core/places/streets/line.ts";
import { type Parts, partsOf } from "#core/places/streets/parts.ts";
import type { StreetSpeeds } from "#core/places/streets/speeds.ts";

export interface ModeNetwork {
  /** Seconds of each arc; Infinity where the mode may not go. */
  readonly seconds: Float64Array;
  readonly parts: Parts;
  readonly mayUse: (segment: number) => boolean;
  readonly isInLargest: (segment: number) => boolean;
  /** The fastest that it ever goes, in metres a second. */
  readonly fastest: number;
}

export function modeNetwork(
  graph: StreetGraph,
  speeds: StreetSpeeds,
  mode: StreetMode,
): ModeNetwork {
  const { segmentCount, metres, classes, oneWay, from, to } = graph;
  const perClass = streetClasses.map((name) => speeds[mode][name] / 3.6);
  const seconds = new Float64Array(2 * segmentCount);
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const speed = perClass[classes[segment] ?? 0] ?? 0;
    const cost = speed > 0 ? (metres[segment] ?? 0) / speed : Infinity;
    seconds[2 * segment] = cost;
    seconds[2 * segment + 1] = mode === "vehicle" && oneWay[segment] === 1 ? Infinity : cost;
  }
  const parts = partsOf(graph, (arc) => (seconds[arc] as number) < Infinity);
  const mayUse = (segment: number) => (seconds[2 * segment] as number) < Infinity;
  return {
    seconds,
    parts,
    mayUse,
    isInLargest: (segment) =>
      mayUse(segment) &&
      parts.of[from[segment] as number] === parts.largest &&
      parts.of[to[segment] as number] === parts.largest,
    fastest: Math.max(...perClass),
  };
}
