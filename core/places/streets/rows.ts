import type { Position } from "#core/geo/cell.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import {
  type Avoid,
  createGrounds,
  directSeconds,
  furthestFromStreet,
  type Ground,
  joinStreets,
  waysFrom,
  waysTo,
} from "#core/places/streets/ground.ts";
import type { StreetMode, StreetSpeeds } from "#core/places/streets/line.ts";
import type { Nearest, StreetPlace } from "#core/places/streets/nearest.ts";
import { createSearch, type Seed } from "#core/places/streets/search.ts";

/** Seconds from one point to each of the others, as `Router.matrix` has them; Infinity where there is no way, or no street near. */
export type StreetRow = (from: Position, to: readonly Position[]) => Float64Array;

/**
 * Rows of a matrix, one search each that ends when it has come everywhere: at hand at once for places close together and
 * for ground that is closed now and not again, and with time for other things between two of them.
 */
export type StreetRows = (
  mode: StreetMode,
  given?: {
    readonly avoid?: Avoid;
    /** A point further from every street has no way; a kilometre unless said. */
    readonly withinMetres?: number;
  },
) => StreetRow;

export function createRows(graph: StreetGraph, speeds: StreetSpeeds, nearest: Nearest): StreetRows {
  const search = createSearch(graph);
  const grounds = createGrounds(graph, speeds);
  const free = new Map<string, StreetRow>();
  const goalsOf = (ground: Ground, ends: readonly (StreetPlace | null)[]) => {
    const goals = new Map<number, { readonly seed: Seed; readonly at: number }[]>();
    ends.forEach((end, at) => {
      for (const seed of end ? waysTo(graph, ground, end) : []) {
        const here = goals.get(seed.node);
        if (here) here.push({ seed, at });
        else goals.set(seed.node, [{ seed, at }]);
      }
    });
    return goals;
  };
  const rowOn = (ground: Ground, withinMetres: number): StreetRow => {
    const joined = new Map<string, StreetPlace | null>();
    const placeAt = (at: Position): StreetPlace | null => {
      const key = at.join();
      const known = joined.get(key);
      if (known !== undefined) return known;
      const found = joinStreets(nearest, ground, at);
      const place = found && found.metres <= withinMetres ? found : null;
      joined.set(key, place);
      return place;
    };
    return (from, to) => {
      const start = placeAt(from);
      const ends = to.map(placeAt);
      const seconds = Float64Array.from(ends, (end, at) => {
        if (start && to[at]?.join() === from.join()) return 0;
        return start && end ? directSeconds(graph, ground, start, end) : Infinity;
      });
      if (!start) return seconds;
      const goals = goalsOf(ground, ends);
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
  };
  return (mode, { avoid, withinMetres = furthestFromStreet } = {}) => {
    if (avoid) return rowOn(grounds.of(mode, avoid), withinMetres);
    const key = `${mode} ${withinMetres}`;
    const row = free.get(key) ?? rowOn(grounds.of(mode), withinMetres);
    free.set(key, row);
    return row;
  };
}
