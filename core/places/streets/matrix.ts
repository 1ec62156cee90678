import { directSeconds, waysFrom, waysTo } from "#core/places/streets/ends.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { Ground } from "#core/places/streets/ground.ts";
import { type Hierarchy, meetCost } from "#core/places/streets/hierarchy.ts";
import type { StreetPlace } from "#core/places/streets/nearest.ts";

/** Seconds from each place to each, row by row. A place that is on no street is reached from nowhere. */
export function secondsBetween(
  graph: StreetGraph,
  ground: Ground,
  hierarchy: Hierarchy,
  places: readonly (StreetPlace | null)[],
): Float64Array {
  const steps = secondsInSteps(graph, ground, hierarchy, places);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, a row a step. */
export function* secondsInSteps(
  graph: StreetGraph,
  ground: Ground,
  hierarchy: Hierarchy,
  places: readonly (StreetPlace | null)[],
): Generator<void, Float64Array, void> {
  const size = places.length;
  const seconds = new Float64Array(size * size).fill(Infinity);
  const leaving = places.map((place) => place && hierarchy.leave(waysFrom(graph, ground, place)));
  const arriving = places.map((place) => place && hierarchy.arrive(waysTo(graph, ground, place)));
  for (const [row, from] of places.entries()) {
    const leave = leaving[row];
    places.forEach((to, column) => {
      const arrive = arriving[column];
      if (!(from && to && leave && arrive)) return;
      seconds[row * size + column] = Math.min(
        directSeconds(graph, ground, from, to),
        meetCost(leave, arrive),
      );
    });
    seconds[row * size + row] = 0;
    yield;
  }
  return seconds;
}
