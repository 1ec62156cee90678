import { roomOf } from "#core/patrols/forecast/cell-shares.ts";
import type { ShareAccuracy } from "#core/patrols/wire/forecast-commands.ts";
import { insideOf, type PartEdge, partEdges } from "#core/stats/best-part.ts";
import { sumOf } from "#core/stats/sum-of.ts";

/** The shares of the area that are told of everywhere. */
export const areaShares = [0.01, 0.02, 0.05, 0.1] as const;

/** Where the best part of each share ends. */
export function bestEdges(rates: Float64Array): readonly PartEdge[] {
  const rooms = areaShares.map(roomOf(rates.length));
  return partEdges(rates, rooms.toReversed()).toReversed();
}

/** What a best part holds of some values; of cells that are tied at its edge in equal parts. */
export function heldBy(
  edge: PartEdge,
  rates: Float64Array,
  values: Float64Array | Uint32Array,
): number {
  let held = 0;
  for (let cell = 0; cell < values.length; cell += 1) {
    held += insideOf(edge, rates[cell] as number) * (values[cell] as number);
  }
  return held;
}

/**
 * How well the best-ranked cells, which are of equal area (they differ by under 1 % over a borough), held
 * what came in one fold. Cells of one rate are taken in equal parts, which is the mean over all their
 * orders; `paiLow` and `paiHigh` take them as badly and as well as can be. Null where nothing came. PAI:
 * Chainey, Tompson & Uhlig 2008.
 */
export function accuracyByShare(
  rates: Float64Array,
  observed: Uint32Array,
): readonly ShareAccuracy[] | null {
  const total = sumOf(observed);
  if (total === 0) return null;
  const came = Float64Array.from(observed);
  const possible = bestEdges(came);
  return bestEdges(rates).map((edge, at) => {
    const cells = roomOf(rates.length)(areaShares[at] as number);
    const hits = heldBy(edge, rates, observed);
    const sure = heldBy({ ...edge, part: 0 }, rates, observed);
    const tied = came.filter((_, cell) => rates[cell] === edge.limit).sort();
    const left = Math.round(edge.part * tied.length);
    const paiOf = (found: number) => found / total / (cells / rates.length);
    return {
      cells,
      hitRate: hits / total,
      pai: paiOf(hits),
      paiLow: paiOf(sure + sumOf(tied.subarray(0, left))),
      paiHigh: paiOf(sure + sumOf(tied.subarray(tied.length - left))),
      pei: hits / heldBy(possible[at] as PartEdge, came, observed),
    };
  });
}
