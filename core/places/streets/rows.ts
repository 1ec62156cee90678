import type { Position } from "#core/geo/cell.ts";
import { directSeconds, waysFrom, waysTo } from "#core/places/streets/ends.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { createGrounds } from "#core/places/streets/ground.ts";
import { joinStreets } from "#core/places/streets/join-streets.ts";
import type { StreetMode } from "#core/places/streets/line.ts";
import type { Nearest, StreetPlace } from "#core/places/streets/nearest.ts";
import { createSearch, type Seed } from "#core/places/streets/search.ts";
import type { StreetSpeeds } from "#core/places/streets/speeds.ts";

/**
 * Rows of a matrix, one search each: for who has other things to do between two of them. Seconds from one point to all the
 * others as `Router.matrix` has them; Infinity where there is no way.
 */
export type StreetRow = (from: Position, to: readonly Position[], mode: StreetMode) => Float64Array;

export function createRows(graph: StreetGraph, speeds: StreetSpeeds, nearest: Nearest): StreetRow {
  const search = createSearch(graph);
  const grounds = createGrounds(graph, speeds);
  const joined = new Map<string, StreetPlace | null>();
  return (from, to, mode) => {
    const ground = grounds.of(mode);
    const placeAt = (at: Position): StreetPlace | null => {
      const key = `${mode} ${at.join()}`;
      const known = joined.get(key);
      if (known !== undefined) return known;
      const place = joinStreets(nearest, ground, at);
      joined.set(key, place);
      return place;
    };
    const seconds = new Float64Array(to.length).fill(Infinity);
    const start = placeAt(from);
    if (!start) return seconds;
    const goals = new Map<number, { readonly seed: Seed; readonly at: number }[]>();
    to.forEach((point, at) => {
      const end = placeAt(point);
      if (point[0] === from[0] && point[1] === from[1]) seconds[at] = 0;
      else if (end) {
        seconds[at] = directSeconds(graph, ground, start, end);
        for (const seed of waysTo(graph, ground, end)) {
          const here = goals.get(seed.node);
          if (here) here.push({ seed, at });
          else goals.set(seed.node, [{ seed, at }]);
        }
      }
    });
    let left = goals.size;
    search.run(waysFrom(graph, ground, start), ground.arcCost, (node, cost) => {
      const here = goals.get(node);
      for (const { seed, at } of here ?? []) {
        seconds[at] = Math.min(seconds[at] as number, cost + seed.cost);
      }
      if (here) left -= 1;
      return left === 0;
    });
    return seconds;
  };
}
