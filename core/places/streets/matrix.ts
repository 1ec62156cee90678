import { directSeconds, waysFrom, waysTo } from "#core/places/streets/ends.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import type { Ground } from "#core/places/streets/ground.ts";
import type { StreetPlace } from "#core/places/streets/nearest.ts";
import type { Search, Seed } from "#core/places/streets/search.ts";

interface Goal extends Seed {
  readonly column: number;
}

/** Seconds from each place to each, row by row: one search a row. A place that is on no street is reached from nowhere. */
export function secondsBetween(
  graph: StreetGraph,
  search: Search,
  ground: Ground,
  places: readonly (StreetPlace | null)[],
): Float64Array {
  const size = places.length;
  const seconds = new Float64Array(size * size).fill(Infinity);
  const goals = goalsOf(graph, ground, places);
  const fillRow = (from: StreetPlace, row: number) => {
    places.forEach((to, column) => {
      if (to) seconds[row * size + column] = directSeconds(graph, ground, from, to);
    });
    let left = goals.size;
    search.run(waysFrom(graph, ground, from), ground.arcCost, (node, cost) => {
      const here = goals.get(node);
      if (!here) return false;
      for (const goal of here) {
        const at = row * size + goal.column;
        seconds[at] = Math.min(seconds[at] as number, cost + goal.cost);
      }
      left -= 1;
      return left === 0;
    });
  };
  places.forEach((from, row) => {
    if (from) fillRow(from, row);
    seconds[row * size + row] = 0;
  });
  return seconds;
}

function goalsOf(
  graph: StreetGraph,
  ground: Ground,
  places: readonly (StreetPlace | null)[],
): Map<number, Goal[]> {
  const goals = new Map<number, Goal[]>();
  places.forEach((place, column) => {
    for (const seed of place ? waysTo(graph, ground, place) : []) {
      const goal = { ...seed, column };
      const here = goals.get(seed.node);
      if (here) here.push(goal);
      else goals.set(seed.node, [goal]);
    }
  });
  return goals;
}
