import { type ForecastUnits, roomsOf, sizesOf } from "#core/patrols/forecast/cell-shares.ts";
import type { ShareAccuracy } from "#core/patrols/wire/forecast-commands.ts";
import { insideOf, type PartEdge, partEdges } from "#core/stats/best-part.ts";
import { sumOf } from "#core/stats/sum-of.ts";

type Units = Pick<ForecastUnits, "cells" | "metres">;

/** The shares of the area that are told of everywhere. */
export const areaShares = [0.01, 0.02, 0.05, 0.1] as const;

/** Where the best part of each share ends, by rates for the size of a unit. */
export function bestEdges(rates: Float64Array, units: Units): readonly PartEdge[] {
  const rooms = areaShares.map(roomsOf(units));
  return partEdges(rates, units.metres ?? null, rooms.toReversed()).toReversed();
}

/** What a best part holds of some values; of units that are tied at its edge in equal parts. */
export function heldBy(
  edge: PartEdge,
  rates: Float64Array,
  values: Float64Array | Uint32Array,
): number {
  let held = 0;
  for (let unit = 0; unit < values.length; unit += 1) {
    held += insideOf(edge, rates[unit] as number) * (values[unit] as number);
  }
  return held;
}

/**
 * How well the best-ranked units held what came in one fold: cells, which are of equal area (they differ by under 1 % over a
 * borough), or streets at equal length, the last of them in part. Units of one rate are taken in equal parts, which is the
 * mean over all their orders; `paiLow` and `paiHigh` take them as badly and as well as can be. Null where nothing came. PAI:
 * Chainey, Tompson & Uhlig 2008, of streets with length for area.
 */
export function accuracyByShare(
  rates: Float64Array,
  observed: Uint32Array,
  units: Units,
): readonly ShareAccuracy[] | null {
  const total = sumOf(observed);
  if (total === 0) return null;
  const sizes = sizesOf(units);
  const cameBySize = Float64Array.from(observed, (count, at) => count / (sizes[at] as number));
  const possible = bestEdges(cameBySize, units);
  const roomOf = roomsOf(units);
  const whole = sumOf(sizes);
  const ones = new Float64Array(rates.length).fill(1);
  return bestEdges(rates, units).map((edge, at) => {
    const room = roomOf(areaShares[at] as number);
    const hits = heldBy(edge, rates, observed);
    const sure = heldBy({ ...edge, part: 0 }, rates, observed);
    const tied = [...rates.keys()].filter((unit) => rates[unit] === edge.limit);
    const left = edge.part * sumOf(tied.map((unit) => sizes[unit] as number));
    const rising = tied.toSorted((a, b) => (cameBySize[a] as number) - (cameBySize[b] as number));
    const paiOf = (found: number) => found / total / (room / whole);
    return {
      cells: units.metres ? heldBy(edge, rates, ones) : room,
      hitRate: hits / total,
      pai: paiOf(hits),
      paiLow: paiOf(sure + filled(rising, { observed, sizes, room: left })),
      paiHigh: paiOf(sure + filled(rising.toReversed(), { observed, sizes, room: left })),
      pei: hits / heldBy(possible[at] as PartEdge, cameBySize, observed),
    };
  });
}

/** What comes into so much room that is filled in this order, the last unit in part. */
function filled(
  order: readonly number[],
  given: {
    readonly observed: Uint32Array;
    readonly sizes: Float64Array;
    readonly room: number;
  },
): number {
  let [hits, left] = [0, given.room];
  for (const at of order) {
    const size = given.sizes[at] as number;
    const count = given.observed[at] as number;
    if (size >= left) return hits + (left / size) * count;
    hits += count;
    left -= size;
  }
  return hits;
}
