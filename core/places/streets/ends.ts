import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { Ground } from "#core/places/streets/ground.ts";
import type { StreetPlace } from "#core/places/streets/nearest.ts";
import type { Seed } from "#core/places/streets/search.ts";

/** From a place both ways to the nodes of its segment, as far as they are open. */
export function waysFrom(graph: StreetGraph, ground: Ground, place: StreetPlace): Seed[] {
  return endsOf(graph, ground, place, true);
}

/** From the nodes of its segment to a place. */
export function waysTo(graph: StreetGraph, ground: Ground, place: StreetPlace): Seed[] {
  return endsOf(graph, ground, place, false);
}

/** Seconds along the segment that both places are on, without leaving it. */
export function directSeconds(
  graph: StreetGraph,
  ground: Ground,
  from: StreetPlace,
  to: StreetPlace,
): number {
  if (from.segment !== to.segment) return Infinity;
  const arc = 2 * from.segment + Number(from.along > to.along);
  return secondsAlong(graph, ground, arc, from.along, to.along);
}

function endsOf(
  graph: StreetGraph,
  ground: Ground,
  { segment, along }: StreetPlace,
  isLeaving: boolean,
): Seed[] {
  const whole = graph.metres[segment] ?? 0;
  const seeds: Seed[] = [
    { end: 0, node: graph.from[segment] ?? 0, arc: 2 * segment + Number(isLeaving) },
    { end: whole, node: graph.to[segment] ?? 0, arc: 2 * segment + Number(!isLeaving) },
  ].map(({ end, node, arc }) => ({
    node,
    arc,
    cost: secondsAlong(graph, ground, arc, along, end),
  }));
  return seeds.filter(({ cost }) => cost < Infinity);
}

/** A place on a node may be left against the direction of a one-way street: nothing of that is gone. */
function secondsAlong(
  graph: StreetGraph,
  ground: Ground,
  arc: number,
  start: number,
  end: number,
): number {
  if (Math.abs(end - start) < onNode) return 0;
  const segment = arc >> 1;
  const share = Math.abs(end - start) / (graph.metres[segment] ?? 0);
  const seconds = (ground.network.seconds[arc] as number) * share;
  return seconds < Infinity && ground.isOpen({ segment, start, end }) ? seconds : Infinity;
}

/** Metres: a place that was reckoned along its segment lies on a node to within rounding. */
const onNode = 0.01;
